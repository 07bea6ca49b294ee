"""Mail addresses as we accept them: one person's, plain ASCII before the @, a real domain after it.

Narrower than RFC 5321 on purpose: no quoted local parts, comments, literals or bare host names.
Whatever passes can stand in a header and in an SMTP command as it is.
"""

from __future__ import annotations

import re

import idna

from dialogue.mail import providers

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LONGEST_LOCAL = 64
_LONGEST = 254


class AddressError(ValueError):
    """A text is no mail address that we send to; ``text`` is what was given."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__("not a mail address that can be used")


def parsed(text: str) -> str:
    """Return ``text`` as a mail address, its domain in lower-case ASCII; raise AddressError."""
    if len(text) > _LONGEST:
        raise AddressError(text)
    local, at, domain = text.strip(" ").rpartition("@")
    if not at or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise AddressError(text)
    address = f"{local}@{_domain(domain, text)}"
    if len(address) > _LONGEST:
        raise AddressError(text)
    return address


def inbox(address: str) -> str:
    """The inbox that ``address`` leads to, as its provider reads it: what mail is counted by.

    Case, a tag after "+", the dot after a domain and its spelling (IDNA) never make another inbox;
    :mod:`dialogue.mail.providers` has the rest, with its sources. Any text has an inbox, the same
    for itself. For comparing only: mail goes to the address as it was typed.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    name, host = providers.account(local, _plain(domain))
    return f"{name}@{host}"


def _plain(domain: str) -> str:
    """``domain`` without its last dot, in ASCII if it can be."""
    bare = domain.rstrip(".")
    try:
        return idna.encode(bare[:_LONGEST], uts46=True).decode("ascii")
    except idna.IDNAError:
        return bare


def _domain(text: str, whole: str) -> str:
    try:
        domain = idna.encode(text, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressError(whole) from error
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise AddressError(whole)
    return domain
