"""The three formats every feed comes in, and how their files and media types are called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A feed format: its name for people, the ending of its files, and its media type."""

    name: str
    ending: str
    type: str


RSS = Format("RSS", ".rss.xml", "application/rss+xml")
ATOM = Format("Atom", ".atom.xml", "application/atom+xml")
JSON = Format("JSON Feed", ".json", "application/feed+json")
# In the order in which they are offered: many readers take the first.
FORMATS = (RSS, ATOM, JSON)
OPML_PATH = "/feeds/feeds.opml"
OPML_TYPE = "text/x-opml"
