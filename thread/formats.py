"""The two XML formats of feeds, and how their files and media types are called."""

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
