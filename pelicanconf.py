"""The site: its facts, its plugins, and one settings object for each of them.

Writers need none of this: what they own is in content/. What is different in production is in
publishconf.py.
"""

# ruff: noqa: E402  # imports follow the line that makes them possible
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# The pelican command does not look for modules beside its settings file.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from plugins.canonical.settings import CanonicalSettings
from plugins.catalogue.settings import PageSettings
from plugins.checks.settings import CheckSettings
from plugins.engine.contract import *  # noqa: F403  # addresses and folders, as others rely on them
from plugins.engine.ours import OURS
from plugins.engine.site import Parley
from plugins.fastbuild.settings import BuildSettings
from plugins.feeds.settings import FeedSettings
from plugins.hosting.settings import HostingSettings
from plugins.images.settings import ImageSettings
from plugins.markup.settings import MarkupSettings
from plugins.replies.settings import RepliesSettings

# The blog
SITENAME = "Parley"
SITESUBTITLE = "Marketing as conversation"
SITEURL = "https://blog.example.com"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en"

# How it is made
PATH = "content"
OUTPUT_PATH = "output"
THEME = str(ROOT / "theme")
PELICAN_CLASS = Parley
PLUGINS = list(OURS)

BUILD = BuildSettings(cache=ROOT / ".parley" / "build")
PAGES = PageSettings(per_page=10)
MARKUP = MarkupSettings()
FIELDS: dict[str, str] = {}  # own names in front matter, such as {"source_url": "original"}
CHECKS = CheckSettings(baseline=ROOT / "baseline.json")
IMAGES = ImageSettings(cache=ROOT / ".parley" / "images")
HOSTING = HostingSettings()
CANONICAL = CanonicalSettings(site_url=SITEURL)
REPLIES = RepliesSettings(folder=ROOT / ".parley" / "replies")
FEEDS = FeedSettings(authority="blog.example.com", authority_date="2026-01-01")
