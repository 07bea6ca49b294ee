"""Errors that Pelican and its plugins only log: heard, so that they can fail the build.

Stock Pelican logs an error and goes on with exit status 0: a plugin that cannot be imported, an
image that cannot be linked. While this listens, each such record becomes a problem.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import PurePosixPath
from types import TracebackType

from plugins.errors import Problem

_GAVE_UP = "Could not process %s"


class LoudLog(logging.Handler):
    """Gives ``note`` a problem for each error record while active, as a context manager.

    The file that Pelican could not process is the place of the problem, else the settings are.
    """

    def __init__(self, note: Callable[[Problem], object]) -> None:
        super().__init__(logging.ERROR)
        self._note = note

    def __enter__(self) -> LoudLog:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Turn one record into a problem, with the text of the exception being handled, if any.

        Pelican leaves it out of the record unless it debugs.
        """
        message = " ".join(record.getMessage().split())
        error = sys.exc_info()[1]
        if error is not None:
            message = f"{message} ({type(error).__name__}: {' '.join(str(error).split())})"
        hint = "mend what it names; a build never goes on after an error"
        self._note(Problem(_file(record) or "pelicanconf.py", 1, record.name, message, hint))


def _file(record: logging.LogRecord) -> str | None:
    """The file, relative to the content folder, that a generator of Pelican gave up on."""
    if record.msg != _GAVE_UP or not isinstance(record.args, tuple):
        return None
    return PurePosixPath(str(record.args[0])).as_posix()
