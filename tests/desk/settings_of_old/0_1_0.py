"""The site: its facts, and one settings object for each thing that can be chosen.

The kit's docs say what there is; what is different in production is in publishconf.py.
"""

# ruff: noqa: E402  # imports follow the line that makes them possible
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent
KIT = (SITE / "../../../work/main").resolve()
if str(KIT) not in sys.path:
    sys.path.insert(0, str(KIT))

from plugins.canonical.settings import CanonicalSettings
from plugins.catalogue.settings import PageSettings
from plugins.checks.settings import CheckSettings
from plugins.engine.contract import *  # noqa: F403  # addresses and folders
from plugins.engine.ours import OURS
from plugins.engine.site import Parley
from plugins.fastbuild.settings import BuildSettings
from plugins.feeds.settings import FeedSettings
from plugins.hosting.settings import HostingSettings
from plugins.images.settings import ImageSettings
from plugins.markup.settings import MarkupSettings
from plugins.replies.settings import RepliesSettings

# The blog
SITENAME = "Our Blog"
SITESUBTITLE = ""
SITEURL = "https://blog.example.com"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

# How it is made
PATH = str(SITE / "content")
OUTPUT_PATH = str(SITE / "output")
THEME = str(KIT / "theme")
BRAND = SITE / "brand.css"
PELICAN_CLASS = Parley
PLUGINS = list(OURS)

BUILD = BuildSettings(cache=SITE / ".parley" / "build")
PAGES = PageSettings(per_page=10)
MARKUP = MarkupSettings()
FIELDS: dict[str, str] = {}  # own names in front matter, such as {"source_url": "original"}
CHECKS = CheckSettings(baseline=SITE / "baseline.json")
IMAGES = ImageSettings(cache=SITE / ".parley" / "images")
HOSTING = HostingSettings()
CANONICAL = CanonicalSettings(site_url=SITEURL)
REPLIES = RepliesSettings(folder=SITE / ".parley" / "replies")
FEEDS = FeedSettings(authority="blog.example.com", authority_date="2026-12-01")
