"""Entries whose text is only made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import partial
from typing import Any

from plugins.catalogue.catalogue import Entry, placed
from plugins.digests import digest
from wording import wording_for


class LazyEntry(Entry):
    """An entry with a way to its HTML in the place of it, and digests known beforehand.

    ``own`` is the digest of the post, its summary and minutes, ``facets`` of all that is shown or
    told elsewhere; ``body`` the finished HTML or all that it is made from, with words and headings,
    in values whose ``repr`` says all, such as digests.
    """

    __slots__ = ("_body", "_facets", "_known", "_make", "_outward", "_text", "_whole")
    _body: tuple[object, ...]
    _facets: str
    _make: Callable[[], str]
    _outward: str
    _known: str
    _text: str
    _whole: str

    def __init__(
        self,
        make: Callable[[], str],
        own: str,
        facets: str,
        body: tuple[object, ...],
        **values: Any,
    ) -> None:
        given = {"_make": make, "_known": own, "_facets": facets, "_body": body}
        fixed = {**given, "_outward": "", "_text": "", "_whole": ""}
        assign = partial(object.__setattr__, self)
        for name, value in (_DEFAULTS | values | fixed).items():
            assign(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: the way to the HTML is sent, not the HTML."""
        values = {name: getattr(self, name) for name in _NAMES}
        body = () if self._text else self._body
        given = (self._make, self._known, self._facets, body)
        return _again, (given, (self._outward, self._text, self._whole), values)

    @property
    def telling(self) -> Callable[[], str]:
        """The way to the body."""
        return self._make

    @property
    def facets(self) -> str:
        """The digest of all that is shown or told elsewhere."""
        return self._facets

    @property
    def html(self) -> str:
        """The body with every reference resolved; made again each time."""
        return self._make()

    @property
    def written(self) -> str:
        """See :attr:`Entry.written`: what the way to the body has as ``unlinked``, if anything."""
        unlinked: Callable[[], str] = getattr(self._make, "unlinked", self._make)
        return unlinked()

    @property
    def outward(self) -> str:
        """See :attr:`Entry.outward`."""
        if not self._outward:
            label = self.place.label(wording_for("en")) if self.place else ""
            known = digest(
                self._known, self.image, self.thumb, label, self.primary, self.translations
            )
            object.__setattr__(self, "_outward", known)
        return self._outward

    @property
    def rest(self) -> tuple[object, ...]:
        """See :attr:`Entry.rest`; where the images of the text are in its file is part of it, too."""
        return self.outward, self._facets, placed(self.place), self.target, self.thread

    @property
    def text(self) -> str:
        """See :attr:`Entry.text`."""
        if not self._text:
            object.__setattr__(self, "_text", digest(*self._body))
        return self._text

    @property
    def content(self) -> str:
        """See :attr:`Entry.content`."""
        return digest(self._known, self.text)

    @property
    def whole(self) -> str:
        """See :attr:`Entry.whole`."""
        if not self._whole:
            known = digest(self.text, *self.rest)
            object.__setattr__(self, "_whole", known)
        return self._whole


_DEFAULTS = {field.name: field.default for field in fields(Entry) if field.default is not MISSING}
_NAMES = tuple(field.name for field in fields(Entry) if field.name != "html")


def _again(
    given: tuple[Callable[[], str], str, str, tuple[object, ...]],
    made: tuple[str, str, str],
    values: Mapping[str, Any],
) -> LazyEntry:
    entry = LazyEntry(*given, **values)
    for name, digested in zip(("_outward", "_text", "_whole"), made, strict=True):
        object.__setattr__(entry, name, digested)
    return entry
