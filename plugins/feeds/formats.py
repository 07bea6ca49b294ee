"""The three formats every feed comes in, and how their files and media types are called."""

from __future__ import annotations

from thread.formats import ATOM, RSS, Format

__all__ = ["ATOM", "FORMATS", "JSON", "OPML_PATH", "OPML_TYPE", "RSS", "Format"]

JSON = Format("JSON Feed", ".json", "application/feed+json")
# In the order in which they are offered: many readers take the first.
FORMATS = (RSS, ATOM, JSON)
OPML_PATH = "/feeds/feeds.opml"
OPML_TYPE = "text/x-opml"
