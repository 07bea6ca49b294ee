"""An old site of Jekyll: ``_posts``, ``_drafts``, pages, ``_config.yml`` and ``_data``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from desk.importing import patterns
from desk.importing.files import MARKDOWN, other
from desk.importing.identity import ATOM
from desk.importing.liquid_text import Liquid
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import is_literal
from desk.importing.reading import (
    Read,
    day_of,
    files_below,
    load,
    menu_of,
    read,
    settings,
    year_month_day,
)
from plugins.frontmatter.values import items as listed

_NAMED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_DROPPED = ("template", "layout")


def facts(source: Path) -> Facts:
    """What ``_config.yml`` and ``_data`` say."""
    said = settings(source, *_NAMES)
    data = {
        PurePosixPath(name).stem: load((source / "_data" / name).read_text("utf-8"), suffix)
        for name in (files_below(source / "_data") if (source / "_data").is_dir() else ())
        if (suffix := PurePosixPath(name).suffix) in {".yml", ".yaml", ".json"}
    }
    site = {**said, "data": data}
    return Facts(
        title=str(said.get("title") or ""),
        subtitle=str(said.get("tagline") or said.get("description") or ""),
        url=str(said.get("url") or ""),
        base=str(said.get("baseurl") or "").rstrip("/"),
        timezone=str(said.get("timezone") or ""),
        language=str(said.get("lang") or said.get("locale") or "").replace("_", "-"),
        permalink=str(said.get("permalink") or "date"),
        menu=menu_of((data.get("navigation") or {}).get("main"), "title", "url"),
        feeds={_feed(said): ATOM},
        files=frozenset(_NAMES),
        data=site,
    )


def _feed(said: Mapping[str, Any]) -> str:
    """Where the plugin jekyll-feed writes it."""
    own = said.get("feed")
    path = own.get("path") if isinstance(own, Mapping) else None
    return f"/{str(path or 'feed.xml').lstrip('/')}"


def entry_id(page: Page, said: Facts) -> str:
    """The id of a post in jekyll-feed: the site, the folder of its address, and its slug."""
    named = _NAMED.fullmatch(PurePosixPath(page.source).stem)
    slug = page.fields.get("slug") or (named["slug"] if named else "")
    folder = str(PurePosixPath(page.fields["permalink"]).parent).rstrip("/")
    return f"{said.url.rstrip('/')}{said.base}{folder}/{slug}" if slug else ""


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    names = list(files_below(source))
    posts = {
        PurePosixPath(name).stem: _target(name) for name in names if _is_post(PurePosixPath(name))
    }
    site = {**said.data, "url": said.url, "baseurl": said.base}
    liquid = Liquid(site, posts, tags=said.tags)
    for name in names:
        step(name)
        path = PurePosixPath(name)
        if path.suffix.lower() not in MARKDOWN:
            yield other(name, name)
        elif _is_post(path) or not any(part.startswith("_") for part in path.parts):
            yield _page(source, name, said, liquid)
        else:
            yield Refusal(name, "a folder of the theme or a collection: nothing here reads it")


def _is_post(path: PurePosixPath) -> bool:
    folders = path.parts[:-1]
    return path.suffix.lower() in MARKDOWN and ("_posts" in folders or "_drafts" in folders)


def _target(name: str) -> str:
    path = PurePosixPath(name)
    parts = [part for part in path.parts[:-1] if part not in {"_posts", "_drafts"}]
    return str(PurePosixPath("posts", *parts, f"{path.stem}.md"))


def _page(source: Path, name: str, said: Facts, liquid: Liquid) -> Item:
    path = PurePosixPath(name)
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if not old.fields:
        return Refusal(name, "it has no front matter, so Jekyll does not read it as a page")
    fields, notes = _fields(path, old, said)
    seen = {**fields, "url": fields.get("permalink", "")}
    body, more = liquid.convert(old.body, seen, old.line)
    if is_literal(body):
        fields["render_with_liquid"] = False
    target = _target(name) if _is_post(path) else f"pages/{path.with_suffix('.md')}"
    return Page(name, target, fields, body, (*notes, *more))


def _fields(path: PurePosixPath, old: Read, said: Facts) -> tuple[dict[str, Any], list[Note]]:
    fields = {name: value for name, value in old.fields.items() if name not in _DROPPED}
    notes = [Note(1, "front matter", message) for message in old.mended]
    found = _NAMED.fullmatch(path.stem)
    slug = found["slug"] if found else path.stem
    if "title" not in fields:
        fields["title"] = slug.replace("-", " ").replace("_", " ").capitalize()
        notes.append(Note(1, "title", "made from the name of the file, as Jekyll does", "sure"))
    for key in ("date", "modified"):
        fields[key], remarked = day_of(fields.get(key))
        if remarked:
            notes.append(Note(1, "date", f"the remark behind {key} was left out", "sure"))
        if fields[key] is None:
            del fields[key]
    if "date" not in fields and found:
        fields["date"] = found["date"]
    if "_drafts" in path.parts:
        fields["draft"] = True
    pattern = str(fields.get("permalink") or (said.permalink if _is_post(path) else "/:path/"))
    try:
        fields["permalink"] = patterns.address(patterns.named(pattern), _words(path, slug, fields))
    except ValueError as error:
        notes.append(Note(1, "address", str(error)))
        fields.pop("permalink", None)
    return fields, notes


def _words(path: PurePosixPath, slug: str, fields: dict[str, Any]) -> dict[str, str]:
    words = {"title": str(fields.get("slug") or slug), "slug": str(fields.get("slug") or slug)}
    words["output_ext"] = ".html"
    words["path"] = "" if str(path) == "index.md" else str(path.with_suffix(""))
    topics = [str(one) for one in listed(fields.get("category") or [], None)]
    words["categories"] = "/".join(one.lower().replace(" ", "-") for one in topics)
    if day := year_month_day(fields):
        year, month, date = day
        words |= {"year": year, "month": month, "day": date}
        words |= {"short_year": year[2:], "i_month": month.lstrip("0"), "i_day": date.lstrip("0")}
    return words
