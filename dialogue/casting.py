"""From the text of an environment variable to a typed value: one function for each kind.

Each raises ValueError with a message that completes "NAME: ..." and says what would be right.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from dialogue import urls
from dialogue.mail.address import AddressError, parsed
from dialogue.mail.causes import Limit, Limits
from dialogue.moderation.password import is_hash

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_LIMIT = re.compile(r"([a-z]+)=([0-9]{1,6})/([0-9]{1,6})")
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(value: str) -> str:
    """The value as it is, without the spaces around it."""
    return value.strip()


def path(value: str) -> Path:
    """A path; relative ones count from the working directory."""
    return Path(value).expanduser()


def yes_or_no(value: str) -> bool:
    """``yes`` or ``no``, in the usual spellings."""
    word = value.strip().lower()
    if word not in _YES | _NO:
        raise ValueError(f"{value!r} is neither yes nor no; write one of the two")
    return word in _YES


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number from ``least`` to ``most``."""

    def cast(value: str) -> int:
        wanted = f"write a whole number from {least} to {most}"
        try:
            number = int(value.strip())
        except ValueError as error:
            raise ValueError(f"{value!r} is no whole number; {wanted}") from error
        if not least <= number <= most:
            raise ValueError(f"{number} is out of range; {wanted}")
        return number

    return cast


def one_of(*names: str) -> Callable[[str], str]:
    """One of a few words."""

    def cast(value: str) -> str:
        if value.strip() not in names:
            raise ValueError(f"{value!r} is not known; write {' or '.join(names)}")
        return value.strip()

    return cast


def url(value: str) -> str:
    """An http or https URL."""
    try:
        return urls.checked(value)
    except ValueError as error:
        raise ValueError(f"{value!r} {error}; write it as https://ci.example.org/hook") from error


def words(value: str) -> tuple[str, ...]:
    """Several words, with commas between them."""
    return tuple(word for part in value.split(",") if (word := part.strip()))


def command(value: str) -> tuple[str, ...]:
    """A command line, split as a shell would; nothing in it is expanded."""
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        raise ValueError(f"{value!r} is no command line ({error}); close its quotes") from error


def networks(value: str) -> tuple[Network, ...]:
    """Networks as in ``10.0.0.0/8, ::1``, with commas between them."""
    try:
        return tuple(map(ipaddress.ip_network, words(value)))
    except ValueError as error:
        raise ValueError(f"{error}; write networks such as 10.0.0.0/8, 127.0.0.1") from error


def site(value: str) -> str:
    """The absolute http or https address of the site, without the slash at its end."""
    address = value.strip().rstrip("/")
    if not _is_site(address):
        raise ValueError(f"{value!r} is no site's address; write it as https://example.org")
    return address


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    extra = parts.query or parts.fragment or "@" in parts.netloc or not address.isprintable()
    return bool(fine and not extra)


def mailbox(value: str) -> str:
    """One bare mail address."""
    try:
        return parsed(value)
    except AddressError as error:
        raise ValueError(f"{value!r} is no mail address; write name@example.org") from error


def mailboxes(value: str) -> tuple[str, ...]:
    """Several mail addresses, with commas between them."""
    return tuple(map(mailbox, words(value)))


def people(value: str) -> tuple[tuple[str, str], ...]:
    """Names and their mail addresses, as in ``Ada <ada@example.org>, Ben <ben@example.org>``."""
    found = []
    for part in words(value):
        name, opened, rest = part.partition("<")
        if not name.strip() or not opened or not rest.endswith(">"):
            raise ValueError(f"{part!r} names nobody; write Name <name@example.org>")
        found.append((name.strip(), mailbox(rest[:-1])))
    return tuple(found)


def mail_limits(value: str) -> Limits:
    """Limits such as ``confirm=3/60, answer=20/200``; causes left out keep their default."""
    known = [each.name for each in dataclasses.fields(Limits)]
    found = {}
    for part in words(value):
        match = _LIMIT.fullmatch(part)
        if match is None or match[1] not in known:
            raise ValueError(f"{part!r} is no limit; write {known[0]}=3/60, or {', '.join(known)}")
        found[match[1]] = Limit(int(match[2]), int(match[3]))
    return dataclasses.replace(Limits(), **found)


def password_hash(value: str) -> str:
    """What ``python -m dialogue moderate --hash`` prints."""
    if not is_hash(value.strip()):
        raise ValueError("this is no hash; python -m dialogue moderate --hash makes one")
    return value.strip()


def database(value: str) -> str:
    """A database's URL: SQLite, or PostgreSQL by psycopg."""
    address = value.strip()
    scheme, _, rest = address.partition("://")
    known = {"sqlite": "sqlite", "postgres": "postgresql+psycopg"}
    known |= dict.fromkeys(("postgresql", "postgresql+psycopg"), "postgresql+psycopg")
    if scheme not in known or not rest:
        raise ValueError(
            f"{scheme or value!r} is no database known here; write sqlite:///file.sqlite3 "
            "or postgresql://user@host/name"
        )
    return f"{known[scheme]}://{rest}"
