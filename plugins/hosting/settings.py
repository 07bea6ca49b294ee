"""What a site may choose about the headers it asks hosts to send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from plugins.errors import Problem, SettingsError

# An origin (RFC 6454), or a whole host with its subdomains.
_SOURCE = re.compile(r"(https|wss)://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?")
_HASH = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class HostingSettings:
    """Other hosts that pages may use, by what they may be used for, as "https://host".

    Images, frames and media of other hosts that posts show are allowed by themselves; name here
    what posts do not show. Scripts and styles of other hosts run only where they are named, and forms
    in posts are sent only to ``forms``, such as that of a newsletter;
    ``scripts`` may also hold the "sha256-..." of a script in a post. ``frame_ancestors`` are the
    sites that may show ours in a frame, none by default. ``referrer`` is the Referrer-Policy.
    Raises :class:`SettingsError`.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()
    # Not "no-referrer": browsers would then send "Origin: null" with the forms for replies.
    referrer: str = "strict-origin-when-cross-origin"

    def __post_init__(self) -> None:
        if problems := [*_faults(self)]:
            raise SettingsError(problems)


def _faults(settings: HostingSettings) -> Iterator[Problem]:
    for name in (field.name for field in fields(settings) if field.name != "referrer"):
        for source in getattr(settings, name):
            if not (_SOURCE.fullmatch(source) or (name == "scripts" and _HASH.fullmatch(source))):
                hint = "write it as in https://www.example.com, without a path"
                yield _problem(name, f"{source!r} is not the address of a host", hint)
    if not re.fullmatch("[a-z-]+", settings.referrer):
        hint = 'write one such as "strict-origin-when-cross-origin"'
        yield _problem("referrer", f"{settings.referrer!r} is no policy", hint)


def _problem(field: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"HOSTING.{field}", message, hint)
