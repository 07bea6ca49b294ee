"""An old site of Eleventy: its input folder with data, Markdown, and what it copies as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from liquid.exceptions import LiquidError

from desk.importing import eleventy_text
from desk.importing.eleventy_fields import DROPPED, Data, data_of
from desk.importing.eleventy_site import Settings, front_matter, global_data, settings
from desk.importing.files import MARKDOWN, other
from desk.importing.identity import ATOM, address_of
from desk.importing.liquid_text import Liquid
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import is_literal
from desk.importing.paths import as_it_is, joined, moved
from desk.importing.reading import files_below, moment_of, read

_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
_TEXT_LINK = re.compile(
    r"(?P<before>\]\(|href=\")(?!https?:)(?P<path>[^()\s#:\"]{1,300}\.md)(?=[)#\s\"])"
)
_COMPUTED_DATES = frozenset({"last modified", "created", "git last modified", "git created"})
_FOLDERS = frozenset({"node_modules", "_site", "dist"})


# The id of a post in its feeds.
entry_id = address_of


def facts(source: Path) -> Facts:
    """What the configuration says, and the data that sites keep their title in."""
    said = settings(source)
    data = global_data(source, said)
    own: dict[str, Any] = {}
    for name in ("metadata", "meta", "site", "siteConfig", "config", "global"):
        if isinstance(value := data.get(name), dict):
            own = {**value, **own}
    title = own.get("title") or own.get("name") or own.get("siteName") or own.get("siteTitle")
    return Facts(
        feeds={"/feed.xml": ATOM, "/feed/feed.xml": ATOM},
        title=str(title or ""),
        subtitle=str(own.get("description") or own.get("subtitle") or ""),
        url=str(own.get("url") or own.get("siteUrl") or own.get("baseUrl") or "").rstrip("/"),
        base=said.prefix,
        timezone=str(own.get("timezone") or own.get("timeZone") or ""),
        language=str(own.get("language") or own.get("lang") or own.get("locale") or ""),
        data={"settings": said, "data": data},
    )


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the site and what it becomes; ``step`` is told each name."""
    how: Settings = said.data["settings"]
    liquid = _liquid(said)
    for name in files_below(source):
        step(name)
        path = PurePosixPath(name)
        copied = _copied(name, how)
        if path.parts[0] in {*_FOLDERS, how.output}:
            yield Refusal(name, "the old output or a library")
        elif copied:
            yield as_it_is(name, copied)
        elif not _is_input(name, how):
            yield Refusal(name, "it belongs to the old theme or its settings")
        elif path.suffix.lower() in MARKDOWN:
            yield _page(source, name, said, liquid)
        elif path.suffix.lower() in {".njk", ".liquid", ".html", ".hbs", ".webc", ".ejs", ".pug"}:
            yield Refusal(
                name, f"{path.suffix}: a template; a text in it is written as Markdown by hand"
            )
        elif path.suffix.lower() == ".json":
            yield Refusal(name, "data of the old site: it was read")
        else:
            yield other(name, f"posts/{_shelved(_short(name, how))}")


def _liquid(said: Facts) -> Liquid:
    data = said.data["data"]
    site = data.get("site") if isinstance(data.get("site"), dict) else {}
    return Liquid({"url": said.url, **site, "baseurl": ""}, {}, data)


def _short(name: str, how: Settings) -> str:
    return name.removeprefix(f"{how.source}/") if how.source else name


def _shelved(short: str) -> str:
    """A path without the folder of posts, which is the folder here."""
    first, _, rest = short.partition("/")
    return rest if rest and first in {"posts", "_posts"} else short


def _copied(name: str, how: Settings) -> str:
    for old, new in how.copied.items():
        if name == old:
            return new or PurePosixPath(name).name
        if name.startswith(f"{old}/") and PurePosixPath(name).suffix.lower() not in MARKDOWN:
            return f"{new}/{name.removeprefix(f'{old}/')}".lstrip("/")
    return ""


def _is_input(name: str, how: Settings) -> bool:
    if how.source and not name.startswith(f"{how.source}/"):
        return False
    return not name.startswith((f"{how.data}/", f"{how.includes}/"))


