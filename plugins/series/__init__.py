"""Series: parts, places, planned parts, and the pages of series."""
