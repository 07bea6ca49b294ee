"""The collections of a site of Astro: their folders, and the routes that show them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desk.importing.reading import LARGEST_TEXT

_CONFIGS = ("src/content.config.ts", "src/content.config.mjs", "src/content.config.js",
            "src/content/config.ts", "src/content/config.mjs", "src/content/config.js")  # fmt: skip
# Where texts are: Astro's folder, and those that sites of Next.js and its like use.
_TOPS = ("src/content", "content", "data", "src/data")
_DEFINED = re.compile(r"(?:const|let)\s++(?P<name>[\w$]++)\s*+=\s*+defineCollection\b")
_EXPORTED = re.compile(r"collections\s*+(?::[^={\n]{0,80}+)?=\s*+\{(?P<said>[^{}]*+)\}")
_RENAMED = re.compile(r"(?<![\w-])(?P<key>[\w-]++)[\"']?\s*+:\s*+(?P<value>[\w$]++)")
_BASE = re.compile(r"base:\s*+(?P<base>[\"'`][^\"'`\n]++[\"'`]|[\w$]++)")
_CONSTANT = re.compile(r"const\s++(?P<name>[\w$]++)\s*+=\s*+[\"'](?P<value>[^\"'\n]++)[\"']")
_SHOWN = re.compile(r"(?:getCollection|getEntry)\b[^(\n]{0,80}+\(\s*+[\"'](?P<name>[\w-]++)[\"']")
_PARAMETER = re.compile(r"\[(?:\.\.\.)?[\w-]++\]")


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of texts, and the route of their pages; empty where none was found."""

    name: str
    folder: str
    route: str = ""

    def address(self, slug: str) -> str:
        """The address of the text with this slug."""
        route = self.route or f"/{self.name}/[slug]"
        return _PARAMETER.sub(lambda _: slug, route, count=1)


@dataclass(frozen=True, slots=True)
class Collections:
    """All of them, by their folders."""

    by_folder: Mapping[str, Collection]

    def of(self, name: str) -> Collection | None:
        """The collection that a file belongs to: that of the deepest folder."""
        for folder in PurePosixPath(name).parents:
            if found := self.by_folder.get(str(folder)):
                return found
        return None


def collections(source: Path, names: Sequence[str]) -> Collections:
    """The collections that the settings define, and every folder right below ``src/content``."""
    folders: dict[str, str] = {}
    for top in _TOPS:
        depth = top.count("/") + 2
        for name in names:
            parts = PurePosixPath(name).parts
            if name.startswith(f"{top}/") and len(parts) > depth and name.endswith((".md", ".mdx")):
                folders["/".join(parts[:depth])] = parts[depth - 1]
        if folders:
            break
    for config in _CONFIGS:
        if config in names:
            folders |= _defined(_text(source / config))
    routes = _routes(source, names)
    made = {
        folder: Collection(name, folder, routes.get(name, "/[slug]" if name == "pages" else ""))
        for folder, name in folders.items()
    }
    return Collections(made)


def _defined(text: str) -> dict[str, str]:
    """The folders of ``glob`` loaders, by the names of their collections."""
    exported = _EXPORTED.search(text)
    renamed = {
        found["value"]: found["key"]
        for found in _RENAMED.finditer(exported["said"] if exported else "")
    }
    constants = {found["name"]: found["value"] for found in _CONSTANT.finditer(text)}
    starts = list(_DEFINED.finditer(text))
    ends = [*(one.start() for one in starts[1:]), len(text)]
    folders = {}
    for one, end in zip(starts, ends, strict=True):
        if found := _BASE.search(text, one.end(), end):
            said = found["base"]
            base = said[1:-1] if said[0] in "\"'`" else constants.get(said, "")
            base = base.removeprefix("./").strip("/")
            if base and ".." not in base:
                folders[base] = renamed.get(one["name"], one["name"])
    return folders


def _routes(source: Path, names: Sequence[str]) -> dict[str, str]:
    """The route with a parameter that shows each collection; the shortest where there are several."""
    routes: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (one.count("/"), len(one), one)):
        if not name.startswith("src/pages/") or not name.endswith(".astro") or "[" not in name:
            continue
        route = "/" + name.removeprefix("src/pages/").removesuffix(".astro").removesuffix("/index")
        if len(_PARAMETER.findall(route)) != 1 or re.search(r"page|tag|categor|author", route):
            continue
        for found in _SHOWN.finditer(_text(source / name)):
            routes.setdefault(found["name"], route)
    return routes


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.stat().st_size <= LARGEST_TEXT else ""
