"""Images: several widths of each in WebP, their places kept while they load, made once."""
