"""What was made: each unit of a site as it was, and how its files lie in the output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.fastbuild.walking import Stamp

Reason = Literal["new", "inputs", "template", "frame", "text", "missing", "touched", "version"]
# Digests of what a unit depends on, by what that is.
Keys = tuple[tuple[Reason, str], ...]
# Path below the output folder, and the stamp of the file there.
Written = tuple[tuple[str, Stamp | None], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A unit as it was made: its keys then, the files it consists of, and the post it shows."""

    keys: Keys
    files: Written
    post: str = ""


def content_of(seen: Stamp | None) -> tuple[int, ...]:
    """Size, time of the content and number: a file that was only linked to is the same."""
    return (seen[0], seen[1], seen[3]) if seen else ()
