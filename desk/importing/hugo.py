"""An old site of Hugo: ``content`` with bundles and sections, ``static``, and its settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from desk.importing import patterns
from desk.importing.files import MARKDOWN, other
from desk.importing.identity import RSS, address_of
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import mapped
from desk.importing.reading import Read, files_below, menu_of, read, settings, year_month_day
from desk.importing.shortcodes import Call, convert

_NAMES = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_INDEX = frozenset({"index", "_index"})
_DROPPED = frozenset({"template", "layout", "type", "build", "outputs", "cascade"})
_LARGEST_CODE = 200_000


# The id of a post in its feeds.
entry_id = address_of


def facts(source: Path) -> Facts:
    """What ``hugo.toml``, and that of the first language, say."""
    said = settings(source, *_NAMES)
    said = {key.lower(): value for key, value in said.items()}
    lang = str(said.get("defaultcontentlanguage") or said.get("languagecode") or "")
    languages = said.get("languages")
    own = languages.get(lang) if isinstance(languages, dict) else None
    own = own or settings(source, f"config/_default/languages.{lang}.toml")
    own = {key.lower(): value for key, value in own.items()}
    params = said.get("params") if isinstance(said.get("params"), dict) else {}
    zone = str(said.get("timezone") or "")
    return Facts(
        title=str(own.get("title") or said.get("title") or ""),
        url=str(said.get("baseurl") or "").rstrip("/"),
        timezone=zone,
        menu=menu_of(_menu(own) or _menu(said), "name", "url", "pageref"),
        feeds={"/index.xml": RSS},
        files=frozenset(_NAMES),
        language=str(said.get("languagecode") or lang),
        data={
            **said,
            "params": params,
            "content": str(own.get("contentdir") or said.get("contentdir") or "content"),
        },
    )


def _menu(said: Mapping[str, Any]) -> Any:
    table = said.get("menus") or said.get("menu")
    return table.get("main") if isinstance(table, Mapping) else None


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    root = str(said.data["content"]).strip("/")
    names = list(files_below(source))
    inside = {name.removeprefix(f"{root}/") for name in names if name.startswith(f"{root}/")}
    for name in names:
        step(name)
        if name.startswith("static/"):
            yield other(name, name.removeprefix("static/"))
        elif not name.startswith(f"{root}/"):
            yield Refusal(name, "it belongs to the old theme or its settings")
        elif PurePosixPath(name).suffix.lower() in MARKDOWN:
            yield _page(source, name, name.removeprefix(f"{root}/"), said, inside)
        else:
            yield other(name, f"posts/{name.removeprefix(f'{root}/')}")


def _page(source: Path, name: str, short: str, said: Facts, inside: set[str]) -> Item:
    path = PurePosixPath(short)
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if path.stem == "_index" and not old.body.strip():
        return Refusal(name, "the settings of a list: it has no text")
    if not old.fields and not old.body.strip():
        return Refusal(name, "it is empty")
    fields, notes = _fields(path, old, said)

    def own(call: Call) -> str | None:
        meant = mapped(call, said.tags)
        if meant is not None:
            return meant
        return _own(call, (source / name).parent, path, said, inside)

    body, more = convert(old.body, old.line, own)
    post = "date" in fields and path.stem != "_index"
    folder = "posts" if post else "pages"
    return Page(name, f"{folder}/{path.with_suffix('.md')}", fields, body, (*notes, *more))


def _own(
    call: Call, folder: Path, path: PurePosixPath, said: Facts, inside: set[str]
) -> str | None:
    """What the shortcodes say that need the site: references, values, files of the bundle."""
    first = call.get("path", "filename", "file") or (call.others[0] if call.others else "")
    if call.name in {"ref", "relref"}:
        target, _, place = first.partition("#")
        found = _found(target, path, inside)
        where = f"/posts/{found}" if found else target
        return f"{where}#{place}" if place else where
    if call.name in {"param", "siteparam"}:
        value = said.data["params"].get(first)
        return str(value) if isinstance(value, str | int | float) else None
    if call.name == "baseurl":
        return f"{said.url}/"
    if call.name in {"inline-file", "include-code", "readfile", "code"} and first:
        code = (folder / first).resolve()
        if not code.is_relative_to(folder.resolve()) or not code.is_file():
            return None
        if code.stat().st_size > _LARGEST_CODE:
            return None
        text = code.read_text("utf-8", "replace").rstrip("\n")
        return f"```{call.get('language', 'lang')}\n{text}\n```"
    return None


def _found(target: str, path: PurePosixPath, inside: set[str]) -> str:
    """The file that a reference names, as Hugo looks for it: beside, from the top, or by its name."""
    plain = target.strip("/")
    for base in (str(path.parent / plain), plain):
        for end in ("", ".md", "/index.md"):
            if (tried := f"{base}{end}".removeprefix("./")) in inside:
                return tried
    tails = sorted(one for one in inside if plain and one.endswith((f"/{plain}", f"/{plain}.md")))
    return tails[0] if len(tails) == 1 else ""


def _fields(path: PurePosixPath, old: Read, said: Facts) -> tuple[dict[str, Any], list[Note]]:
    fields = {name: value for name, value in old.fields.items() if name not in _DROPPED}
    notes = [Note(1, "front matter", message) for message in old.mended]
    bundle = path.stem in _INDEX
    stem = path.parent.name if bundle else path.stem
    if "title" not in fields:
        fields["title"] = stem.replace("-", " ").capitalize() or "Home"
        notes.append(Note(1, "title", "made from the name of the file", "sure"))
    pattern, ugly = _pattern(path, said)
    slug = str(fields.get("slug") or stem)
    own = fields.get("permalink")
    words = {"title": _urlized(str(fields["title"])), "slug": slug, "filename": stem}
    folders = path.parts[:-2] if bundle else path.parts[:-1]
    words |= {"section": folders[0] if folders else "", "sections": "/".join(folders)}
    words |= {"contentbasename": stem, "slugorfilename": slug, "slugorcontentbasename": slug}
    if day := year_month_day(fields):
        words |= dict(zip(("year", "month", "day"), day, strict=True))
    try:
        fields["permalink"] = str(own) if own else patterns.address(pattern, words).lower()
    except ValueError as error:
        notes.append(Note(1, "address", str(error)))
    if ugly and not own and fields.get("permalink", "").endswith("/"):
        aliases = fields.get("aliases") or []
        aliases = [aliases] if isinstance(aliases, str) else list(aliases)
        fields["aliases"] = [*aliases, f"{fields['permalink'].rstrip('/')}.html"]
    return fields, notes


def _pattern(path: PurePosixPath, said: Facts) -> tuple[str, bool]:
    section = path.parts[0] if len(path.parts) > 1 else ""
    table = said.data.get("permalinks")
    table = table.get("page", table) if isinstance(table, Mapping) else {}
    ugly = said.data.get("uglyurls")
    is_ugly = bool(ugly.get(section) if isinstance(ugly, Mapping) else ugly)
    default = "/:sections/:slug/"
    if said.permalink and section:
        return said.permalink, is_ugly
    found = table.get(section) if isinstance(table, Mapping) else None
    return (str(found) if found else default), is_ugly


def _urlized(title: str) -> str:
    return re.sub(r"[^\w-]+", "-", title.lower()).strip("-")
