"""``desk new site``: a folder beside the kit with content, settings, a brand and a Makefile.

The kit stays where it lies, and an upgrade of it never touches the site.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from desk.errors import DeskError
from thread.site_folder import KIT

URL = "https://blog.example.com"
_NO_FEEDS: Mapping[str, str] = MappingProxyType({})
_MARKUP = "MARKUP = MarkupSettings()"
_WITH_SHORTCODES = (
    "# What the site's own shortcodes become, and how often those were found that nothing is said of.\n"
    "{}\n"
    "MARKUP = MarkupSettings(partials=partials(SITE, SHORTCODES))"
)
_STRICT = 'CHECKS = CheckSettings(baseline=SITE / "baseline.json")'


def new_site(site: Path, title: str, url: str) -> list[Path]:
    """Write the files of a new site into the folder ``site``, and return their paths.

    Raises DeskError where something is in it, or the address is none.
    """
    site = site.resolve()
    if site.exists() and (not site.is_dir() or any(site.iterdir())):
        raise DeskError(f"{site} is not empty; name a folder that is not there yet")
    if site == KIT or KIT in site.parents:
        raise DeskError(f"{site} is inside the kit; name a folder beside it")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DeskError(f"{url!r} is no address of a site; write it as {URL}")
    today = datetime.now().astimezone().date()
    files = {
        "pelicanconf.py": settings(site, title=title, url=url.rstrip("/"), since=today),
        **beside(site, title),
        "content/posts/first-words.md": _POST.format(today=today),
    }
    try:
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise DeskError(f"{site} cannot be written: {error.strerror}") from error
    return [site / name for name in files]


def beside(site: Path, title: str) -> dict[str, str]:
    """What a site has beside its settings and content: the text of each file, by its name."""
    return {
        "publishconf.py": (KIT / "publishconf.py").read_text("utf-8"),
        "brand.css": (KIT / "theme" / "css" / "tokens.css").read_text("utf-8"),
        "Makefile": _MAKEFILE.format(kit=_relative(site)),
        ".gitignore": "/output/\n/.parley/\n",
        "README.md": _README.format(title=title, kit=_relative(site)),
    }


def settings(
    site: Path,
    *,
    title: str,
    url: str,
    since: date,
    subtitle: str = "",
    zone: str = "UTC",
    lang: str = "en",
    lenient_before: date | None = None,
    feeds: Mapping[str, str] = _NO_FEEDS,
    menu: Sequence[tuple[str, str]] = (),
    shortcodes: Sequence[str] = (),
) -> str:
    """The settings file of the site in the folder ``site``, whose name is its own ``since`` a day.

    Faults of posts that are dated before ``lenient_before`` are notices there. ``feeds`` are the
    feeds of an earlier site, each with ours that takes its place; ``menu`` has texts and paths,
    ``shortcodes`` are the lines of the table of an old site's own shortcodes.
    """
    return _SETTINGS.format(
        kit=_relative(site), title=title, subtitle=subtitle, url=url, zone=zone, lang=lang,
        host=urlsplit(url).hostname, checks=_lenient(lenient_before) if lenient_before else _STRICT,
        since=since, date="from datetime import date\n" if lenient_before else "",
        menu=f", menu={tuple(menu)!r}" if menu else "",
        moved=f", moved={dict(feeds)!r}" if feeds else "",
        markup=_WITH_SHORTCODES.format("\n".join(shortcodes)) if shortcodes else _MARKUP,
        partials="from plugins.markup.partials import partials\n" if shortcodes else "",
    )  # fmt: skip


def _lenient(before: date) -> str:
    return (
        "CHECKS = CheckSettings(\n"
        '    levels={"broken-file": "notice"},\n'
        '    folders={"pages": {"*": "notice"}},\n'
        f"    before=date({before.year}, {before.month}, {before.day}),\n"
        '    baseline=SITE / "baseline.json",\n'
        ")"
    )


def _relative(site: Path) -> str:
    return os.path.relpath(KIT, site)


_SETTINGS = '''"""The site: its facts, and one settings object for each thing that can be chosen.

The kit's docs say what there is; what is different in production is in publishconf.py.
"""

# ruff: noqa: E402  # imports follow the line that makes them possible
import sys
{date}from pathlib import Path

SITE = Path(__file__).resolve().parent
KIT = (SITE / {kit!r}).resolve()
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
{partials}from plugins.markup.settings import MarkupSettings
from plugins.replies.settings import RepliesSettings

# The blog
SITENAME = {title!r}
SITESUBTITLE = {subtitle!r}
SITEURL = {url!r}
TIMEZONE = {zone!r}
DEFAULT_LANG = {lang!r}

# How it is made
PATH = str(SITE / "content")
OUTPUT_PATH = str(SITE / "output")
THEME = str(KIT / "theme")
BRAND = SITE / "brand.css"
PELICAN_CLASS = Parley
PLUGINS = list(OURS)

BUILD = BuildSettings(cache=SITE / ".parley" / "build")
PAGES = PageSettings(per_page=10{menu})
{markup}
FIELDS: dict[str, str] = {{}}  # own names in front matter, such as {{"source_url": "original"}}
{checks}
IMAGES = ImageSettings(cache=SITE / ".parley" / "images")
HOSTING = HostingSettings()
CANONICAL = CanonicalSettings(site_url=SITEURL)
REPLIES = RepliesSettings(folder=SITE / ".parley" / "replies")
FEEDS = FeedSettings(authority={host!r}, authority_date="{since}"{moved})
'''
_MAKEFILE = """# The site is made by the kit that lies here; an upgrade of the kit is a `git pull` there.
KIT ?= {kit}

html publish devserver check feed-diff:
	@test -f "$(KIT)/Makefile" || {{ echo "there is no kit in $(KIT); say where: make KIT=folder" >&2; exit 1; }}
	@$(MAKE) --no-print-directory -C "$(KIT)" $@ SITE="$(CURDIR)"

.PHONY: html publish devserver check feed-diff
"""
_README = """# {title}

Posts are in `content/posts/`. In this folder:

    make devserver    preview, drafts too, at http://127.0.0.1:8000
    make check        name everything that is wrong
    make publish      build the public site into output/

`pelicanconf.py` has the settings, `brand.css` the colours and fonts. Everything else is in the kit, `{kit}`, and its docs.
"""
_POST = """---
title: First words
date: {today}
summary: The first post of this blog, to be replaced by yours.
---

This file is `content/posts/first-words.md`. Change it, or delete it and write your own.
"""
