"""The one error of this package: a file that is not what it should be."""

from __future__ import annotations


class FileError(Exception):
    """A file of replies or targets cannot be used: which, which part of it, why, and what to do."""

    def __init__(self, path: str, field: str, message: str, hint: str) -> None:
        self.path, self.field, self.message, self.hint = path, field, message, hint
        super().__init__(f"{path}:1: {field}: {message}; {hint}")
