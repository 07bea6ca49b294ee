"""What people type into forms, without what only machines put there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dialogue.boundary import wellformed

# They turn the text around them, so that it reads as something it is not.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Neither a part of an address nor what may stand around one.
_NOT_IN_MAIL = re.compile(r"[\s@<>(),;:\\\"\[\]]")
_NOT_IN_HOST = re.compile(r"[_/?#]")
_LONGEST_MAIL = 254
_LONGEST_URL = 500


def line(text: str) -> str:
    """One line: spaces in a row are one, and there are no control characters."""
    return " ".join(wellformed(_TURNING.sub("", text)).split())


def paragraphs(text: str) -> str:
    """Several lines, each ended as Unix does, without empty ones at either end."""
    return wellformed(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n").rstrip()


def mailbox(text: str) -> str | None:
    """A mail address, with its host in lower case; None if it is not one."""
    if len(text) > _LONGEST_MAIL or not text.isascii():
        return None
    local, at, host = text.rpartition("@")
    if not at or not local or _NOT_IN_MAIL.search(local) or _NOT_IN_MAIL.search(host):
        return None
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or _NOT_IN_HOST.search(host):
        return None
    return f"{local}@{host.lower()}"


def address(text: str) -> str | None:
    """The http or https address of a site, with ``https://`` if it was left out; None if not one."""
    whole = text if "://" in text else f"https://{text}"
    if len(whole) > _LONGEST_URL:
        return None
    try:
        parts = urlsplit(whole)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    plain = whole.isprintable() and not re.search(r"[\s\"'<>\\^`{|}]", whole)
    named = "." in (parts.hostname or "") and "@" not in parts.netloc
    return whole if fine and plain and named else None
