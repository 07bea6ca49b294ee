"""An old site of Pelican: its content, and its settings read as data, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pelican.utils import slugify

from desk.importing.files import MARKDOWN, other
from desk.importing.identity import ATOM, RSS, address_of
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.reading import LARGEST_TEXT, files_below, menu_of, moment_of, read

_SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]
_FIELD = re.compile(r"\{(?P<name>\w+)(?::(?P<form>[^}]*+))?\}")
_TAG = re.compile(r"^\{% *+(?P<name>\w++)(?P<rest>[^%\n]*+)%\}[ ]*+$", re.MULTILINE)
# As Pelican writes them where the settings say nothing.
_FEEDS = (
    ("FEED_ALL_ATOM", "feeds/all.atom.xml"),
    ("FEED_ALL_RSS", None),
    ("FEED_ATOM", None),
    ("FEED_RSS", None),
)
_NAMES = ("pelicanconf.py", "publishconf.py")


def facts(source: Path) -> Facts:
    """The plain values in ``pelicanconf.py`` and ``publishconf.py``."""
    said: dict[str, Any] = {}
    for name in _NAMES:
        path = source / name
        if path.is_file() and path.stat().st_size <= LARGEST_TEXT:
            said |= _values(path.read_text("utf-8", "replace"))
    return Facts(
        title=str(said.get("SITENAME") or ""),
        subtitle=str(said.get("SITESUBTITLE") or ""),
        url=str(said.get("SITEURL") or "").rstrip("/"),
        timezone=str(said.get("TIMEZONE") or ""),
        language=str(said.get("DEFAULT_LANG") or ""),
        permalink=str(said.get("ARTICLE_URL") or "{slug}.html"),
        menu=menu_of(said.get("MENUITEMS"), 0, 1),
        files=frozenset(_NAMES),
        feeds={path: kind for path, kind in _feeds(said) if path != kind},
        data={**said, "content": str(said.get("PATH") or "content")},
    )


def _feeds(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The site's own feeds, as its settings name them."""
    for name, default in _FEEDS:
        path = said.get(name, default)
        if isinstance(path, str) and path:
            yield f"/{path.lstrip('/')}", ATOM if name.endswith("ATOM") else RSS


def entry_id(page: Page, said: Facts) -> str:
    """The id of an article in Pelican's feeds, as feedgenerator's ``get_tag_uri`` makes it."""
    date = moment_of(page.fields["date"]) if "date" in page.fields else None
    parts = urlsplit(address_of(page, said))
    return f"tag:{parts.hostname},{date:%Y-%m-%d}:{parts.path}" if date else ""


def _values(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        return values
    for one in statements:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            try:
                values[one.targets[0].id] = ast.literal_eval(one.value)
            except (ValueError, TypeError, RecursionError):
                continue
    return values


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    root = str(said.data["content"]).strip("/")
    for name in files_below(source):
        step(name)
        short = name.removeprefix(f"{root}/")
        if short == name:
            yield Refusal(name, "it belongs to the old theme or its settings")
        elif PurePosixPath(name).suffix.lower() in MARKDOWN:
            yield _page(source, name, short, said)
        else:
            yield other(name, short)


def _page(source: Path, name: str, short: str, said: Facts) -> Item:
    path = PurePosixPath(short)
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if not old.fields:
        return Refusal(name, "it has no metadata, so Pelican does not read it")
    notes = [Note(1, "front matter", message) for message in old.mended]
    fields = {key: value for key, value in old.fields.items() if key != "template"}
    title = str(fields.get("title") or path.stem)
    fields["title"] = title
    fields.setdefault("slug", slugify(title, _SUBSTITUTIONS))
    if path.parts[0] != "pages" and len(path.parts) > 1:
        fields.setdefault("category", path.parts[-2])
    if "permalink" not in fields:
        pattern = said.permalink
        if path.parts[0] == "pages":
            pattern = str(said.data.get("PAGE_URL") or "pages/{slug}.html")
        if where := _address(pattern, fields):
            fields["permalink"] = where
        else:
            notes.append(Note(1, "address", f"the pattern {pattern!r} needs what is not known"))
    body, more = _body(old.body, old.line)
    return Page(name, short, fields, body, (*notes, *more))


def _address(pattern: str, fields: dict[str, Any]) -> str:
    moment = moment_of(fields["date"]) if "date" in fields else None
    known = {"slug": str(fields["slug"]), "lang": str(fields.get("lang") or "")}
    known["category"] = slugify(str(fields.get("category") or ""), _SUBSTITUTIONS)
    lacking = False

    def word(found: re.Match[str]) -> str:
        nonlocal lacking
        if found["name"] == "date" and moment:
            return moment.strftime(found["form"] or "%Y-%m-%d")
        lacking = lacking or found["name"] not in known
        return known.get(found["name"], "")

    made = _FIELD.sub(word, pattern)
    return "" if lacking else f"/{made.lstrip('/')}"


def _body(text: str, line: int) -> tuple[str, list[Note]]:
    """Tags of the plugin Liquid Tags stand in comments: what they include is not the writer's text."""
    notes: list[Note] = []
    fenced = False
    lines = text.split("\n")
    for number, one in enumerate(lines):
        if one.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if not fenced and (found := _TAG.match(one)):
            notes.append(Note(line + number, f"the tag {found['name']}", one.strip(), "lost"))
            lines[number] = f"<!-- {one.strip().replace('--', '- -')} -->"
    return "\n".join(lines), notes
