"""An old site of Astro: its collections, pages in Markdown and MDX, ``public`` and its settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from desk.importing import js_values
from desk.importing.astro_site import Collections, collections
from desk.importing.files import MARKDOWN, other
from desk.importing.identity import RSS, address_of
from desk.importing.mdx.converting import convert
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import is_literal
from desk.importing.paths import as_it_is, joined, moved
from desk.importing.reading import LARGEST_TEXT, Read, files_below, read

_TEXTS = MARKDOWN | {".mdx"}
_SETTINGS = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "ts", "js", "cjs", "mts"))
_SITE = (
    "config",
    "consts",
    "site",
    "constants",
    "site.config",
    "siteConfig",
    "config/site",
    "data/site",
)
_DROPPED = frozenset({"template", "layout", "components"})
_TITLES = ("SITE_TITLE", "title", "name", "siteTitle", "SITE_NAME")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})


@dataclass(frozen=True, slots=True)
class _Site:
    said: Facts
    collections: Collections
    names: frozenset[str]
    endings: str


# The id of a post in its feeds.
entry_id = address_of


def facts(source: Path) -> Facts:
    """The plain values in ``astro.config`` and in the modules that sites keep their title in."""
    config: dict[str, Any] = {}
    for name in _SETTINGS:
        config = config or js_values.returned(_text(source / name))
    own: dict[str, Any] = {}
    for stem in _SITE:
        for suffix in (".ts", ".js", ".mjs"):
            values = js_values.named(_text(source / "src" / f"{stem}{suffix}"))
            for value in (values, *values.values()):
                if isinstance(value, dict):
                    own = {
                        **{key: one for key, one in value.items() if isinstance(one, str)},
                        **own,
                    }
    i18n = config.get("i18n")
    lang = i18n.get("defaultLocale") if isinstance(i18n, dict) else ""
    title = next((own[name] for name in _TITLES if own.get(name)), "")
    return Facts(
        feeds={"/rss.xml": RSS},
        title=str(title),
        subtitle=str(
            own.get("SITE_DESCRIPTION") or own.get("description") or own.get("desc") or ""
        ),
        url=str(config.get("site") or own.get("website") or own.get("url") or "").rstrip("/"),
        base=str(config.get("base") or "").strip("/"),
        timezone=str(own.get("timezone") or ""),
        language=str(lang or own.get("lang") or ""),
        data=config,
    )


def _text(path: Path) -> str:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST_TEXT:
        return ""
    return path.read_text("utf-8", "replace")


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    names = list(files_below(source))
    site = _Site(said, collections(source, names), frozenset(names), _endings(said))
    for name in names:
        step(name)
        path = PurePosixPath(name)
        if name.startswith("public/"):
            yield as_it_is(name, name.removeprefix("public/"))
        elif path.suffix.lower() in _TEXTS and (
            name.startswith("src/") or site.collections.of(name)
        ):
            yield _page(source, name, site)
        elif target := _moved_to(name, site):
            yield other(name, target)
        else:
            yield Refusal(name, "it belongs to the old theme or its settings")


def _endings(said: Facts) -> str:
    build = said.data.get("build")
    if isinstance(build, dict) and build.get("format") == "file":
        return ".html"
    return "" if said.data.get("trailingSlash") == "never" else "/"


def _moved_to(name: str, site: _Site) -> str:
    """Where a file that is no text goes; empty for code and what else readers never got."""
    path = PurePosixPath(name)
    if found := site.collections.of(name):
        folder = found.folder
        known = path.suffix.lower() not in {
            ".json",
            ".yaml",
            ".yml",
            ".toml",
            ".ts",
            ".js",
            ".astro",
        }
        return f"posts/{found.name}/{name.removeprefix(f'{folder}/')}" if known else ""
    picture = name.startswith("src/") and path.suffix.lower() in _PICTURES | {
        ".mp4",
        ".webm",
        ".pdf",
        ".mp3",
    }
    return name.removeprefix("src/") if picture else ""


def _refused(name: str, site: _Site) -> str:
    """Why a text has no page in the old site; empty if it has one."""
    path = PurePosixPath(name)
    in_pages = name.startswith("src/pages/")
    if not in_pages and not site.collections.of(name):
        return "a text that is no page of its own: it is in no collection"
    if in_pages and path.stem == "404":
        return "the page for addresses that are not there: the theme has its own"
    if any(part.startswith("_") for part in path.parts):
        return "its name begins with _: Astro leaves it out"
    return ""


def _page(source: Path, name: str, site: _Site) -> Item:
    if reason := _refused(name, site):
        return Refusal(name, reason)
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    notes = [Note(1, "front matter", message) for message in old.mended]
    fields, body = _fields(old, notes), old.body
    if name.lower().endswith(".mdx"):
        made = convert(body, old.line, fields, site.said.tags)
        fields = {**made.scope.fields(), **fields}
        body = made.body
        notes += made.notes
    found = site.collections.of(name)
    if found and "date" not in fields and not found.route:
        reason = f"the collection {found.name} has no pages of its own, and this no date"
        return Refusal(name, reason)
    short = name.removeprefix(f"{found.folder}/") if found else name.removeprefix("src/pages/")
    slug = _slug(short, fields)
    fields["permalink"] = _address(found.address(slug) if found else f"/{slug}", site)
    fields.pop("slug", None)
    if "title" not in fields:
        fields["title"] = PurePosixPath(slug or "home").name.replace("-", " ").capitalize()
        notes.append(Note(1, "title", "made from the name of the file", "sure"))

    def here(address: str) -> str:
        return _here(address, str(PurePosixPath(name).parent), site)

    local = {
        key: here(value)
        for key, value in fields.items()
        if isinstance(value, str) and value[:1] in {".", "~", "@"}
    }
    fields |= {key: value for key, value in local.items() if value}
    if is_literal(body):
        fields["render_with_liquid"] = False
    folder = f"posts/{found.name}" if found and "date" in fields else "pages"
    target = f"{folder}/{PurePosixPath(short).with_suffix('.md')}"
    return Page(name, target, fields, moved(body, here), tuple(notes))


def _address(where: str, site: _Site) -> str:
    base = f"/{site.said.base}" if site.said.base else ""
    return f"{base}{where.rstrip('/')}{site.endings}" if where.strip("/") else f"{base}/"


def _fields(old: Read, notes: list[Note]) -> dict[str, Any]:
    fields = {key: value for key, value in old.fields.items() if key not in _DROPPED}
    for key in ("image", "ogImage", "hero"):
        if isinstance(value := fields.get(key), dict):
            fields[key] = str(value.get("src") or value.get("url") or value.get("path") or "")
            if value.get("alt"):
                fields.setdefault("image_alt", str(value["alt"]))
            if not fields[key]:
                del fields[key]
                notes.append(Note(1, key, str(value), "lost"))
    return fields


def _slug(short: str, fields: dict[str, Any]) -> str:
    path = PurePosixPath(short)
    if fields.get("slug"):
        return str(fields["slug"]).strip("/")
    parts = [re.sub(r"[^\w-]+", "", part.replace(" ", "-")).lower() for part in path.parts[:-1]]
    stem = re.sub(r"[^\w-]+", "", path.stem.replace(" ", "-")).lower()
    return "/".join([*parts, *([] if path.stem == "index" else [stem])])


def _here(address: str, folder: str, site: _Site) -> str:
    """Where a file that a text names is now; empty where it stays as it is written."""
    plain, _, place = address.partition("#")
    after = f"#{place}" if place else ""
    if address.startswith("/") and not address.startswith("/src/"):
        return ""
    if address.startswith(("@/", "~/", "/src/")):
        old = f"src/{plain.partition('/')[2].removeprefix('src/')}"
    elif address.startswith(("@", "~")):
        old = f"src/{plain[1:]}"
    else:
        old = joined(folder, plain)
    if old not in site.names:
        return ""
    if PurePosixPath(old).suffix.lower() in _TEXTS:
        found = site.collections.of(old)
        short = old.removeprefix(f"{found.folder}/") if found else ""
        return (
            f"/posts/{found.name}/{PurePosixPath(short).with_suffix('.md')}{after}" if found else ""
        )
    new = _moved_to(old, site)
    return f"/{new}{after}" if new else ""
