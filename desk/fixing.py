"""``desk check --fix``: writes the ``series`` and ``part`` that the titles of posts speak of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import yaml

from desk.errors import DeskError
from desk.joining import joined
from plugins.engine.sources import sort_sources
from plugins.errors import SiteError
from plugins.frontmatter.document import Document, parse
from thread.atomic import replace

_BOM = b"\xef\xbb\xbf"


def fix(content: Path) -> int:
    """Write the fields into the posts below ``content``, and print what was written where.

    Posts that name a series or a part, and files that cannot be read, stay as they are: nothing
    else of a file changes, its line ends included. Returns how many were changed.
    """
    files = [path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()]
    posts: dict[str, tuple[bytes, Document]] = {}
    for name in sort_sources(files).posts:
        with suppress(SiteError, OSError):
            data = (content / name).read_bytes()
            posts[name] = data, parse(data, name)
    series = joined({name: _title(document) for name, (_, document) in posts.items()})
    count = 0
    for name, (title, part) in sorted(series.items()):
        data, document = posts[name]
        changed = with_part(data, document, title, part)
        if changed is None:
            print(f"{name}: not changed; add series: {title} and part: {part} by hand")
            continue
        _write(content / name, changed)
        print(f"{name}: series: {title}, part: {part}, as the title says")
        count += 1
    return count


def with_part(data: bytes, document: Document, series: str, part: int) -> bytes | None:
    """The file ``data``, read as ``document``, with both fields; None where they have no place."""
    write_in = _PLACES.get(document.dialect)
    if write_in is None:
        return None
    text = data.removeprefix(_BOM).decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    write_in(lines, document.body_line - 1, series, part)
    changed = data[: len(data) - len(data.removeprefix(_BOM))] + end.join(lines).encode()
    try:
        again = parse(changed, document.path)
    except SiteError:
        return None
    old, new = _values(document), _values(again)
    said = str(new.pop("series", "")), str(new.pop("part", ""))
    same = new == old and again.body == document.body
    return changed if same and said == (series, str(part)) else None


def _values(document: Document) -> dict[str, object]:
    """The fields, without the line end that a text in YAML has where another field follows."""
    values = {name: field.value for name, field in document.fields.items()}
    return {name: one.rstrip("\n") if isinstance(one, str) else one for name, one in values.items()}


def _title(document: Document) -> str:
    """The title of a post that is in no series; empty for any other."""
    if document.fields.keys() & {"series", "part"} or "title" not in document.fields:
        return ""
    return str(document.fields["title"].value)


def _write(path: Path, data: bytes) -> None:
    try:
        replace(path, data)
    except OSError as error:
        raise DeskError(f"{path} cannot be written: {error.strerror}") from error


def _in_yaml(lines: list[str], body: int, series: str, part: int) -> None:
    said = yaml.safe_dump({"series": series}, allow_unicode=True, width=10_000).rstrip("\n")
    lines[body - 1 : body - 1] = [said, f"part: {part}"]


def _in_toml(lines: list[str], _body: int, series: str, part: int) -> None:
    top = _first(lines) + 1  # above any table
    lines[top:top] = [f"series = {json.dumps(series, ensure_ascii=False)}", f"part = {part}"]


def _in_json(lines: list[str], _body: int, series: str, part: int) -> None:
    top = _first(lines)
    before, _, after = lines[top].partition("{")
    said = f'"series": {json.dumps(series, ensure_ascii=False)}, "part": {part}'
    lines[top] = f"{before}{{{said}, {after}".rstrip()


def _in_lines(lines: list[str], body: int, series: str, part: int) -> None:
    lines[body:body] = [f"Series: {series}", f"Part: {part}"]


def _first(lines: list[str]) -> int:
    return next(number for number, line in enumerate(lines) if line.strip())


_PLACES: Mapping[str, Callable[[list[str], int, str, int], None]] = MappingProxyType(
    {"yaml": _in_yaml, "toml": _in_toml, "json": _in_json, "pelican": _in_lines}
)
