"""The settings and the data of a site of Eleventy, read as data: its JavaScript is never run.

The order is Eleventy's own (https://www.11ty.dev/docs/data-cascade/): global data, data of the
folders from the top, data of the file, front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from desk.importing import js_values
from desk.importing.reading import LARGEST_TEXT, files_below, load

_SETTINGS = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts",
             ".eleventy.js", ".eleventy.cjs")  # fmt: skip
_FOLDER = re.compile(
    r"\.set(?P<key>Input|Data|Includes|Layouts|Output)Directory\(\s*+(?P<value>[\"'`][^\"'`\n]++[\"'`])"
)
_PASSED = re.compile(r"addPassthroughCopy\(\s*+(?=[\"'`{\[])")
_GLOBAL = re.compile(r"addGlobalData\(\s*+[\"'](?P<name>[\w.]++)[\"']\s*+,\s*+")
_SUFFIXES = (
    ".json",
    ".11tydata.json",
    ".11tydata.js",
    ".11tydata.cjs",
    ".11tydata.mjs",
    ".11tydata.ts",
)
_SCRIPT = re.compile(
    rb"---[ ]?(?:js|javascript)[ \t]*+\r?\n(?P<said>[^-]*+(?:-(?!--)[^-]*+)*+)---(?=\s|$)"
)
_DATA = frozenset({".json", ".yaml", ".yml", ".js", ".cjs", ".mjs", ".toml"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders (relative to the site), what is copied as it is, and global data."""

    source: str = ""
    data: str = "_data"
    includes: str = "_includes"
    output: str = "_site"
    prefix: str = ""
    copied: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def settings(source: Path) -> Settings:
    """What the configuration says by plain values."""
    text = "\n".join(read_text(source / name) for name in _SETTINGS)
    named = js_values.named(text).get("config")
    found = {**js_values.returned(text), **(named if isinstance(named, dict) else {})}
    folders = found.get("dir") if isinstance(found.get("dir"), dict) else {}
    folders = {str(key): str(value) for key, value in (folders or {}).items()}
    for one in _FOLDER.finditer(text):
        folders[one["key"].lower()] = one["value"][1:-1]
    top = _plain(folders.get("input", ""))
    return Settings(
        top,
        _below(top, folders.get("data", "_data")),
        _below(top, folders.get("includes", "_includes")),
        _plain(folders.get("output", "_site")),
        str(found.get("pathPrefix") or "").strip("/"),
        _copied(text, top),
        _globals(text),
    )


def read_text(path: Path) -> str:
    """The text of a file; empty if there is none, or it is too large."""
    if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST_TEXT:
        return ""
    return path.read_text("utf-8", "replace")


def _plain(folder: str) -> str:
    return folder.strip().removeprefix("./").strip("/").removeprefix(".")


def _below(top: str, folder: str) -> str:
    parts = [part for part in (*top.split("/"), *folder.split("/")) if part not in {"", "."}]
    while ".." in parts:
        at = parts.index("..")
        del parts[max(at - 1, 0) : at + 1]
    return "/".join(parts)


def _copied(text: str, top: str) -> dict[str, str]:
    copied: dict[str, str] = {}
    for one in _PASSED.finditer(text):
        try:
            value = js_values.prefix_value(text, one.end())
        except js_values.NotPlainError:
            continue
        if isinstance(value, dict):
            copied |= {_plain(str(key)): _plain(str(to)) for key, to in value.items()}
        for path in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            old = _plain(str(path)).partition("*")[0].rstrip("/")
            copied[old] = old.removeprefix(f"{top}/") if top else old
    return {old: new.partition("*")[0].strip("/") for old, new in copied.items() if old}


def _globals(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in _GLOBAL.finditer(text):
        try:
            values[one["name"]] = js_values.prefix_value(text, one.end())
        except js_values.NotPlainError:
            continue
    return values


def global_data(source: Path, said: Settings) -> dict[str, Any]:
    """The plain values of the global data files, by their paths, and of the configuration."""
    data: dict[str, Any] = {"pkg": load_file(source / "package.json"), **said.values}
    folder = source / said.data
    for name in files_below(folder) if folder.is_dir() else ():
        path = PurePosixPath(name)
        if path.suffix in _DATA:
            here = data
            for part in path.parts[:-1]:
                nested = here.setdefault(part, {})
                here = nested if isinstance(nested, dict) else {}
            here[path.stem] = load_file(folder / name)
    return data


def load_file(path: Path) -> Any:
    """The plain values in a data file; those of JavaScript that need no running."""
    text = read_text(path)
    try:
        if path.suffix in {".js", ".cjs", ".mjs", ".ts"}:
            return js_values.returned(text)
        return load(text, path.suffix) if text.strip() else {}
    except (ValueError, yaml.YAMLError, RecursionError):
        return {}


def cascade(source: Path, top: str, name: str) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """The data of the folders and of the file of a text; whether it is that of a folder."""
    path = PurePosixPath(name)
    folders = [folder for folder in reversed(path.parents) if str(folder) != "."]
    for folder in folders:
        if not top or str(folder) == top or str(folder).startswith(f"{top}/"):
            for suffix in _SUFFIXES:
                yield _mapping(load_file(source / folder / f"{folder.name}{suffix}")), True
    for suffix in _SUFFIXES:
        if suffix != ".json" or path.stem != path.parent.name:
            yield _mapping(load_file(source / path.parent / f"{path.stem}{suffix}")), False


def front_matter(data: bytes) -> bytes:
    """A file whose front matter is JavaScript (``---js``) with its plain values as JSON instead."""
    found = _SCRIPT.match(data)
    if not found:
        return data
    said = found["said"].decode("utf-8", "replace").strip()
    values = {**js_values.named(said), **js_values.returned(f"return {said}")}
    lines = found["said"].count(b"\n") * b"\n"
    return (
        b"---\n"
        + json.dumps(values, ensure_ascii=False).encode()
        + lines
        + b"---"
        + data[found.end() :]
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
