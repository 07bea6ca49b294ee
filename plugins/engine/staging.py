"""Build beside the site that is served, and swap only what changed when all of it is there.

A build writes into a staging folder next to the output folder. When it has succeeded, each file
that differs is renamed into place, so every file is whole at any moment and an unchanged file
keeps its time; files that the last build wrote and this one did not are removed. A build that
fails, or is killed before that, leaves the output as it was.

The output folder keeps a manifest of the files we wrote, as digests of their paths: the folder is
public, and an unlisted page stays unlisted. Files of others (``CNAME``, ``.git``) are never removed,
unless Pelican's ``DELETE_OUTPUT_DIRECTORY`` asks for it.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from contextlib import AbstractContextManager, nullcontext, suppress
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from types import TracebackType

from plugins.errors import Problem, SiteError
from thread import leftovers
from thread.locking import NAME as LOCK

MANIFEST = ".parley-manifest.json"
_PREFIX = ".parley-staging-"
# Whether a process can be asked if it runs: what does that elsewhere interrupts it on Windows.
_CAN_ASK = os.name == "posix"
_DAY = 86_400

Publishing = Callable[[Path, Path], AbstractContextManager[object]]


class Staging:
    """A staging folder for one build of ``output``; use as a context manager.

    ``path`` is where to write; entering raises :class:`SiteError` where that is not possible.
    :meth:`commit` brings it into ``output``; leaving the context removes what is left of it.
    ``clean`` removes foreign files too, except ``retained`` names.
    """

    def __init__(self, output: Path, *, clean: bool = False, retained: Sequence[str] = ()) -> None:
        self.output = output
        self._clean = clean
        self._retained = frozenset(retained)
        self.path = Path()

    def __enter__(self) -> Staging:
        try:
            self.path = self._make()
        except OSError as error:
            message = f"nothing can be written here: {error.strerror}"
            hint = "name another folder after -o, or make this one writable"
            problem = Problem(str(self.output), 1, "output", message, hint)
            raise SiteError([problem]) from error
        return self

    def _make(self) -> Path:
        self.output.mkdir(parents=True, exist_ok=True)
        beside = self._beside()
        _remove_abandoned(beside)
        return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=beside))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _beside(self) -> Path:
        """The parent where a rename can reach ``output`` from, else ``output`` itself."""
        parent = self.output.parent
        same_device = parent.stat().st_dev == self.output.stat().st_dev
        return parent if same_device and os.access(parent, os.W_OK) else self.output

    def commit(
        self, publishing: Publishing | None = None, kept: Collection[str] = ()
    ) -> tuple[int, Sequence[str]]:
        """Bring the staged files into the output folder; return how many changed, and all paths.

        ``kept`` are files of the site that are in the output already, as they should be.
        ``publishing`` is entered with the two folders, output and staged, before the first file is
        looked at, and left when all are in place: it may hold a lock and change what is staged.

        The manifest first names old and new files together, so that a commit that is killed
        half-way leaves nothing behind that the next one would not find. Drafts of writers that were
        killed are removed where files come or go: with the lock held, they have none.
        """
        with publishing(self.output, self.path) if publishing else nullcontext():
            return self._commit(kept, clean=publishing is not None)

    def write(self, name: str, data: bytes) -> None:
        """Stage one file; ``name`` is its path below the output folder."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def renew(self, publishing: Publishing, files: Collection[str] | None = None) -> int | None:
        """Bring staged files into the output, which has a file of the same name for each already.

        Returns how many changed; None, with nothing done, where other files than ``files`` are to
        be brought.
        """
        with publishing(self.output, self.path):
            if files is not None and set(_files(str(self.path))) != set(files):
                return None
            return _bring(str(self.path), str(self.output))

    def _commit(self, kept: Collection[str], *, clean: bool) -> tuple[int, Sequence[str]]:
        staged = sorted(_files(str(self.path)))
        every = {*staged, *kept}
        old, new = _read_manifest(self.output), {_digest(name) for name in every}
        if clean and old != new:
            leftovers.remove(self.output, time.time())
        if old | new != old:
            _write_manifest(self.output, old | new)
        changed = _bring(str(self.path), str(self.output))
        stale = self._stale(every, old) if self._clean or old - new else []
        for name in stale:
            _remove(self.output, name)
        if old != new or not (self.output / MANIFEST).is_file():
            _write_manifest(self.output, new)
        return changed + len(stale), staged

    def _stale(self, every: Set[str], old: set[str]) -> list[str]:
        """What is to go: our own files of last time; when cleaning, all but what is retained."""
        left = sorted({*_files(str(self.output))} - {*every, MANIFEST, LOCK})
        if self._clean:
            return [name for name in left if name.split("/", 1)[0] not in self._retained]
        return [name for name in left if _digest(name) in old]


def _remove_abandoned(folder: Path) -> None:
    """Remove the staging folders of builds that were killed."""
    for left in folder.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).split("-", 1)[0]
        if owner.isdigit() and not _is_in_use(left, int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _is_in_use(folder: Path, owner: int) -> bool:
    try:
        if not _CAN_ASK:
            return time.time() - folder.stat().st_mtime < _DAY
        os.kill(owner, 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True


def _files(folder: str, above: str = "") -> Iterator[str]:
    """The paths below ``folder`` of all files in it; links to folders are not followed."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield above + entry.name
            elif not entry.is_symlink():
                folders.append(entry)
    for entry in folders:
        yield from _files(entry.path, f"{above}{entry.name}/")


def _bring(staged: str, target: str) -> int:
    """Rename what lies in the folder ``staged`` into the folder ``target``; how many files changed.

    A folder that is new is renamed as a whole, which spares the system most of the work.
    """
    changed = 0
    with os.scandir(staged) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            there = f"{target}/{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                changed += _put(Path(entry.path), Path(there))
            elif os.path.isdir(there):  # noqa: PTH112 - called for every page
                changed += _bring(entry.path, there)
            else:
                changed += sum(1 for _ in _files(entry.path))
                if os.path.lexists(there):
                    Path(there).unlink()
                os.rename(entry.path, there)  # noqa: PTH104 - as above
    return changed


def _put(staged: Path, target: Path) -> bool:
    """Rename ``staged`` to ``target`` unless the bytes are already there; its folder is."""
    if target.is_file() and not target.is_symlink() and filecmp.cmp(staged, target, shallow=False):
        return False
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    staged.replace(target)
    return True


def _remove(output: Path, name: str) -> None:
    """Remove one file and the folders it leaves empty."""
    target = output / name
    if target.is_file() or target.is_symlink():
        target.unlink()
    with suppress(OSError):  # one that is not empty; to look would cost a listing for each file
        for parent in takewhile(lambda folder: folder != output, target.parents):
            parent.rmdir()


def _read_manifest(output: Path) -> set[str]:
    """The digests of the files we wrote last time; anything else in the manifest means nothing."""
    try:
        found = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {digest for digest in found if isinstance(digest, str)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write_manifest(output: Path, digests: set[str]) -> None:
    handle, temporary = tempfile.mkstemp(prefix=MANIFEST, dir=output)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"files": sorted(digests)}, file, indent=0)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(output / MANIFEST)


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:20]
