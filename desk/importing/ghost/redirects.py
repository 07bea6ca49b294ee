"""Redirects and routes of Ghost: https://ghost.org/docs/themes/routing/, files beside the export."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.errors import DeskError
from desk.importing.reading import LARGEST_TEXT, load

NAMES = ("redirects.json", "redirects.yaml", "redirects.yml", "routes.yaml", "routes.yml")
_PLAIN = re.compile(r"\^?(?P<path>/[\w/.%~ -]*+)(?:/\?|\??)\$?")
_WORD = re.compile(r"\{(?P<word>\w{1,40})\}")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address, or a pattern of some, and where it leads; ``file`` says so."""

    file: str
    old: str
    new: str


def read(files: Mapping[str, Path]) -> list[Redirect]:
    """The redirects in the files of these names. Raises DeskError."""
    found: list[Redirect] = []
    for name, path in files.items():
        if path.name.startswith("redirects"):
            pairs = _pairs(_loaded(path))
            found += [Redirect(name, old, new) for old, new in pairs]
    return found


def permalink(files: Mapping[str, Path]) -> str:
    """The pattern of the addresses of posts in ``routes.yaml``, in the words of our patterns."""
    for path in files.values():
        if path.name.startswith("routes"):
            said = _loaded(path)
            collections = said.get("collections") if isinstance(said, dict) else None
            for one in (collections or {}).values() if isinstance(collections, dict) else ():
                if isinstance(one, dict) and isinstance(one.get("permalink"), str):
                    return _WORD.sub(r":\g<word>", one["permalink"])
    return ""


def exact(redirects: list[Redirect]) -> tuple[dict[str, tuple[str, ...]], list[Redirect]]:
    """Old paths by the path they lead to, without the slash at its end, and those that are patterns."""
    paths: dict[str, list[str]] = defaultdict(list)
    others: list[Redirect] = []
    for one in redirects:
        plain = _PLAIN.fullmatch(one.old)
        if plain and one.new.startswith("/") and "$" not in one.new:
            paths[one.new.partition("?")[0].rstrip("/")].append(plain["path"])
        else:
            others.append(one)
    return {new: tuple(dict.fromkeys(old)) for new, old in paths.items()}, others


def _loaded(path: Path) -> Any:
    if path.stat().st_size > LARGEST_TEXT:
        raise DeskError(f"{path} is larger than {LARGEST_TEXT:,} bytes")
    try:
        return load(path.read_text("utf-8", "replace"), path.suffix)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise DeskError(f"{path} cannot be read: {' '.join(str(error).split())}") from error


def _pairs(said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, list):
        for one in said:
            if isinstance(one, dict) and one.get("from") and one.get("to"):
                yield str(one["from"]), str(one["to"])
    elif isinstance(said, dict):
        for each in said.values():
            if isinstance(each, dict):
                yield from ((str(old), str(new)) for old, new in each.items())
