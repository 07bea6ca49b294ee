"""Which part of a series comes next, from the posts and the series file there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.errors import SiteError
from plugins.frontmatter.document import Document, parse
from plugins.series.names import fold

_SUFFIXES = {".md", ".markdown", ".mkd", ".mdown", ".mdx", ".txt"}


@dataclass(frozen=True, slots=True)
class _Part:
    series: str
    number: int


def next_part(content: Path, name: str) -> tuple[str, int]:
    """The series that ``name`` means, spelt as its posts spell it, and the number of its next part.

    A series without posts is spelt as given and begins with 1. Names are compared as the build
    compares them, and the file of a series answers to its title, slug and file name. A file with
    broken front matter is passed over: the build says what is wrong with it.
    """
    wanted = _names(content / "series", name)
    parts = [part for part in _parts(content) if fold(part.series) in wanted]
    spellings = Counter(part.series for part in parts) or Counter([name])
    usual = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return usual, max((part.number for part in parts), default=0) + 1


def _names(folder: Path, name: str) -> set[str]:
    """Everything that the series ``name`` is also called, folded."""
    for path, document in _documents(folder):
        fields = document.fields
        called = [path.stem, *(fields[key].value for key in ("title", "slug") if key in fields)]
        names = {fold(str(each)) for each in called}
        if fold(name) in names:
            return names
    return {fold(name)}


def _parts(content: Path) -> Iterator[_Part]:
    for _, document in _documents(content):
        values = {key: field.value for key, field in document.fields.items()}
        series = values.get("series")
        named = series if isinstance(series, Mapping) else {"name": series, **values}
        title = named.get("name") or named.get("title")
        if isinstance(title, str) and series:
            yield _Part(title, _whole(named.get("part") or named.get("order")))


def _whole(number: Any) -> int:
    with suppress(TypeError, ValueError):
        return int(float(number))
    return 0


def _documents(folder: Path) -> Iterator[tuple[Path, Document]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES:
            with suppress(SiteError, OSError):
                yield path, parse(path.read_bytes(), path.name)
