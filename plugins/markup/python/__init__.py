"""The way of the library: python-markdown itself, with its extensions and those of a site."""