def _page(source: Path, name: str, said: Facts, liquid: Liquid) -> Item:
    how: Settings = said.data["settings"]
    try:
        old = read(source / name, name, front_matter)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if not old.fields and PurePosixPath(name).stem.upper() in {
        "README",
        "LICENSE",
        "CHANGELOG",
        "CONTRIBUTING",
    }:
        return Refusal(name, "it is about the files, and no page")
    notes = [Note(1, "front matter", message) for message in old.mended]
    data = data_of(source, name, old, how)
    fields = {key: value for key, value in data.fields.items() if key not in DROPPED}
    path = PurePosixPath(_short(name, how))
    _date(path, fields, notes)
    named = _DATED.fullmatch(path.stem)
    bundle = path.stem == "index"
    slug = path.parent.name if bundle else named["slug"] if named else path.stem
    folder = path.parent.parent if bundle else path.parent
    stem = f"/{folder / slug}".replace("/.", "/") if slug else "/"
    page = {
        "fileSlug": slug,
        "filePathStem": stem,
        "inputPath": f"./{name}",
        "date": moment_of(fields.get("date")),
    }
    seen = {**data.known, **data.fields, "fileSlug": slug, **page}
    _address(fields, data, seen, stem, liquid, said, notes)
    if fields["permalink"].endswith(("/404.html", "/404/")):
        return Refusal(name, "the page for addresses that are not there: the theme has its own")
    fields["tags"] = data.tags
    if not data.tags:
        del fields["tags"]
    if "title" not in fields:
        fields["title"] = slug.replace("-", " ").capitalize() or "Home"
        notes.append(Note(1, "title", "made from the name of the file", "sure"))
    else:
        fields["title"], _ = eleventy_text.convert(str(fields["title"]), seen, 1, liquid, {})
    body, more = eleventy_text.convert(old.body, seen, old.line, liquid, said.tags)
    if is_literal(body):
        fields["render_with_liquid"] = False
    body = _TEXT_LINK.sub(lambda link: _linked(link, name, how, source), body)
    body = moved(body, lambda address: _from_top(address, name, how, source))
    short = str(path.with_suffix(".md"))
    target = f"posts/{_shelved(short)}" if "date" in fields else f"pages/{short}"
    return Page(name, target, fields, body, (*notes, *more))


def _from_top(address: str, name: str, how: Settings, source: Path) -> str:
    """Where a file is that a text names from the top of the site (``./img/a.png``), not beside it."""
    old = joined("", address) if address.startswith("./") else ""
    if (
        not old
        or (source / PurePosixPath(name).parent / old).exists()
        or not (source / old).is_file()
    ):
        return ""
    return f"/{_copied(old, how) or f'posts/{_shelved(_short(old, how))}'}"


def _linked(link: re.Match[str], name: str, how: Settings, source: Path) -> str:
    """A link to a text of the site, by its path from the input folder or beside it."""
    for base in (how.source, str(PurePosixPath(name).parent)):
        old = joined(base, link["path"].lstrip("/"))
        if old and (source / old).is_file():
            return f"{link['before']}/posts/{_shelved(_short(old, how))}"
    return link[0]


def _date(path: PurePosixPath, fields: dict[str, Any], notes: list[Note]) -> None:
    if isinstance(said := fields.get("date"), str) and said.strip().lower() in _COMPUTED_DATES:
        del fields["date"]
        notes.append(Note(1, "date", f"{said}: only the old site's own history says when"))
    found = re.search(r"\d{4}-\d{2}-\d{2}", str(path))
    if "date" not in fields and found:
        fields["date"] = found[0]
        notes.append(Note(1, "date", "read from the name, as Eleventy does", "sure"))


def _address(
    fields: dict[str, Any], data: Data, seen: Mapping[str, Any], stem: str, liquid: Liquid,
    said: Facts, notes: list[Note],
) -> None:  # fmt: skip
    computed = seen.get("eleventyComputed")
    pattern = fields.get("permalink")
    if pattern is None and isinstance(computed, dict):
        pattern = computed.get("permalink")
    pattern = pattern if pattern is not None else said.permalink or None
    if pattern is False or str(pattern).lower() == "false":
        fields["draft"] = True
        notes.append(Note(1, "address", "permalink: false, so it had no page: a draft now"))
        pattern = None
    if isinstance(pattern, dict):
        pattern = pattern.get("build")
    where = f"{stem.rstrip('/')}/"
    if isinstance(pattern, str):
        try:
            where = liquid.value(eleventy_text.as_liquid(pattern), seen).strip()
        except (LiquidError, ValueError, TypeError, RecursionError):
            notes.append(Note(1, "address", f"the pattern {pattern!r} cannot be read"))
    elif any(key.endswith(".js") for key in data.known):
        notes.append(Note(1, "address", "made by JavaScript: guessed from its path"))
    where = "/" + where.removeprefix("./").lstrip("/")
    where = re.sub(r"/{2,}+", "/", where.removesuffix("index.html"))
    base = f"/{said.base}" if said.base else ""
    fields["permalink"] = f"{base}{where}"
