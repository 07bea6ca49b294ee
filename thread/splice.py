"""Put the replies of a post into its finished page, its reply feeds, and their compressed twins.

Only what lies between the markers is replaced, so the rest of the page need not be known. Whoever
calls this holds the lock of the output folder (:mod:`thread.lock`).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path

import brotli

from thread import atomic, twins
from thread.block import BEGIN, END, block, replies_view
from thread.errors import FileError
from thread.model import Site, Target, Thread
from thread.templates import Templates

_BEGIN, _END = BEGIN.encode(), END.encode()
_UNPACK = {twins.BROTLI: brotli.decompress, twins.GZIP: gzip.decompress}
_HINT = "build the site again with `make publish`"


def splice(
    output: Path, site: Site, target: Target, thread: Thread, templates: Templates
) -> tuple[str, ...]:
    """Bring the page and feeds of ``target`` below ``output`` up to ``thread``.

    Returns the paths of the files that were written: none where all of it was there already. Each
    file is whole at any moment, and doing it again after a crash completes it. Raises
    :class:`FileError` where the page is not there or has no place for replies, and
    :class:`OSError`.
    """
    page = splice_page(output, target, rendered(site, target, thread, templates))
    return (*page, *splice_rest(output, target, feeds(site, target, thread)))


def rendered(site: Site, target: Target, thread: Thread, templates: Templates) -> bytes:
    """The block of ``thread``; raises what the templates and the replies make it raise."""
    return block(templates, replies_view(site, target, thread)).encode()


def feeds(site: Site, target: Target, thread: Thread) -> Mapping[str, bytes]:
    """The feeds of ``thread`` by their path; raises what the replies make it raise."""
    from thread.feed import (
        render_feeds,  # loaded when it is needed: feedgen and lxml take their time
    )

    return render_feeds(site, target, thread)


def splice_page(output: Path, target: Target, inside: bytes) -> tuple[str, ...]:
    """Put a rendered block into the page of ``target``: what people wait for. As :func:`splice`."""
    path = output / target.file
    try:
        old = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(str(path), "file", "the page of the post is not there", _HINT) from error
    return (target.file,) if _put(path, replaced(old, inside, str(path))) else ()


def splice_rest(output: Path, target: Target, made: Mapping[str, bytes]) -> tuple[str, ...]:
    """Put feeds beside the page of ``target``, then twins of all: packing takes longest."""
    page = output / target.file
    written = [path for path, data in made.items() if _put(output / path, data)]
    if _is_twinned(page):
        for path, data in {target.file: page.read_bytes(), **made}.items():
            written += _twin(output, path, data)
    return tuple(written)


def replaced(page: bytes, inside: bytes, path: str) -> bytes:
    """``page`` with ``inside`` in place of its block, markers included; raises :class:`FileError`.

    The last markers count: what a post's own text holds stands before them.
    """
    end = page.rfind(_END)
    begin = page.rfind(_BEGIN, 0, max(end, 0))
    if end < 0 or begin < 0:
        raise FileError(path, "replies", "the page has no place for replies", _HINT)
    return page[:begin] + inside + page[end + len(_END) :]


def _put(path: Path, data: bytes) -> bool:
    """Write a file, unless it is there with these bytes already."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.replace(path, data)
    return True


def _twin(output: Path, name: str, data: bytes) -> list[str]:
    """Write the twins of a file, unless they are there and say the same."""
    path = output / name
    if _twins_say(path, data):
        return []
    return [twin.relative_to(output).as_posix() for twin in twins.write_twins(path)]


def _is_twinned(path: Path) -> bool:
    """Whether the site was built with twins, by those of the page: it is large enough to have some."""
    return any(path.with_name(path.name + suffix).is_file() for suffix in _UNPACK)


def _twins_say(path: Path, data: bytes) -> bool:
    """Whether both twins are there and hold ``data``: unpacking is quick, packing is not."""
    try:
        found = (
            unpack(path.with_name(path.name + end).read_bytes()) for end, unpack in _UNPACK.items()
        )
        return all(text == data for text in found)
    except (OSError, EOFError, zlib.error, brotli.error):
        return False
