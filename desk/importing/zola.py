"""An old site of Zola: ``content`` with pages and sections, ``static``, ``config.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from desk.importing.files import MARKDOWN, other
from desk.importing.identity import ATOM, RSS, address_of
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import mapped
from desk.importing.reading import Read, files_below, read, settings
from desk.importing.shortcodes import ZOLA, Call, convert

_DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:T[^_-]*+)?[_-](?P<slug>.+)")
_IN_PATH = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})(?:/|$)")
_INNER = re.compile(r"\]\(@/(?P<file>[^)\s#]++)")
_DROPPED = frozenset({"template", "extra", "taxonomies", "permalink", "in_search_index"})


# The id of a post in its feeds.
entry_id = address_of


def facts(source: Path) -> Facts:
    """What ``config.toml`` says."""
    said = settings(source, "config.toml", "zola.toml")
    return Facts(
        title=str(said.get("title") or ""),
        subtitle=str(said.get("description") or ""),
        url=str(said.get("base_url") or "").rstrip("/"),
        language=str(said.get("default_language") or ""),
        feeds={f"/{name}": RSS if "rss" in name else ATOM for name in _feeds(said)},
        files=frozenset({"config.toml", "zola.toml"}),
        data=said,
    )


def _feeds(said: Mapping[str, Any]) -> list[str]:
    """The names of its feeds, if it has any."""
    if not (said.get("generate_feeds") or said.get("generate_feed") or said.get("generate_rss")):
        return []
    names = said.get("feed_filenames") or said.get("feed_filename") or "atom.xml"
    return [str(name) for name in ([names] if isinstance(names, str) else names)]


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    for name in files_below(source):
        step(name)
        if name.startswith("static/"):
            yield other(name, name.removeprefix("static/"))
        elif not name.startswith("content/"):
            yield Refusal(name, "it belongs to the old theme or its settings")
        elif PurePosixPath(name).suffix.lower() in MARKDOWN:
            yield _page(source, name, said)
        else:
            yield other(name, f"posts/{name.removeprefix('content/')}")


def _page(source: Path, name: str, said: Facts) -> Item:
    path = PurePosixPath(name.removeprefix("content/"))
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if path.stem == "_index" and not old.body.strip():
        return Refusal(name, "the settings of a list: it has no text")
    fields, notes = _fields(path, old)

    def own(call: Call) -> str | None:
        return mapped(call, said.tags)

    body, more = convert(old.body, old.line, own, ZOLA)
    body = _INNER.sub(lambda found: f"](/posts/{found['file']}", body)
    folder = "posts" if "date" in fields and path.stem != "_index" else "pages"
    return Page(name, f"{folder}/{path.with_suffix('.md')}", fields, body, (*notes, *more))


def _fields(path: PurePosixPath, old: Read) -> tuple[dict[str, Any], list[Note]]:
    fields = {name: value for name, value in old.fields.items() if name not in _DROPPED}
    notes = [Note(1, "front matter", message) for message in old.mended]
    bundle = path.stem in {"index", "_index"}
    stem = path.parent.name if bundle else path.stem
    named = _DATED.fullmatch(stem)
    folder = path.parent.parent if bundle else path.parent
    slug = str(fields.get("slug") or (named["slug"] if named else stem))
    where = str(old.fields.get("permalink") or folder / slug).strip("/.")
    fields["permalink"] = f"/{where}/" if where else "/"
    in_path = _IN_PATH.search(where)
    if "date" not in fields and (named or in_path):
        fields["date"] = named["day"] if named else "-".join(in_path.groups()) if in_path else ""
        notes.append(Note(1, "date", "read from its name or address", "sure"))
    fields.setdefault("title", stem.replace("-", " ").capitalize())
    if aliases := fields.get("aliases"):
        given = [aliases] if isinstance(aliases, str) else list(aliases)
        fields["aliases"] = [f"/{str(one).lstrip('/')}" for one in given]
    for name, value in _terms(old):
        fields.setdefault(name, value)
    if extra := old.fields.get("extra"):
        fields["extra"] = extra
    return fields, notes


def _terms(old: Read) -> Iterator[tuple[str, Any]]:
    table = old.fields.get("taxonomies")
    if isinstance(table, Mapping):
        for name, value in table.items():
            if value:
                yield {"categories": "category"}.get(str(name), str(name)), value
