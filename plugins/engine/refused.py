"""Settings of Pelican, and old ones of ours, that nothing here would follow: named, never ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from plugins.engine import contract
from plugins.errors import Problem
from plugins.frontmatter.values import show
from plugins.pages.forviews import is_for_views
from plugins.posts.patterns import faults_of

_POSTS = "write it as POSTS = PostSettings(address=...)"
_FIELDS = "write the fields into the posts, or use AUTHOR and DEFAULT_CATEGORY"
_LANGUAGES = "write it as POSTS = PostSettings(languages={...})"
_PERIODS = "take it out; /archive/ has a page for each year"
_NAMES = "take it out; names, dates and folders of files are read by themselves"
_PER_PAGE = "write it as PAGES = PageSettings(per_page=...)"
_LISTS = "take it out; lists have the addresses that docs/addresses.md names"
# What to do instead of each. Those that the contract sets are only refused when they differ from it.
_INSTEAD = {
    "LINK_CHECKS": "write it as CHECKS = CheckSettings(levels={...}, elsewhere=(...))",
    "DEFAULT_METADATA": _FIELDS,
    "PATH_METADATA": _NAMES,
    "FILENAME_METADATA": _NAMES,
    "SLUGIFY_SOURCE": _NAMES,
    "SLUG_REGEX_SUBSTITUTIONS": "take it out, and write slug: where a title gives another",
    "ARTICLE_LANG_URL": _LANGUAGES,
    "ARTICLE_LANG_SAVE_AS": _LANGUAGES,
    "PAGE_LANG_URL": _LANGUAGES,
    "PAGE_LANG_SAVE_AS": _LANGUAGES,
    **{
        f"{period}_ARCHIVE_{what}": _PERIODS
        for period in ("YEAR", "MONTH", "DAY")
        for what in ("URL", "SAVE_AS")
    },
    **{
        f"{kind}_{what}": _LISTS
        for kind in ("CATEGORY", "TAG", "AUTHOR")
        for what in ("URL", "SAVE_AS")
    },
    **dict.fromkeys(
        ("ARCHIVES_SAVE_AS", "CATEGORIES_SAVE_AS", "TAGS_SAVE_AS", "AUTHORS_SAVE_AS"), _LISTS
    ),
    "DEFAULT_PAGINATION": _PER_PAGE,
    "PAGINATED_TEMPLATES": _PER_PAGE,
    "PAGINATION_PATTERNS": _LISTS,
}
_KINDS = (("ARTICLE", "address"), ("PAGE", "pages"))


def refused(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each setting that would not be followed."""
    # Themes of Pelican have the lists that Pelican makes.
    views = is_for_views(Path(settings["THEME"]))
    for name, hint in _INSTEAD.items():
        if hint in (_LISTS, _PER_PAGE, _PERIODS) and not views:
            continue
        if name in settings and not _is_usual(settings, name):
            message = f"{show(settings[name])} is not followed"
            yield _problem(name, message, hint)
    extra = settings.get("EXTRA_PATH_METADATA") or {}
    for source, fields in extra.items():
        place = PurePosixPath(str(fields.get("path", "x")))
        if place.is_absolute() or ".." in place.parts or not place.parts:
            hint = "write a path below the output folder"
            yield _problem("EXTRA_PATH_METADATA", f"{show(str(place))} is no place", hint)
        if unknown := sorted(set(fields) - {"path"}):
            message = f"{show(', '.join(unknown))} of {show(source)} is not followed"
            yield _problem("EXTRA_PATH_METADATA", message, "only path is; take the others out")
    for kind, _ in _KINDS:
        yield from _addresses(kind, settings)


def _addresses(kind: str, settings: Mapping[str, Any]) -> Iterator[Problem]:
    url, file = f"{kind}_URL", f"{kind}_SAVE_AS"
    if _is_usual(settings, url) and _is_usual(settings, file):
        return
    if settings.get("POSTS"):
        yield _problem(url, "POSTS is set too, and decides", f"take {url} and {file} out")
        return
    pattern = f"/{str(settings[url]).lstrip('/')}"
    yield from (_problem(url, *fault) for fault in faults_of(pattern))
    where = str(settings[file]).lstrip("/")
    place = pattern[1:]
    usual = {place, f"{place}index.html"} if place.endswith("/") else {place, f"{place}.html"}
    if where not in usual:
        message = f"{show(where)} is not the file of {url}, {show(place)}"
        yield _problem(file, message, f"write it as {max(usual)}, or correct {url}")


def _is_usual(settings: Mapping[str, Any], name: str) -> bool:
    """Whether a setting is as the contract has it, or as Pelican, where there is no contract."""
    value, ours = settings[name], getattr(contract, name, None)
    with_contract = "PREVIEW" in settings and ours is not None
    return value == ours or not value or (not with_contract and value == DEFAULT_CONFIG.get(name))


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, name, message, hint)
