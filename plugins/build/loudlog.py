"""Errors that Pelican and its plugins only log: heard, so that they can fail the build.

Stock Pelican logs an error and goes on with exit status 0: a plugin that cannot be imported, an
image that cannot be linked. While this listens, each such record becomes a problem.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from plugins.errors import Problem


class LoudLog(logging.Handler):
    """Collects error records while active; use as a context manager around Pelican's work."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.problems: list[Problem] = []

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
        self.problems.append(Problem("pelicanconf.py", 1, record.name, message, hint))
