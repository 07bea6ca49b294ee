"""Addresses of files in a text and in fields, when the files move to another folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from posixpath import normpath

from desk.importing.files import other
from desk.importing.model import Asset, Refusal

_IN_MARKDOWN = re.compile(r"(?P<before>\]\(<?)(?P<path>(?:\.{1,2}/|[@~]/?|/)[^)\s>\"]++)")
_IN_HTML = re.compile(
    r"(?P<before>\b(?:src|href|poster)=\")(?P<path>(?:\.{1,2}/|[@~]/?|/)[^\"\n]++)"
)
_DEFINED = re.compile(
    r"^(?P<before>[ ]{0,3}\[[^\]\n]{1,200}+\]:[ \t]*+<?)(?P<path>(?:\.{1,2}/|[@~]/?|/)[^\s>]++)",
    re.MULTILINE,
)


def moved(text: str, where: Callable[[str], str]) -> str:
    """``text`` with each local address as ``where`` says it is now; empty leaves it as it is."""

    def one(found: re.Match[str]) -> str:
        return f"{found['before']}{where(found['path']) or found['path']}"

    for pattern in (_IN_MARKDOWN, _IN_HTML, _DEFINED):
        text = pattern.sub(one, text)
    return text


def as_it_is(source: str, target: str) -> Asset | Refusal:
    """A file that the old site copied as it was; a text among them is no post here either."""
    is_text = PurePosixPath(target).suffix.lower() == ".txt"
    return other(source, f"static/{target}" if is_text else target)


def joined(folder: str, path: str) -> str:
    """The path of a file from the top of the old site; empty where it leads out of it."""
    plain = path.partition("?")[0].partition("#")[0]
    made = normpath(f"{folder}/{plain}") if folder else normpath(plain)
    return "" if made.startswith("..") or made == "." else made
