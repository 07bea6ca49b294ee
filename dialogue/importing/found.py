"""A reply as another system had it, before it is one of ours. All of it is hostile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from dialogue.errors import DialogueError
from thread.safe import safe

_BLANK = re.compile(r"\n\s*\n")
_BLOCK = re.compile(r"<(?:p|ul|ol|blockquote|pre)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """``key`` is its id there, ``place`` the URL or path of the post, ``date`` is aware.

    ``html`` was sanitised; ``text`` is what can be edited.
    """

    key: str
    parent: str
    place: str
    author: str
    email: str
    url: str
    date: datetime
    text: str
    html: str
    approved: bool


def paragraphs(text: str) -> str:
    """The sanitised HTML of a comment that has lines, tags or both."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _BLOCK.search(lines):
        return str(safe(lines))
    parts = (part.replace("\n", "<br>") for part in _BLANK.split(lines) if part.strip())
    return str(safe("".join(f"<p>{part}</p>" for part in parts)))


def parsed(data: bytes, path: str) -> etree._Element:
    """The root of an XML export; raises DialogueError.

    A document type could make entities grow without end or read files, and no export has one.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DialogueError(f"{path} is no XML: {error}; export it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DialogueError(f"{path} has a document type, which no export has; export it again")
    return root


def children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """The children of that name, in whatever namespace: it has the version of the export in it."""
    return (one for one in element if isinstance(one.tag, str) and _local(one) == name)


def child(element: etree._Element, name: str) -> str:
    """The text of the first child of that name; empty where there is none."""
    return next((one.text or "" for one in children(element, name)), "").strip()


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
