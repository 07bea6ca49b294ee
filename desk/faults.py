"""Turns an exception out of the site's code into a finding that says where to look."""

from __future__ import annotations

import contextlib
import signal
import traceback
from pathlib import Path

from desk.job import Finding

_FOREIGN = {"site-packages", "dist-packages"}
_DESK = Path(__file__).parent


def finding(error: BaseException, settings: Path) -> Finding:
    """Where ``error`` came from, as near to the site's own code as can be told.

    That is the line Python could not read, else the innermost call in a file below the folder of
    ``settings``, else the settings file itself. Paths are relative to that folder.
    """
    root = settings.parent
    path, line = _place(error, root) or (settings, 1)
    relative = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    part = "settings" if path == settings else "code"
    message = " ".join(f"{type(error).__name__}: {_said(error)}".split())
    hint = "correct the code there; no post is at fault"
    return of(relative, line, part, message, hint)


def of(path: str, line: int, part: str, message: str, hint: str) -> Finding:
    """A finding of the desk's own, its text in the form that all problems have."""
    return Finding(path, line, part, message, hint, f"{path}:{line}: {part}: {message}; {hint}")


def trace(error: BaseException) -> str:
    """The traceback of ``error``, from where it left the desk's own code."""
    inner = error.__traceback__
    while inner is not None and Path(inner.tb_frame.f_code.co_filename).is_relative_to(_DESK):
        inner = inner.tb_next
    return "".join(traceback.format_exception(type(error), error, inner)).rstrip()


def end_of(code: int | None) -> str:
    """How a process ended, by its exit code; the number of a signal is negative there."""
    with contextlib.suppress(ValueError):
        return signal.Signals(-(code or 0)).name
    return f"exit code {code}"


def _said(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error) or "no reason given"


def _place(error: BaseException, root: Path) -> tuple[Path, int] | None:
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename), error.lineno or 1
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(root) and not _is_foreign(path):
            return path, frame.lineno or 1
    return None


def _is_foreign(path: Path) -> bool:
    return path.is_relative_to(_DESK) or bool(_FOREIGN & set(path.parts))
