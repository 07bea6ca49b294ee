"""What was made: each unit of a site as it was, and how its files lie in the output."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from plugins.errors import Problem
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


def collisions(made: Mapping[str, Made]) -> Iterator[Problem]:
    """A problem for each path that two units make, whoever they are: one would overwrite the other."""
    owners: dict[str, str] = {}
    for name, unit in made.items():
        for path, _ in unit.files:
            first = owners.setdefault(path, name)
            if first != name:
                message = f"{first} and {name} both make /{path}"
                hint = "give one of them another address"
                yield Problem(unit.post or "output", 1, "output", message, hint, "url-taken")


def added(made: Mapping[str, Made], staged: Iterable[str]) -> Mapping[str, list[str]]:
    """The staged files that no unit made, by the name of the unit they belong to.

    A file that is called like one of a unit with something behind it is its twin; the others are
    the smaller versions of images, which are written when the images are looked at.
    """
    owners = {path: name for name, unit in made.items() for path, _ in unit.files}
    found: dict[str, list[str]] = defaultdict(list, {"images": []})
    for path in staged:
        if path not in owners:
            found[owners.get(path.rpartition(".")[0], "images")].append(path)
    return found
