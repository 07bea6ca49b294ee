"""When a file first appeared: its first commit in git, or else the time of the file itself.

The oldest commits of a shallow clone hold every file that is older (git-clone(1), ``--depth``): their
dates are no dates of these files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from plugins.post import DateSource
from plugins.posts.git import ask

_COMMIT = "\x01"
_LOG = (
    *("log", "--topo-order", "--no-show-signature", "--no-color", "--no-ext-diff"),
    *("--name-status", "--find-renames", "-z", f"--format={_COMMIT}%aI %H"),
)
_PLACE = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: when it was written, with a time zone, and its id."""

    when: datetime
    id: str


class FileDates:
    """The first dates of the files below one folder; git is asked once, when first needed.

    Renames are followed, from outside the folder too. A file that is older than a shallow clone has
    the date where that begins, and one that git does not know, or outside a git work tree, the time
    it was last written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def first_seen(self, source: str) -> tuple[datetime, DateSource]:
        """When ``source``, a path below the folder with forward slashes, appeared; and who says so.

        Raises OSError if git does not know the file and it is not there.
        """
        committed = self._commits.get(normalize("NFC", source))
        if committed is not None:
            return committed.when, "shallow clone" if committed.id in self._oldest else "git"
        seconds = (self._folder / source).stat().st_mtime
        return datetime.fromtimestamp(seconds, UTC), "file time"

    @cached_property
    def notice(self) -> str | None:
        """Why the dates in git are not known for sure, in a sentence; None where they are.

        Asks git; worth reading only when some date came from `first_seen`.
        """
        inside, _, _ = self._place
        if not inside and "dubious ownership" in self._answer[1]:
            return "git does not read this folder because it belongs to another user"
        return None

    @cached_property
    def _oldest(self) -> frozenset[str]:
        """The commits whose parents a shallow clone does not have (gitformat-pack, ``shallow``)."""
        if not self._place[1]:
            return frozenset()
        path, _ = ask(self._folder, "rev-parse", "--git-path", "shallow")
        try:
            return frozenset((self._folder / path.removesuffix("\n")).read_text("ascii").split())
        except OSError:
            return frozenset()

    @cached_property
    def _commits(self) -> Mapping[str, Commit]:
        """The first commit of each file below the folder."""
        inside, _, prefix = self._place
        if not inside:
            return {}
        log, _ = ask(self._folder, *_LOG)
        return {
            normalize("NFC", path.removeprefix(prefix)): when
            for path, when in first_commits(log).items()
            if path.startswith(prefix)
        }

    @cached_property
    def _place(self) -> tuple[bool, bool, str]:
        """Whether the folder is in a work tree, whether that is shallow, and its path in it."""
        inside, _, rest = self._answer[0].partition("\n")
        shallow, _, prefix = rest.partition("\n")
        return inside == "true", shallow == "true", prefix.removesuffix("\n")

    @cached_property
    def _answer(self) -> tuple[str, str]:
        return ask(self._folder, *_PLACE)


def first_dates(log: str) -> dict[str, datetime]:
    """The date of the first commit of every path in ``log``; see :func:`first_commits`."""
    return {path: commit.when for path, commit in first_commits(log).items()}


def first_commits(log: str) -> dict[str, Commit]:
    """The oldest commit of every path in ``log``, under the name the file has now.

    ``log`` is what ``git log --name-status -z`` prints, newest first, where each commit begins
    with a U+0001, its date (ISO 8601) and, behind a space, its id.
    """
    first: dict[str, Commit] = {}
    now_called: dict[str, str | None] = {}  # path at this point of the history -> its name today
    for when, changes in _commits(log):
        renamed: dict[str, str | None] = {}
        for old, new in changes:
            name = now_called.get(new, new)
            if name is not None and when is not None:
                first[name] = when
            if old is not None:
                renamed[old] = name
                renamed.setdefault(new, None)  # an older file of this name was another file
        now_called |= renamed
    return first


_Change = tuple[str | None, str]


def _commits(log: str) -> Iterator[tuple[Commit | None, list[_Change]]]:
    """Each commit, and its changed paths: (name before a rename or None, name after)."""
    for commit in log.split(_COMMIT)[1:]:
        date, *tokens = commit.removesuffix("\0").split("\0")
        yield _date(date), list(_changes(iter(tokens)))


def _changes(tokens: Iterator[str]) -> Iterator[_Change]:
    for status in tokens:
        kind = status.lstrip("\n")[:1]
        path = next(tokens, "")
        if kind == "R":
            yield path, next(tokens, "")
        elif kind != "D":
            yield None, path


def _date(text: str) -> Commit | None:
    date, _, commit = text.partition(" ")
    try:
        return Commit(datetime.fromisoformat(date), commit)
    except ValueError:  # a commit may carry any number as its date
        return None
