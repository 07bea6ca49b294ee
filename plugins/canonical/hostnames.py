"""Host names: made ASCII for machines, and readable for people where that cannot deceive.

The ASCII form is IDNA 2008 with the UTS 46 mapping, as browsers send it. The readable form follows
the idea of browsers' address bars: a label is shown in its own script only if it cannot be taken
for another one, else it stays as ``xn--...``.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address

import idna

# Scripts that are written together in one word and do not look like each other.
_TOGETHER = frozenset(
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"}
)
# Letters of other scripts that are drawn like Latin ones; a word of nothing else is a disguise.
_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтвзαινορτυχκѕօոսհցզյւռ")
# Latin letters beyond these blocks are phonetic signs and small capitals, not spelling.
_SPELLING = (range(0x0250), range(0x1E00, 0x1F00))
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LONGEST = 253


def ascii_host(host: str) -> str:
    """``host`` in lower case ASCII: a name ("xn--bcher-kva.example") or an IPv6 address in brackets.

    Raises ValueError where it is neither; the message continues "the URL ...".
    """
    if ":" in host:
        return f"[{_ipv6(host)}]"
    name = host.removesuffix(".").lower()
    if not name.isascii():
        name = _to_ascii(name)
    if len(name) > _LONGEST or not all(map(_LABEL.fullmatch, name.split("."))):
        raise ValueError("has an impossible host name")
    return name


def display_host(host: str) -> str:
    """``host`` for people: without ``www.``, and in its own script where that is safe."""
    if ":" in host:
        return f"[{host}]"
    labels = host.lower().removeprefix("www.").split(".")
    return ".".join(_readable(label) for label in labels)


def _ipv6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError as error:
        raise ValueError("has an impossible host name") from error
    if address.scope_id:
        raise ValueError("names a network interface of one machine")
    return address.compressed


def _to_ascii(name: str) -> str:
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError("has an impossible host name") from error


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        text = idna.decode(label)
    except idna.IDNAError:
        return label
    return text if _honest(text) else label


def _honest(text: str) -> bool:
    """Whether the label cannot be read as a label of another script."""
    letters = [char for char in text if char.isalpha()]
    scripts = {unicodedata.name(char, "UNKNOWN").split()[0] for char in letters}
    if "LATIN" in scripts and not all(map(_is_spelling, letters)):
        return False
    if scripts <= _TOGETHER:
        return True
    return len(scripts) == 1 and not _LIKE_LATIN.issuperset(letters)


def _is_spelling(letter: str) -> bool:
    not_latin = not unicodedata.name(letter, "").startswith("LATIN")
    return not_latin or any(ord(letter) in block for block in _SPELLING)
