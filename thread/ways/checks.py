"""Checks that settings of several ways share; each yields pairs of a field and its fault."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from thread.reading import is_web_address
from thread.ways.way import Faults

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*")
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_EMAIL = re.compile(r"[\w.%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z0-9-]+", re.ASCII)


def host_fault(field: str, value: str) -> Faults:
    """``value`` must be a host name such as "blog.example.com"."""
    if not _HOST.fullmatch(value):
        yield field, f"{value!r} is no host name such as 'blog.example.com'"


def server_fault(field: str, value: str) -> Faults:
    """``value`` must be the https URL of a server, or of a folder of it."""
    if not (is_web_address(value) and value.startswith("https://")) or "?" in value or "#" in value:
        yield field, f"{value!r} is no address such as 'https://comments.example.com'"


def repository_fault(field: str, value: str) -> Faults:
    """``value`` must name a repository as "owner/name"."""
    if not _REPOSITORY.fullmatch(value):
        yield field, f"{value!r} is no repository such as 'owner/name'"


def name_fault(field: str, value: str) -> Faults:
    """``value`` must be a plain name of letters, digits, hyphens and underscores."""
    if not _NAME.fullmatch(value):
        yield field, f"{value!r} has other characters than letters, digits, - and _"


def email_fault(field: str, value: str) -> Faults:
    """``value`` must be an e-mail address."""
    if not _EMAIL.fullmatch(value):
        yield field, f"{value!r} is no e-mail address such as 'hello@example.com'"


def origin(url: str) -> str:
    """The scheme and host of ``url``, as a Content-Security-Policy names a server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
