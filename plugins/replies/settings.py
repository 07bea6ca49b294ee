"""How posts can be answered: where replies come from, and who keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plugins.errors import Problem, SettingsError
from thread.ways.contact import ContactForm
from thread.ways.replies import BuiltIn
from thread.ways.way import ContactWay, ReplyWay

# What stands before the path of the service on the site itself, or on a server of its own.
_SERVICE = re.compile(r"(?:https://[a-z0-9.-]+(?::\d+)?)?/(?:[A-Za-z0-9_-]+/)*")


@dataclass(frozen=True, slots=True)
class RepliesSettings:
    """How readers answer and write.

    ``folder`` holds the approved replies that the service or ``python -m dialogue export`` wrote.
    ``way`` is who takes replies and ``contact`` how to write in private: see :mod:`thread.ways`.
    ``open`` says whether posts that do not say take replies, ``close_after`` for how many days
    after their date, 0 for ever. Answers are nested up to ``depth`` levels. ``service`` is the path
    or https URL below which the dialogue service answers. Raises :class:`SettingsError`.
    """

    folder: Path = Path(".parley/replies")
    way: ReplyWay = BuiltIn()
    contact: ContactWay = ContactForm()
    open: bool = True
    close_after: int = 0
    depth: int = 4
    service: str = "/dialogue/"

    def __post_init__(self) -> None:
        if problems := list(_faults(self)):
            raise SettingsError(problems)


def _faults(settings: RepliesSettings) -> Iterable[Problem]:
    for field in ("way", "contact"):
        way = getattr(settings, field)
        for name, fault in way.faults():
            yield _fault(f"{field}.{name}", fault, f"correct the settings of {way.name}")
    if not 0 <= settings.depth <= 20:
        yield _fault("depth", f"{settings.depth} levels cannot be shown", "give a number up to 20")
    if settings.close_after < 0:
        hint = "give a number of days, or 0 to leave posts open"
        yield _fault("close_after", f"{settings.close_after} days are in the past", hint)
    if not _SERVICE.fullmatch(settings.service):
        hint = "write '/dialogue/' or the https URL of the service with a slash at its end"
        yield _fault("service", f"{settings.service!r} is no place of a service", hint)


def _fault(field: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"REPLIES.{field}", message, hint)
