"""A letter, and the message made of it: always the same bytes for the same letter.

Plain text only, so that nothing a visitor wrote can be markup in anybody's mail reader. Every
header is one line of printable characters before it reaches the ``email`` package, which checks
again and encodes the rest (RFC 5322, 2047, 2369, 3834, 8058).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

_LONGEST_SUBJECT = 180
_LONGEST_NAME = 100
# Values without spaces that may be longer than a line: folding would break them apart.
_WHOLE = frozenset({"list-unsubscribe", "message-id"})
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_URL = re.compile(r"https?://[\x21-\x3b\x3d\x3f-\x7e]+")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from: a checked address and the name shown with it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The domain that Message-IDs are made below."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """What to send to whom. ``to`` and ``reply_to`` are checked addresses.

    ``key`` says what the letter is about: there is one letter for one key, however often it is
    put into the outbox. ``unsubscribe`` is the address for one-click unsubscribing, or empty.
    """

    key: str
    to: str
    subject: str
    text: str
    reply_to: str = ""
    unsubscribe: str = ""


def message(letter: Letter, sender: Sender, message_id: str, date: datetime) -> EmailMessage:
    """Return ``letter`` as a message; ``date`` is aware. ValueError if a header cannot be one."""
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(_heading(sender.name, _LONGEST_NAME), addr_spec=sender.address)
    made["To"] = Address(addr_spec=letter.to)
    if letter.reply_to:
        made["Reply-To"] = Address(addr_spec=letter.reply_to)
    made["Subject"] = _heading(letter.subject, _LONGEST_SUBJECT)
    made["Date"] = date
    made["Message-ID"] = message_id
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        made["List-Unsubscribe"] = f"<{_address(letter.unsubscribe)}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(body(letter.text), cte="quoted-printable")
    return made


def shown(text: str) -> str:
    """``text`` in one line, without characters that are not seen or that turn what is seen."""
    seen = (" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in seen if not _unseen(char)).split())


def body(text: str) -> str:
    """``text`` for the body of a letter: lines as they are, no control or turning characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(char for char in line if char == "\t" or not _unseen(char)).rstrip()
        for line in lines
    )


def excerpt(text: str, longest: int = 300) -> str:
    """How ``text``, which a visitor wrote, begins: in one line, marked as a quotation."""
    line = shown(text[: 2 * longest])
    cut = len(line) > longest or len(text) > 2 * longest
    return f"> {line[:longest]}{' …' if cut else ''}".rstrip()


def _heading(text: str, longest: int) -> str:
    """``text`` for a header.

    What looks like an encoded word is taken apart: ``email`` would decode it, line ends and all,
    and some of its versions would then write them (CVE-2024-6923).
    """
    return shown(text).replace("=?", "= ?")[:longest]


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN and char != "\N{ZERO WIDTH JOINER}"


def _address(url: str) -> str:
    if not _URL.fullmatch(url):
        raise ValueError(f"not an address for a header: {url!r}")
    return url


class _Policy(EmailPolicy):
    """Folds headers as SMTP wants them, but keeps addresses and identifiers in one piece."""

    def fold(self, name: str, value: Any) -> str:
        """Return the header as text, folded unless it must stay whole."""
        if name.lower() in _WHOLE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header as bytes, folded unless it must stay whole."""
        if name.lower() in _WHOLE:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")
