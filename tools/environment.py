"""Make the virtual environment hold what the lock files say, and do nothing if it already does.

Run by the Makefile before every target, with the system's Python and nothing but its standard library:

    python3 tools/environment.py [--exact] VENV LOCK [LOCK...]

One small file inside the environment (`STAMP`) says which interpreter made it, where it stood then,
and the SHA-256 of each lock file installed. An interpreter that is gone or was replaced, a moved
folder or a changed lock file rebuilds the environment; a lock file it does not hold yet is installed
on top. Nothing is run to find that out, so an environment that is as it should be costs next to
nothing.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

TYPE_CHECKING = False  # importing `typing` for the real one would take longer than the check itself
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OLDEST = (3, 11)
STAMP = "parley-stamp.json"
QUIETLY = ("-qq", "--disable-pip-version-check", "--no-input")


class CannotPrepareError(Exception):
    """The environment cannot be made; the message tells the reader what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare the environment named on the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Make an environment hold what lock files say.")
    parser.add_argument("--exact", action="store_true", help="rebuild it if another Python made it")
    parser.add_argument("venv", type=Path, help="folder of the environment")
    parser.add_argument("locks", type=Path, nargs="+", help="lock files, in order")
    options = parser.parse_args(arguments)
    try:
        with _one_at_a_time(options.locks[0]):
            prepare(options.venv, options.locks, exact=options.exact)
    except CannotPrepareError as error:
        print(f"{options.venv}: {error}", file=sys.stderr)
        return 1
    return 0


def prepare(folder: Path, locks: Sequence[Path], *, exact: bool = False) -> None:
    """Bring the environment in `folder` to what the `locks` say; raise `CannotPrepareError` if that fails."""
    wanted = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    held = locks_held(folder, exact=exact)
    changed = [name for name in wanted if name in held and held[name] != wanted[name]]
    if changed or not held:
        create(folder)
        held = {}
    for lock in locks:
        if lock.name not in held:
            install(folder, lock)
            held = {**held, lock.name: wanted[lock.name]}
            write_stamp(folder, held)


def locks_held(folder: Path, *, exact: bool = False) -> dict[str, str]:
    """Return name and digest of each lock file installed in the environment; empty if it has to be made anew.

    With `exact`, an environment that another interpreter than the running one made counts as empty.
    """
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        alive = stamp["identity"] == identity(folder)
        ours = not exact or stamp["identity"]["python"] == str(Path(base_python()).resolve())
        return {str(name): str(digest) for name, digest in stamp["locks"].items() if alive and ours}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}  # never finished, or not written by us


def write_stamp(folder: Path, held: Mapping[str, str]) -> None:
    """Record in the environment what it holds."""
    stamp = {"identity": identity(folder), "locks": dict(held)}
    (folder / STAMP).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def identity(folder: Path) -> dict[str, object]:
    """Describe the environment's interpreter and place, so that a replaced or moved one is noticed.

    Raises `OSError` if the interpreter is gone, as after an upgrade of the system's Python.
    """
    python = interpreter(folder).resolve(strict=True)
    built = python.stat().st_mtime_ns
    return {"folder": str(folder.resolve()), "python": str(python), "built": built}


def create(folder: Path) -> None:
    """Make an empty environment in `folder`, replacing an old one but never a folder that is something else."""
    if sys.version_info < OLDEST:
        have, need = sys.version.split()[0], ".".join(map(str, OLDEST))
        raise CannotPrepareError(
            f"Parley needs Python {need} or newer, not {have}; name one: make PYTHON=python{need} ..."
        )
    if folder.exists() and not (folder / "pyvenv.cfg").is_file() and any(folder.iterdir()):
        raise CannotPrepareError("not a virtual environment; name another: make VENV=folder ...")
    print(f"Making {folder} with Python {sys.version.split()[0]}", flush=True)
    # Not by the running interpreter: it may be the old environment's, whose files are about to go.
    command = [base_python(), "-m", "venv", "--clear", str(folder)]
    if subprocess.run(command, check=False).returncode:
        raise CannotPrepareError("could not be made, see above; is Python's venv module installed?")


def install(folder: Path, lock: Path) -> None:
    """Install exactly what `lock` pins, its hashes checked.

    Source releases are built with what earlier locks installed: pip's own build isolation would fetch
    and run whatever release of the build tools is the newest, unchecked.
    """
    print(f"Installing what {lock.name} pins", flush=True)
    pip = [str(interpreter(folder)), "-m", "pip", "install", *QUIETLY]
    command = [*pip, "--require-hashes", "--no-build-isolation", "--requirement", str(lock)]
    if subprocess.run(command, check=False).returncode:
        raise CannotPrepareError(f"installing {lock.name} failed, see above; then run make again")


def interpreter(folder: Path) -> Path:
    """Return the path of the environment's Python."""
    return folder / "bin" / "python"


def base_python() -> str:
    """Return the running Python, or the one it was made from if it belongs to a virtual environment."""
    return str(getattr(sys, "_base_executable", sys.executable))


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Let a second `make` wait until the first has finished installing."""
    try:
        handle = lock.open("rb")
    except OSError as error:
        raise CannotPrepareError(f"cannot read {lock}: {error.strerror}") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
