"""Redirects of an old site that stand in files of their own, as aliases of the posts they lead to."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from desk.importing.model import Facts, Item, Note, Page, Used
from desk.importing.reading import LARGEST_TEXT

Pair = tuple[int, str, str]
_NGINX = re.compile(r"[ \t]*+(?P<old>/[^\s;{}]++)[ \t]++(?P<new>[^\s;{}]++);")
# What stands for many addresses at once: * and :name, and regular expressions.
_PATTERN = re.compile(r"[*^$()\[\]]|/:")


def with_redirects(items: Sequence[Item], source: Path, said: Facts) -> list[Item]:
    """The items, where each old address of a redirect file is an alias of the page it leads to.

    Read are ``_redirects`` (Netlify, Cloudflare), ``netlify.toml``, ``vercel.json`` and maps of nginx.
    What leads elsewhere, or stands for many addresses, is a note of that file.
    """
    made = list(items)
    pages = {
        _plain(str(page.fields["permalink"])): place
        for place, page in enumerate(items)
        if isinstance(page, Page) and "permalink" in page.fields
    }
    aliases: dict[int, list[str]] = defaultdict(list)
    for place, item in enumerate(items):
        pairs = _pairs(source / item.source)
        if pairs is None or isinstance(item, Page):
            continue
        notes = []
        for line, old, new in pairs:
            found = None if _PATTERN.search(old) else pages.get(_plain(_own(new, said)))
            if found is None:
                notes.append(Note(line, "redirect", f"{old} -> {new}: no post is there"))
            else:
                aliases[found].append(_own(old, said))
        made[place] = Used(item.source, "aliases", tuple(notes))
    for place, more in aliases.items():
        page = made[place]
        if isinstance(page, Page):
            had = page.fields.get("aliases") or []
            had = [had] if isinstance(had, str) else list(had)
            fields = {**page.fields, "aliases": list(dict.fromkeys([*had, *more]))}
            made[place] = replace(page, fields=fields)
    return made


def _pairs(path: Path) -> list[Pair] | None:
    """The line, the old and the new address of each redirect; None for a file of another kind."""
    reader = _READERS.get(path.name) or _READERS.get(path.suffix)
    if reader is None or not path.is_file() or path.stat().st_size > LARGEST_TEXT:
        return None
    try:
        return list(reader(path.read_text("utf-8", "replace"))) or None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _of_lines(text: str) -> Iterator[Pair]:
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split("#", 1)[0].split() if line.lstrip()[:1] == "#" else line.split()
        if len(words) >= 2 and words[0].startswith(("/", "http")):
            status = words[2] if len(words) > 2 else "301"
            if status.rstrip("!") in {"301", "302", "307", "308"}:
                yield number, words[0], words[1]


def _of_netlify(text: str) -> Iterator[Pair]:
    yield from _of_tables(tomllib.loads(text).get("redirects", ()), "from", "to")


def _of_vercel(text: str) -> Iterator[Pair]:
    yield from _of_tables(json.loads(text).get("redirects", ()), "source", "destination")


def _of_tables(tables: Sequence[Mapping[str, Any]], old: str, new: str) -> Iterator[Pair]:
    for table in tables:
        if table.get(old) and table.get(new):
            yield 1, str(table[old]), str(table[new])


def _of_nginx(text: str) -> Iterator[Pair]:
    for number, line in enumerate(text.split("\n"), 1):
        if found := _NGINX.fullmatch(line.rstrip()):
            yield number, found["old"], found["new"]


_READERS: Mapping[str, Callable[[str], Iterator[Pair]]] = MappingProxyType(
    {
        "_redirects": _of_lines,
        "netlify.toml": _of_netlify,
        "vercel.json": _of_vercel,
        ".map": _of_nginx,
        ".conf": _of_nginx,
    }
)


def _own(address: str, said: Facts) -> str:
    """The path below the site; another site's address as it is."""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc != urlsplit(said.url).netloc:
        return address
    return parts.path.removeprefix(said.base) if said.base else parts.path


def _plain(path: str) -> str:
    return str(PurePosixPath(path or "/")).removesuffix("/index.html")
