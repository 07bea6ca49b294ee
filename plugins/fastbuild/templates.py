"""Which templates a page is made with: the one named and all that it extends, includes or imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.digests import digest, digest_bytes


def read_templates(folders: Iterable[Path]) -> Mapping[str, str]:
    """The digest of every file below the folders by its name there; the first folder wins."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found.setdefault(name, digest_bytes(path.read_bytes()))
    return found


def closures(references: Mapping[str, Iterable[str | None]]) -> Mapping[str, frozenset[str]]:
    """The templates each template is made with, itself among them.

    ``references`` holds what each template names; None stands for a name that is only known when
    a page is made: it may be any.
    """
    found: dict[str, frozenset[str]] = {}
    for name in references:
        seen: set[str] = set()
        todo = [name]
        while todo:
            here = todo.pop()
            if here in seen:
                continue
            seen.add(here)
            named = references.get(here, ())
            todo += references if None in named else (each for each in named if each)
        found[name] = frozenset(seen)
    return found


def digests_of(files: Mapping[str, str], used: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """One digest for each template, of all that it is made with; a name without file counts, too."""
    return {
        name: digest([(each, files.get(each)) for each in sorted(closure)])
        for name, closure in used.items()
    }
