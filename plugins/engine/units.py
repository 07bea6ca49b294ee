"""What a site is made of: units, each some files made from known inputs, by one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plugins.engine.loudlog import LoudLog
from plugins.engine.made import Keys, Made, Reason, Written, content_of
from plugins.errors import Problem, SiteError
from plugins.fastbuild.tasks import check_path
from plugins.fastbuild.walking import stamp
from plugins.steps import Files, Task

# The paths of what was made, the problems, and the row that is kept; empty for none.
Done = tuple[tuple[str, ...], tuple[Problem, ...], bytes]


@dataclass(frozen=True, slots=True)
class Unit:
    """A page, a task, or a file that is copied.

    ``keys`` are digests of what it depends on, by what that is; ``source`` is the file to copy, of
    other units ``make`` yields the files. ``paths`` are known beforehand for pages and copies. One
    that is ``late`` may be made by the next build. ``post`` is the source of the post whose page it
    is; ``whole`` makes that page and the row that the cache keeps of it
    (:mod:`plugins.engine.shells`).
    """

    name: str
    keys: Keys
    make: Callable[[], Files] | None = None
    source: Path | None = None
    paths: tuple[str, ...] = ()
    late: bool = False
    post: str = ""
    whole: Callable[[], tuple[bytes, bytes]] | None = None


def task_unit(task: Task) -> Unit:
    """The unit of a plugin's task."""
    return Unit(f"task {task.name}", (("inputs", task.inputs),), task.make, late=task.late)


def copy_unit(source: Path, key: str, save_as: str) -> Unit:
    """The unit of a file copied as it is; ``key`` is a digest of its bytes."""
    return Unit(f"file {save_as}", (("inputs", key),), source=source, paths=(save_as,))


def data_unit(save_as: str, data: bytes, key: str) -> Unit:
    """The unit of a file whose bytes are known."""
    return Unit(
        f"file {save_as}", (("inputs", key),), partial(_once, save_as, data), None, (save_as,)
    )


def _once(save_as: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield save_as, data


def why(unit: Unit, made: Made | None, output: str) -> Reason | None:
    """Why a unit has to be made, now that ``made`` is known of it; None where it need not be."""
    if made is None:
        return "new"
    if made.keys != unit.keys:
        old = dict(made.keys)
        return next((what for what, key in unit.keys if old.get(what) != key), "inputs")
    for path, seen in made.files:
        found = stamp(f"{output}/{path}")
        if found is None:
            return "missing"
        if content_of(found) != content_of(seen):
            return "touched"
    return None


class Maker:
    """Makes units below a folder, in whatever process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, units: Sequence[Unit]) -> list[Done]:
        """The paths of the files of each unit, what is wrong with it, and what is kept of it."""
        heard: list[Problem] = []
        # What is only logged in another process, nobody hears in the one that builds.
        with LoudLog(heard.append):
            return [self._attempt(unit, heard) for unit in units]

    def _attempt(self, unit: Unit, heard: list[Problem]) -> Done:
        heard.clear()
        try:
            if unit.whole is None:
                return self._make(unit), tuple(heard), b""
            data, row = unit.whole()
            _write(self._folder, unit.paths[0], data, unit)
            return unit.paths, tuple(heard), row
        except SiteError as error:
            return (), (*heard, *error.problems), b""

    def _make(self, unit: Unit) -> tuple[str, ...]:
        if unit.source is not None:
            [save_as] = unit.paths
            path = self._folder / save_as
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(unit.source, path)
            return unit.paths
        made = []
        for name, data in unit.make() if unit.make else ():
            _write(self._folder, name, data, unit)
            made.append(name)
        return tuple(made)


def _write(folder: Path, name: str, data: bytes, unit: Unit) -> None:
    check_path(name, unit.name)
    path = f"{folder}/{name}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    # Most pages have a folder of their own, so that it is not there yet is the usual case.
    with suppress(OSError):
        os.mkdir(path.rpartition("/")[0])  # noqa: PTH102 - called for every file
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as above
        file = os.open(path, flags, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def sort_out(
    units: Sequence[Unit], known: Mapping[str, Made], output: str
) -> tuple[list[tuple[Unit, Reason]], dict[str, Made]]:
    """The units to be made, with the reason, and those that can stay."""
    todo, stay = [], {}
    for unit in units:
        made = known.get(unit.name)
        reason = why(unit, made, output)
        if reason or made is None:
            todo.append((unit, reason or "new"))
        else:
            stay[unit.name] = made
    return todo, stay


def put_off(
    todo: Sequence[tuple[Unit, Reason]], known: Mapping[str, Made], output: str
) -> tuple[list[tuple[Unit, Reason]], dict[str, Made]]:
    """What of ``todo`` is to be made now; what is late stays as far as there is anything of it.

    That has no keys any more, so the next build makes it.
    """
    now = [(unit, reason) for unit, reason in todo if not unit.late]
    late = [unit.name for unit, _ in todo if unit.late and unit.name in known]
    return now, {name: Made((), _there(known[name].files, output)) for name in late}


def _there(files: Written, output: str) -> Written:
    return tuple((path, seen) for path, seen in files if stamp(f"{output}/{path}"))
