"""Series files: ``content/series/<slug>.md`` says what a series is called and what is to come.

The front matter may have a title, a summary, an image, a language, a slug and planned parts; the
body is the intro. Nothing else is known here, and what is not known is a problem: a field that
does nothing would be a promise not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Any, TypeVar

from plugins.checks.rules import field_rule
from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import Document, Field, FlawedDocumentError, parse
from plugins.frontmatter.fields import fold
from plugins.frontmatter.values import Fault, Faults, faults_of, show, text
from plugins.post import Body, Frozen, Picture
from plugins.posts import plain_text
from plugins.posts.languages import language
from plugins.posts.pictures import picture
from plugins.posts.slugs import slugify
from plugins.posts.source_names import read_name
from plugins.series.model import NO_INTRO, Planned, SeriesFile
from plugins.series.plans import read_plans

KNOWN = ("title", "summary", "image", "image_alt", "image_caption", "lang", "slug")
PLANNED = "planned"

Render = Callable[[Document], Body]
T = TypeVar("T")


def read_series_file(data: bytes, path: str, *, zone: tzinfo, render: Render) -> SeriesFile:
    """The series that the file ``path``, relative to the content folder, describes.

    Without a title or a slug the file's name gives it. ``zone`` is that of dates without one,
    ``render`` makes the intro. Raises :class:`SiteError` with every problem of the file.
    """
    try:
        return _Reading(parse(data, path)).series_file(data, zone, render)
    except FlawedDocumentError as error:
        reading = _Reading(error.document, error.problems)
        if error.complete:
            return reading.series_file(data, zone, render)
        reading.intro(render)
        raise SiteError(reading.problems) from error


class _Reading:
    """One file being read: its document, and the problems found so far."""

    def __init__(self, document: Document, problems: Iterable[Problem] = ()) -> None:
        self._document = document
        self._fields = document.fields
        self.problems = list(problems)

    def series_file(self, data: bytes, zone: tzinfo, render: Render) -> SeriesFile:
        document = self._document
        name = read_name(document.path)
        title = self._value("title", plain_text.title) or _title_from(document.path)
        made = SeriesFile(
            source=document.path,
            slug=self._value("slug", _slug) or name.slug or slugify(title),
            title=title,
            lang=self._value("lang", language) or (name.lang and language(name.lang)),
            intro=self.intro(render),
            summary=self._value("summary", plain_text.summary) or "",
            image=self._image(),
            planned=self._planned(data, zone),
            lines=Frozen({field.name: field.line for field in self._fields.values()}),
        )
        self._refuse_unknown()
        if self.problems:
            raise SiteError(self.problems)
        return made

    def _value(self, name: str, convert: Callable[[Any], T | None]) -> T | None:
        """The value of a field; None where there is none, or none that can be used."""
        field = self._fields.get(name)
        if field is None:
            return None
        try:
            return convert(field.value)
        except (Fault, Faults) as error:
            for fault in faults_of(error):
                self._note(field, fault)
            return None

    def _image(self) -> Picture | None:
        image = self._value("image", picture)
        alt, caption = self._value("image_alt", text), self._value("image_caption", text)
        if image is None:
            return None
        said = image.alt or alt or ""
        empty = image.decorative or alt is not None
        return replace(
            image, alt=said, caption=image.caption or caption or "", decorative=empty and not said
        )

    def intro(self, render: Render) -> Body:
        """The text; what is wrong with it is noted."""
        try:
            return render(self._document)
        except SiteError as error:
            self.problems += error.problems
            return NO_INTRO

    def _planned(self, data: bytes, zone: tzinfo) -> tuple[Planned, ...]:
        field = self._plans()
        if field is None:
            return ()
        lines = data.decode("utf-8", "replace").splitlines()[: self._document.body_line - 1]
        return read_plans(field, lines, zone, lambda line, fault: self._note(field, fault, line))

    def _plans(self) -> Field | None:
        extra = self._document.extra.values()
        return next((field for field in extra if fold(field.key) == PLANNED), None)

    def _refuse_unknown(self) -> None:
        everything = (*self._fields.values(), *self._document.extra.values())
        for field in everything:
            if field.name not in KNOWN and field is not self._plans():
                fault = Fault(
                    f"a series file has no field {show(field.key)}",
                    f"it may have {', '.join(KNOWN)} and {PLANNED}; take this out",
                )
                self._note(field, fault, rule="unused-field")

    def _note(self, field: Field, fault: Fault, line: int | None = None, rule: str = "") -> None:
        self.problems.append(
            Problem(
                self._document.path,
                line or field.line,
                field.key,
                fault.message,
                fault.hint,
                rule or field_rule(field.name),
            )
        )


def _slug(value: Any) -> str:
    """A slug as written; raises `Fault` for text that is none."""
    written = text(value)
    slug = slugify(written, ascii_only=False)
    if slug != written:
        raise Fault(f"{show(written)} is no slug", f"write {slug}" if slug else "use letters")
    return written


def _title_from(path: str) -> str:
    """A title from the file's name, or its folder's: ``both-ways.md`` is "Both ways"."""
    file = PurePosixPath(path)
    named = file.parent if file.stem == "_index" else file
    words = " ".join(named.name.split(".")[0].replace("_", "-").split("-"))
    return words[:1].upper() + words[1:]
