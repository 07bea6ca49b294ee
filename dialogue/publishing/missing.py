"""Replies that are published, but that the database has never had.

It was replaced: by an empty one, by one somewhere else, by an older copy. Publishing from it would
take these replies off their pages without a word, so nothing is published until somebody decides.

The files of threads carry the version that was published, and the database counts each change up
before it is published. So one that is behind the file does not know of what is in it, while one that
is not has erased what it does not hold. See ``thread/files.py``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select, update

from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.replies import writing
from dialogue.replies.tables import replies, threads
from thread import files
from thread.errors import FileError
from thread.model import Thread

_log = logging.getLogger(__name__)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Behind:
    """A post whose file has a version that the database has not reached.

    ``missing`` are the ids of replies that only the file has.
    """

    target: str
    version: int
    missing: tuple[str, ...]


def behind(database: Database, folder: Path) -> tuple[Behind, ...]:
    """The posts that ``database`` is behind of, whether or not it lacks replies to them."""
    # The files first: a service that runs counts up before it writes.
    found = [
        (thread.target, thread.version, [each.id for each in thread.replies if not each.erased])
        for thread in _threads(folder)
    ]

    def work(connection: Connection) -> tuple[Behind, ...]:
        asked = connection.execute(select(threads.c.target, threads.c.version))
        known = {row.target: row.version for row in asked}
        return tuple(
            Behind(target, version, _missing(connection, ids))
            for target, version, ids in found
            if version > known.get(target, 0)
        )

    return database.read(work)


def refuse(database: Database, folder: Path) -> None:
    """Raise DialogueError where published replies are missing; else let ``database`` catch up."""
    found = behind(database, folder)
    lost = [each for each in found if each.missing]
    if lost:
        raise DialogueError(
            f"published replies are missing: {sum(len(each.missing) for each in lost)}, of posts: "
            f"{len(lost)} ({folder}). {database.url.render_as_string()} has never had them: it is "
            "another database, or an older copy. Correct DIALOGUE_DATABASE_URL; or bring them over "
            "with python -m dialogue import parley FILE|URL; or take them off the site for good "
            "with python -m dialogue drop-missing"
        )
    settle(database, found)


def settle(database: Database, found: Iterable[Behind]) -> None:
    """Let ``database`` count on from the files, and have these posts published as it has them.

    Missing replies are off their pages then.
    """
    versions = {each.target: each.version for each in found}
    if versions:
        database.write(lambda connection: _count_on(connection, versions))


def _threads(folder: Path) -> Iterator[Thread]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield files.load(path.read_bytes(), str(path))
        except (FileError, OSError) as error:  # the build and the publisher refuse this one, too
            _log.warning("a file of replies cannot be compared", extra={"reason": str(error)})


def _missing(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    there: set[str] = set()
    for at in range(0, len(ids), _AT_ONCE):
        query = select(replies.c.id).where(replies.c.id.in_(ids[at : at + _AT_ONCE]))
        there.update(connection.execute(query).scalars())
    return tuple(each for each in ids if each not in there)


def _count_on(connection: Connection, versions: Mapping[str, int]) -> None:
    """Give each thread a version after that of its file; nothing where it has one already."""
    for target, version in versions.items():
        query = select(threads.c.version).where(threads.c.target == target)
        if (connection.execute(query).scalar_one_or_none() or 0) <= version:
            writing.count_up(connection, target)
            change = update(threads).where(threads.c.target == target)
            connection.execute(change.values(version=version + 1))
