"""What a document's fields say, one by one, where a field needs more than a conversion.

Each function reads its fields from `Findings`, notes there what is wrong with them, and gives the
value that a post has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Protocol

from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.document import Field
from plugins.frontmatter.fields import fold
from plugins.frontmatter.values import Fault, boolean, one_line, show, text
from plugins.frontmatter.values import written as as_written
from plugins.post import DateSource, Marker, Picture, SeriesClaim, TakesReplies, Term
from plugins.posts import claims, pictures, plain_text
from plugins.posts.findings import Findings
from plugins.posts.source_names import SourceName
from plugins.posts.taxonomy import distinct, term, terms

# Eleventy's words for a date that is to be found out.
_WORK_IT_OUT = frozenset({"created", "gitcreated"})
_TEMPLATE = re.compile(r"\w[\w-]*")
# What the tools call the layout that every post or page has, and the absence of one.
_USUAL_TEMPLATES = frozenset(
    {
        *("post", "posts", "article", "blog", "blogpost", "postlayout", "bloglayout"),
        *("page", "pages", "default", "single", "base", "baselayout", "none", "null", "false"),
    }
)


class History(Protocol):
    """Knows when a source file first appeared; `plugins.posts.history.FileDates` does."""

    def first_seen(self, source: str) -> tuple[datetime, DateSource]:
        """The moment, with a time zone, and who says so."""


def title_of(findings: Findings, offered: str | None) -> str | None:
    """The title; None where there is none, or a faulty one."""
    if findings.field("title"):
        return findings.take("title", plain_text.title, None)
    if offered and offered.strip():
        return one_line(offered)
    hint = "write title: and the title at the top, or begin the text with # and the title"
    findings.note("title", "the post has no title", hint)
    return None


def date_of(
    findings: Findings, name: SourceName, history: History, zone: tzinfo, now: datetime
) -> tuple[datetime, DateSource]:
    """The date and where it is from.

    What git or the file system says is never later than ``now``: a clock that is ahead must not
    hold a post back.
    """
    written = findings.field("date")
    if written and fold(as_written(written.value)) not in _WORK_IT_OUT:
        return findings.take("date", lambda value: parse_date(value, zone), now), "front matter"
    if name.date:
        dated = findings.attempt("file name", lambda: parse_date(name.date, zone), now)
        return dated, "file name"
    moment, source = history.first_seen(findings.document.path)
    return min(moment, now).astimezone(zone), source


def modified_of(findings: Findings, date: datetime, zone: tzinfo) -> datetime | None:
    """When the post was last changed; None if that was before its date, while it was prepared."""
    modified = findings.take("modified", lambda value: parse_date(value, zone), None)
    return modified if modified and modified > date else None


def terms_of(findings: Findings, default: str | None) -> tuple[Term | None, tuple[Term, ...]]:
    """The category and the tags; of several categories the others count as tags."""
    dialect = findings.document.dialect
    found: dict[str, tuple[Term, ...]] = {}
    for name in ("category", "tags"):
        field = findings.field(name)
        found[name] = findings.attempt(field, partial(terms, field, dialect), ()) if field else ()
    first = found["category"][:1] or ((term(default),) if default else ())
    return next(iter(first), None), distinct([*found["tags"], *found["category"][1:]])


def series_of(findings: Findings) -> tuple[SeriesClaim | None, tuple[Marker, ...]]:
    """The series the post names; a part without a series is a marker of the post itself."""
    claim = findings.take("series", claims.series, None)
    part = findings.take("part", claims.part, None)
    field = findings.field("part")
    if field is None or part is None:
        return claim, ()
    if claim is None:
        return None, () if findings.field("series") else _own_marker(findings, field, part)
    if claim.part is not None and claim.part != part:
        message = f"the series has part {claim.part}, and this is {part}"
        findings.note(field, message, "keep one of the two")
    return replace(claim, part=part), ()


def _own_marker(findings: Findings, field: Field, part: int | float) -> tuple[Marker, ...]:
    if isinstance(part, int):
        return (Marker("this", part, line=field.line),)
    findings.note(field, f"part {part} belongs to no series", "write series: and its name")
    return ()


def image_of(findings: Findings) -> Picture | None:
    """The lead image, with the alt text and caption of fields of their own where it has none."""
    image = findings.take("image", pictures.picture, None)
    alt = findings.take("image_alt", text, "")
    caption = findings.take("image_caption", plain_text.summary, None) or ""
    if image is None:
        return None
    said = image.alt or alt
    empty = image.decorative or findings.field("image_alt") is not None
    return replace(image, alt=said, caption=image.caption or caption, decorative=empty and not said)


def replies_of(findings: Findings, default: TakesReplies) -> TakesReplies:
    """Whether the post takes replies; ``default`` where it does not say."""
    wanted = findings.take("replies", _takes_replies, None)
    refused = findings.take("no_replies", boolean, None)
    field = findings.field("no_replies")
    if field and wanted is not None and (wanted != "none") == refused:
        findings.note(field, "the post both takes replies and takes none", "keep one of the two")
    if wanted is None and refused is not None:
        return "none" if refused else "open"
    return wanted or default


def _takes_replies(value: object) -> TakesReplies:
    """``closed`` and ``open`` are WordPress's words; others say true or false."""
    word = as_written(value).strip().lower() if isinstance(value, str) else ""
    if word == "closed":
        return "closed"
    if word == "open":
        return "open"
    return "open" if boolean(value) else "none"


def template(value: Any) -> str | None:
    """The name of a template of its own; None for the layouts that every post has.

    Eleventy and Astro write a path (``layouts/post.njk``); its last name counts.
    """
    name = PurePosixPath(text(value)).name.split(".")[0]
    if not _TEMPLATE.fullmatch(name):
        raise Fault(f"{show(value)} is no name of a template", "write letters, digits and hyphens")
    return None if fold(name) in _USUAL_TEMPLATES else name


def uid(value: Any) -> str:
    """An identifier without spaces, the same for ever; raises `Fault`."""
    written = text(value)
    if " " in written:
        raise Fault(f"{show(written)} has a space in it", "write an identifier without spaces")
    return written
