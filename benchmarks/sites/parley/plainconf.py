"""The benchmark's blog: the settings of the kit with a plain theme, and little beside posts."""

from pathlib import Path

from pelicanconf import *  # noqa: F403
from plugins.catalogue.facts import PageSettings
from plugins.feeds.settings import FeedSettings

SITENAME = "Bench Blog"
SITEURL = "https://bench.example.org"
TIMEZONE = "UTC"
THEME = str(Path(__file__).resolve().parent / "theme")
# As the other programs do: a category, a tag and an author have one page each, and one feed for all.
PAGES = PageSettings(per_term=100_000)
FEEDS = FeedSettings(
    authority="bench.example.org", authority_date="2026-01-01", kinds=(), archive_size=0
)
