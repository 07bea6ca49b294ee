"""Approved replies as files: a folder of JSON, one file for each post that has a thread.

The service writes them, the build reads them, and they are the form in which replies are exported,
kept in a repository or handed to a builder elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from thread import atomic
from thread.errors import FileError
from thread.model import ID, Reply, Thread, is_kind
from thread.reading import Fields, fields_of

FORMAT = "parley-replies/1"
_UNSAFE = re.compile(r"[^a-z0-9]+")
_READABLE = 80
# How the first line of a file ends that we have written.
_REPLIES = ', "replies": ['


def file_name(target: str) -> str:
    """The name of the file of the post with this id: readable, and unique on any file system.

    The digest tells ids apart that differ in case, in what is left out here, or past the length
    that file names may have.
    """
    readable = _UNSAFE.sub("-", target.lower()).strip("-")[:_READABLE] or "post"
    return f"{readable}.{sha256(target.encode('utf-8')).hexdigest()[:12]}.json"


def dump(thread: Thread) -> bytes:
    """The bytes of a thread's file: the same for the same thread, in whatever order it comes.

    A reply is a line: thousands are written in a moment, without keeping others from their turn.
    """
    head = {"format": FORMAT, "target": thread.target, "version": thread.version}
    ordered = sorted(thread.replies, key=lambda reply: (reply.date, reply.id))
    lines = ",\n".join(_json(_values(reply)) for reply in ordered)
    return f"{_json(head)[:-1]}{_REPLIES}\n{lines}\n]}}\n".encode()


def version(data: bytes, path: str) -> int:
    """The version in the file ``path``, without reading thousands of replies; raises as :func:`load`."""
    line, _, _ = data.partition(b"\n")
    if not line.endswith(_REPLIES.encode()):
        return load(data, path).version
    return load(line + b"]}", path).version


def check(thread: Thread) -> None:
    """Raise :class:`FileError` where :func:`load` could not read what :func:`dump` makes of it."""
    for number, reply in enumerate(thread.replies):
        _reply(Fields("", f"replies[{number}]", _values(reply)))


def load(data: bytes, path: str) -> Thread:
    """The thread in the file ``path``, whose bytes are ``data``; raises :class:`FileError`."""
    fields = fields_of(data, path)
    if fields.values.get("format") != FORMAT:
        fields.fail("format", f"is not {FORMAT!r}")
    replies = tuple(_reply(each) for each in fields.objects("replies"))
    if len({reply.id for reply in replies}) < len(replies):
        fields.fail("replies", "has two replies with one id")
    return Thread(fields.text("target"), fields.count("version"), replies)


def write(folder: Path, thread: Thread) -> Path:
    """Put the thread's file into ``folder``, whole or not at all; raises :class:`OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(thread.target)
    atomic.replace(path, dump(thread))
    return path


def read(folder: Path, target: str) -> Thread:
    """The thread of one post; of version 0 and empty where it has no file yet.

    Raises :class:`FileError` and :class:`OSError`.
    """
    path = folder / file_name(target)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Thread(target, 0, ())
    return _named(path, load(data, str(path)))


def read_all(folder: Path) -> Mapping[str, Thread]:
    """Every thread in ``folder`` by the id of its post; raises as :func:`read`."""
    return {thread.target: thread for thread in _each(folder)}


def _each(folder: Path) -> Iterator[Thread]:
    for path in sorted(folder.glob("*.json")):
        yield _named(path, load(path.read_bytes(), str(path)))


def _named(path: Path, thread: Thread) -> Thread:
    """``thread``, whose file has the name it must have: so no post can have two."""
    if path.name != file_name(thread.target):
        hint = f"name it {file_name(thread.target)}, or remove it"
        raise FileError(str(path), "target", f"this file is not {thread.target!r}'s", hint)
    return thread


def _values(reply: Reply) -> dict[str, object]:
    return {
        "id": reply.id,
        "kind": reply.kind,
        "author": reply.author,
        "url": reply.url,
        "date": _written(reply.date),
        "html": reply.html,
        "parent": reply.parent,
        "by_author": reply.by_author,
        "source": reply.source,
        "edited": _written(reply.edited) if reply.edited else None,
        "note": reply.note,
        "erased": reply.erased,
    }


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _reply(fields: Fields) -> Reply:
    kind = fields.values.get("kind")
    if not is_kind(kind):
        fields.fail("kind", f"{kind!r} is no kind of reply")
    return Reply(
        id=_id(fields, "id"),
        kind=kind,
        author=fields.text("author"),
        url=fields.address("url"),
        date=fields.moment("date"),
        html=fields.text("html"),
        parent=None if fields.values.get("parent") is None else _id(fields, "parent"),
        by_author=fields.truth("by_author"),
        source=fields.address("source"),
        edited=None if fields.values.get("edited") is None else fields.moment("edited"),
        note=fields.text("note"),
        erased=fields.truth("erased"),
    )


def _id(fields: Fields, name: str) -> str:
    value = fields.text(name)
    if not ID.fullmatch(value):
        fields.fail(name, "has other characters than letters, digits, hyphens and underscores")
    return value
