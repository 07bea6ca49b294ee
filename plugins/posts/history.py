"""When a file first appeared: its first commit in git, or else the time of the file itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from plugins.post import DateSource
from plugins.posts.git import ask

_COMMIT = "\x01"
_LOG = (
    *("log", "--topo-order", "--no-show-signature", "--no-color", "--no-ext-diff"),
    *("--name-status", "--find-renames", "-z", f"--format={_COMMIT}%aI"),
)
_PLACE = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")


class FileDates:
    """The first dates of the files below one folder; git is asked once, when first needed.

    Renames are followed, from outside the folder too. A file that git does not know, and every
    file outside a git work tree, has the time it was last written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def first_seen(self, source: str) -> tuple[datetime, DateSource]:
        """When ``source``, a path below the folder with forward slashes, appeared; and who says so.

        Raises OSError if git does not know the file and it is not there.
        """
        committed = self._commits.get(normalize("NFC", source))
        if committed is not None:
            return committed, "git"
        seconds = (self._folder / source).stat().st_mtime
        return datetime.fromtimestamp(seconds, UTC), "file time"

    @cached_property
    def notice(self) -> str | None:
        """Why the dates in git are not known for sure, in a sentence; None where they are.

        Asks git; worth reading only when some date came from `first_seen`.
        """
        inside, shallow, _ = self._place
        if shallow:
            return "this git clone is shallow: the first commit of older files is not in it"
        if not inside and "dubious ownership" in self._answer[1]:
            return "git does not read this folder because it belongs to another user"
        return None

    @cached_property
    def _commits(self) -> Mapping[str, datetime]:
        """The date of the first commit of each file below the folder."""
        inside, _, prefix = self._place
        if not inside:
            return {}
        log, _ = ask(self._folder, *_LOG)
        return {
            normalize("NFC", path.removeprefix(prefix)): when
            for path, when in first_dates(log).items()
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
    """The oldest date of every path in ``log``, under the name the file has now.

    ``log`` is what ``git log --name-status -z`` prints, newest first, where each commit begins
    with a U+0001 and its date (ISO 8601).
    """
    first: dict[str, datetime] = {}
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


def _commits(log: str) -> Iterator[tuple[datetime | None, list[_Change]]]:
    """Each commit's date, and its changed paths: (name before a rename or None, name after)."""
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


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a commit may carry any number as its date
        return None
