"""The list of words that make a reply suspicious: a text file, one word or phrase a line."""

from __future__ import annotations

from pathlib import Path

from dialogue.errors import DialogueError


def read(path: Path | None) -> tuple[str, ...]:
    """The words in the file, in lower case; lines that begin with # are remarks."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DialogueError(
            f"{path} cannot be read as a list of words; correct DIALOGUE_BAD_WORDS"
        ) from error
    found = (line.strip().casefold() for line in lines)
    return tuple(word for word in found if word and not word.startswith("#"))
