"""XML exports, read element by element: a file may be larger than the memory."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from dialogue.errors import DialogueError

_CONTROL = bytes({*range(32), 127} - {9, 10, 13})


def elements(path: Path, names: Collection[str]) -> Iterator[etree._Element]:
    """The outermost elements of those names as they end; what was passed is forgotten.

    Raises DialogueError and OSError. A document type could make entities grow without end or read
    files, and no export has one. libxml2 refuses a text of more than 10 MB.
    """
    with path.open("rb") as file:
        events = etree.iterparse(
            _Characters(file),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _outermost(events, names, path)
        except etree.XMLSyntaxError as error:
            raise DialogueError(f"{path} is no XML: {error}; export it again") from error


class _Characters:
    """A file without control characters, which are no XML: WordPress exports what was pasted.

    Their bytes stand for nothing else but in UTF-16, which is left as it is.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._dropped = _CONTROL
        start = file.read(2)
        file.seek(0)
        if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self._dropped = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end only."""
        while data := self._file.read(size):
            if kept := data.translate(None, self._dropped):
                return kept
        return b""


def children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """The children of that name, in whatever namespace: it has the version of the export in it."""
    return (one for one in element if isinstance(one.tag, str) and local(one) == name)


def child(element: etree._Element, name: str) -> str:
    """The text of the first child of that name; empty where there is none."""
    return next((one.text or "" for one in children(element, name)), "").strip()


def local(element: etree._Element) -> str:
    """The name of ``element`` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _outermost(
    events: Iterator[tuple[str, etree._Element]], names: Collection[str], path: Path
) -> Iterator[etree._Element]:
    inside = 0
    for number, (event, element) in enumerate(events):
        if number == 0 and element.getroottree().docinfo.internalDTD is not None:
            raise DialogueError(f"{path} has a document type, which no export has; export it again")
        wanted = local(element) in names
        if event == "start":
            inside += wanted
            continue
        inside -= wanted
        if inside == 0:
            if wanted:
                yield element
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Free what ``element`` held and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
