"""Stock Pelican with the smallest theme that makes the pages of the others."""
