"""Where a post is found: its URL and its file, and the paths it was found at before.

A path that would leave the output folder, hide a file, or stand where the site puts pages of its
own is a fault. Old front matter may hold whole URLs of this site, and Jekyll's and Hugo's
placeholders (https://jekyllrb.com/docs/permalinks/, https://gohugo.io/configuration/permalinks/).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from plugins.canonical.addresses import is_below, web_url
from plugins.frontmatter.values import Fault, show
from plugins.kinds import reserved as reserved_steps
from plugins.posts.slugs import MAX_BYTES

# All other addresses that the site needs are compared with those of the posts themselves
# (:mod:`plugins.engine.paths`).
RESERVED = reserved_steps()
MAX_PATH_BYTES = 1000

PAGES = (".html", ".htm", ".xhtml")
_OTHER_FILES = (
    *(".xml", ".rss", ".atom", ".json", ".txt", ".md", ".css", ".js", ".pdf", ".zip"),
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico"),
)
_PLACEHOLDER = re.compile(r":([A-Za-z_]+)")
# Those that stand for a part of the date.
OF_DATES = frozenset(
    {
        *("year", "short_year", "month", "i_month", "day", "i_day", "y_day", "yearday"),
        *("hour", "minute", "second"),
    }
)
# What else the words of patterns stand for.
WORDS = OF_DATES | {
    *("slug", "title", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename"),
    *("basename", "name", "category", "categories", "author", "lang", "section", "sections"),
    *("path", "folder"),
}
STYLES = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ENCODED_SLASH = re.compile(r"%(?:2f|5c)", re.IGNORECASE)
# What Windows cannot store, and what no URL path holds as it is.
_FORBIDDEN = re.compile(r'[<>:"|?*%{}\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_HINT = "write it as /my-post/"


@dataclass(frozen=True, slots=True)
class Address:
    """A page's root-relative URL, not percent-encoded, and its file below the output folder."""

    url: str
    save_as: str


def address(path: str, reserved: Collection[str] = RESERVED) -> Address:
    """The address of the page at ``path``, which is decoded and relative to the site's root.

    A path that ends in ``.html`` is that file, any other a folder with an ``index.html``.
    Raises `Fault`.
    """
    segments = [_segment(part) for part in normalize("NFC", path).split("/") if part]
    if segments and segments[-1] == "index.html":
        segments.pop()
    if not segments or segments[0].casefold() in reserved:
        raise Fault(f"{show(path)} is where the site puts pages of its own", "choose another path")
    last = segments[-1].casefold()
    if last.endswith(_OTHER_FILES):
        raise Fault(f"{show(path)} is the name of a file that is no page", "end it with / or .html")
    place = "/".join(segments)
    if len(place.encode()) > MAX_PATH_BYTES:
        raise Fault(
            f"a path of more than {MAX_PATH_BYTES} bytes is too long", "choose a shorter one"
        )
    if last.endswith(PAGES):
        return Address(f"/{place}", place)
    return Address(f"/{place}/", f"{place}/index.html")


def old_address(path: str) -> str:
    """The URL of a page that was at ``path``: as it was, and a folder where it does not name a file.

    Its capitals, commas and dots stay, and so does an ending such as ``.aspx``. Raises `Fault`.
    """
    parts = [_segment(part) for part in normalize("NFC", path).split("/") if part]
    if path.endswith("/") or not parts or "." not in parts[-1] or parts[-1] == "index.html":
        return address(path, reserved=()).url
    if parts[-1].casefold().endswith(_OTHER_FILES):
        raise Fault(f"{show(path)} is the name of a file that is no page", _HINT)
    return f"/{'/'.join(parts)}"


def _segment(part: str) -> str:
    """One step of a path; raises `Fault` where it is not safe as a file name on every system."""
    if part in (".", ".."):
        raise Fault(f"{show(part)} in a path leaves its folder", "write the whole path")
    if part.startswith(".") or part != part.strip() or part.endswith("."):
        hint = "let no part of a path begin with a dot or end with a dot or space"
        raise Fault(f"{show(part)} is hidden or lost on some systems", hint)
    if found := _FORBIDDEN.search(part):
        raise Fault(f"{show(found[0])} cannot stand in a path", "use letters, digits and hyphens")
    if len(part.encode()) > MAX_BYTES:
        hint = "choose a shorter one"
        raise Fault(f"{show(part)} has more than {MAX_BYTES} bytes, too long for a file name", hint)
    return part


def own_path(written: str, site_url: str) -> str:
    """The decoded path that ``written`` names on this site: a path itself, or a URL of ours.

    Placeholders stay. Raises `Fault` for another site, a query, a fragment and the like.
    """
    if "\\" in written:
        raise Fault(f"{show(written)} has a backslash", "write / between the parts of a path")
    if "?" in written or "#" in written:
        raise Fault(f"{show(written)} has a ? or # in it, which no file answers to", _HINT)
    if "{{" in written or "{%" in written or "<%" in written:
        raise Fault(f"{show(written)} has a template in it", _HINT)
    path = _path_of_url(written, site_url) if _HAS_SCHEME.match(written) else written
    if _ENCODED_SLASH.search(path):
        raise Fault(f"{show(written)} has an encoded slash", _HINT)
    try:
        return f"/{unquote(path, errors='strict').lstrip('/')}"
    except UnicodeDecodeError as error:
        raise Fault(f"{show(written)} is percent-encoded, and not as UTF-8", _HINT) from error


def _path_of_url(written: str, site_url: str) -> str:
    try:
        url = web_url(written)
    except ValueError as error:
        raise Fault(f"{show(written)} is no path of this site", _HINT) from error
    if not is_below(url, site_url):
        hint = f'{_HINT}, or "original:" if the text was published there first'
        raise Fault(f"{show(written)} is on another site", hint)
    base = urlsplit(site_url).path.rstrip("/")
    return urlsplit(url).path.removeprefix(base)


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """``pattern`` with ``:year``, ``:title`` and the like replaced; or one of Jekyll's styles.

    Raises `Fault` for a placeholder that is not in ``values``.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            if found[1] in OF_DATES:
                raise Fault(f"{show(found[0])} needs a date", "write date: 2024-03-01")
            usual = ("year", "month", "day", "title", "categories")
            known = ", ".join(f":{name}" for name in usual if name in values)
            raise Fault(f"{show(found[0])} stands for nothing", f"use {known}, or write the path")
        return values[found[1]]

    return _PLACEHOLDER.sub(value, STYLES.get(pattern.strip("/"), pattern))
