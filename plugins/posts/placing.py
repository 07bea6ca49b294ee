"""Where a post goes: its language, slug, URL and file, its old addresses, its translations' key."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize

from plugins.frontmatter.values import Fault, each, is_boolean, items, show, text
from plugins.post import Term
from plugins.posts.findings import Findings
from plugins.posts.languages import language, same_language
from plugins.posts.patterns import filled, page_at
from plugins.posts.permalinks import Address, address, expand, old_address, own_path
from plugins.posts.slugs import slugify
from plugins.posts.source_names import SourceName
from plugins.posts.standing import is_no_permalink

_SLUG = re.compile(r"[\w~-][\w.~-]*")


def language_of(findings: Findings, name: SourceName, default: str) -> str:
    """The post's language: the one written, else the file name's, else ``default``."""
    written = findings.take("lang", language, None)
    named = language(name.lang) if name.lang else None
    field = findings.field("lang")
    if field and written and named and not same_language(written, named):
        message = f"{show(written)} is not the language of the file's name, {show(named)}"
        findings.note(field, message, "change one of the two")
    return written or named or default


def folder_of(lang: str, name: SourceName, default: str) -> str:
    """The first step of the URL of a post that is not in the site's language; else empty.

    A file name says which variant is meant (``post.en-gb.md`` on a site in "en"); a language
    that is only written in a field must be another one ("en-GB" there is the site's own).
    """
    own = lang == default if name.lang else same_language(lang, default)
    return "" if own else lang.lower()


def slug_of(findings: Findings, name: SourceName, title: str | None) -> str | None:
    """The slug: the one written, else the file name's, else the title's; None if none is right."""
    if findings.field("slug"):
        return findings.take("slug", _slug, None)
    if name.slug or title is None:
        return name.slug
    slug = slugify(title) or slugify(title, ascii_only=False)
    if not slug:
        message = f"the title {show(title)} has no letter or digit to make an address of"
        findings.note("slug", message, "write slug: my-post")
    return slug or None


def address_of(
    findings: Findings,
    pattern: str,
    values: Callable[[], Mapping[str, str]],
    site_url: str,
    reserved: Collection[str],
) -> Address | None:
    """The address the permalink gives, else that of the ``pattern``; None if that is faulty.

    ``values`` gives what the words of permalinks and patterns stand for.
    """
    field = findings.field("permalink")
    if field is None or is_no_permalink(field):
        return findings.attempt(
            findings.field("slug") or "slug", lambda: _usual(pattern, values(), reserved), None
        )

    def convert(value: Any) -> Address:
        return address(expand(own_path(text(value), site_url), values()), reserved)

    return findings.take("permalink", convert, None)


def aliases_of(findings: Findings, url: str | None, site_url: str) -> tuple[str, ...]:
    """The paths the post was found at before, in the order written, each once."""

    def alias(value: Any) -> str:
        return old_address(own_path(text(value), site_url))

    def convert(value: Any) -> tuple[str, ...]:
        # The post's own address is no old one; importers and editors write it all the same.
        return tuple(old for old in dict.fromkeys(each(items(value), alias)) if old != url)

    return findings.take("aliases", convert, ())


def translation_of(findings: Findings, name: SourceName, lang: str) -> str:
    """What the translations of one text share: the key written, else their place and name.

    A folder that is called like the language does not count: ``fr/a.md`` is ``en/a.md`` in French.
    """
    field = findings.field("translation")
    if field and not is_boolean(field.value):
        return findings.take("translation", text, name.key)
    *folders, last = name.key.split("/")
    return "/".join([*(part for part in folders if part.casefold() != lang.casefold()), last])


def placeholders(
    date: datetime,
    slug: str,
    name: SourceName,
    categories: tuple[Term, ...],
    around: Mapping[str, str],
    *,
    guessed: bool,
) -> dict[str, str]:
    """What ``:year`` and the like stand for in a permalink; of a ``guessed`` date for nothing.

    The name of the file is as it is written, with its capitals and dots (``name``: without its date); ``around`` are further words.
    """
    *folders, stem = name.key.split("/")
    return {
        **around,
        "category": categories[0].slug if categories else "",
        "section": folders[0] if folders else "",
        **dict.fromkeys(("sections", "path", "folder"), "/".join(folders)),
        **dict.fromkeys(("basename", "slugorcontentbasename"), stem),
        "title": slug,
        "slug": slug,
        "slugorfilename": slug,
        "filename": stem,
        "contentbasename": stem,
        "name": stem.removeprefix(name.date or "").lstrip("-_ ") or stem,
        "categories": "/".join(term.slug for term in categories),
        **({} if guessed else _of_date(date)),
    }


def _of_date(date: datetime) -> dict[str, str]:
    return {
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": f"{date.month}",
        "day": f"{date.day:02}",
        "i_day": f"{date.day}",
        "y_day": f"{date.timetuple().tm_yday:03}",
        "yearday": f"{date.timetuple().tm_yday}",
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
    }


def _slug(value: Any) -> str:
    """A slug as written where it can be one, else made into one."""
    written = normalize("NFC", text(value)).strip("/")
    if found := re.search(r"[/\\%]|\.\.", written):
        hint = "write one part of a path, or permalink: for a whole one"
        raise Fault(f"{show(written)} has {show(found[0])} in it", hint)
    slug = written if _SLUG.fullmatch(written) else slugify(written, ascii_only=False)
    if not slug:
        raise Fault(f"{show(value)} has no letter or digit", "write it as my-post")
    return slug


def _usual(pattern: str, values: Mapping[str, str], reserved: Collection[str]) -> Address:
    path = filled(pattern, values)
    try:
        return page_at(path, reserved)
    except Fault as fault:
        raise Fault(fault.message, "write another slug, as in slug: my-post") from fault
