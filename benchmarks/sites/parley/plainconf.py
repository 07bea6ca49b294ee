"""The benchmark's blog: the settings of the kit with a plain theme, and what the others make, too."""

from pathlib import Path

from pelicanconf import *  # noqa: F403
from plugins.catalogue.settings import PageSettings
from plugins.fastbuild.settings import BuildSettings
from plugins.feeds.settings import FeedSettings
from plugins.replies.settings import RepliesSettings
from thread.ways.contact import NoContact
from thread.ways.replies import NoReplies

HERE = Path(__file__).resolve().parent
SITENAME = "Bench Blog"
SITEURL = "https://bench.example.org"
TIMEZONE = "UTC"
THEME = str(HERE / "theme")
# What a build keeps is removed with the output before a cold one.
BUILD = BuildSettings(cache=HERE / ".parley" / "build")
# As the other programs do: a category, a tag and an author have one page each, one feed for all, no
# search, no pictures, no replies.
PAGES = PageSettings(per_term=100_000, search=False, share_images=False)
REPLIES = RepliesSettings(way=NoReplies(), contact=NoContact())
FEEDS = FeedSettings(
    authority="bench.example.org", authority_date="2026-01-01", kinds=(), archive_size=0
)
