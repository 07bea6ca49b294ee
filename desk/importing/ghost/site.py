"""An export of Ghost as items of an import: a line for everything that is in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from pelican.utils import slugify

from desk.errors import DeskError
from desk.importing.ghost import lexical, mobiledoc, redirects
from desk.importing.ghost.addresses import Addresses
from desk.importing.ghost.cards import Cards
from desk.importing.ghost.export import Export, Row, read, text
from desk.importing.ghost.fields import Site, fields_of, is_page
from desk.importing.html.converter import to_markdown
from desk.importing.identity import RSS
from desk.importing.model import Asset, Facts, Item, Note, Page, Refusal
from desk.importing.naming import file_name, unique
from desk.importing.reading import files_below

_SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]
_FILES = re.compile(r"(?:^|/)(?:content/)?((?:images|media|files)/.+)")
_PORTAL = re.compile(r"href=\"(?:__GHOST_URL__)?/?#/(?:portal|share|search)[^\"<>]*+\"")
_ACCOUNTS = ("twitter", "bluesky", "mastodon", "threads", "youtube", "instagram", "linkedin")
_UNKNOWN = ("facebook", "tiktok", "location")


def facts(source: Path) -> Facts:
    """What the export says of the site; all of it is read here."""
    path, files = _files(source)
    export = read(path)
    said = export.settings
    old = str(said.get("permalinks") or "")
    return Facts(
        title=str(said.get("title") or ""),
        subtitle=str(said.get("description") or ""),
        timezone=_zone(text(said, "timezone", "active_timezone", "activeTimezone")).key,
        language=str(said.get("locale") or said.get("lang") or said.get("default_locale") or ""),
        permalink=redirects.permalink(files) or old or "/:slug/",
        feeds={"/rss/": RSS},
        data={"export": export, "files": files, "name": path.name},
    )


def _files(source: Path) -> tuple[Path, dict[str, Path]]:
    """The export itself, and the files of redirects and routes in its folder."""
    if source.is_file():
        return source, {}
    names = list(files_below(source))
    beside = {name: source / name for name in names if PurePosixPath(name).name in redirects.NAMES}
    exports = [
        name for name in names if name.endswith(".json") and name not in beside and "/" not in name
    ]
    exports = exports or [name for name in names if name.endswith(".json") and name not in beside]
    if len(exports) != 1:
        found = ", ".join(exports[:3]) or "none"
        raise DeskError(f"{source} must hold one export of Ghost, a JSON file; it has {found}")
    return source / exports[0], beside


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Everything in the export, and every other file of the folder, and what it becomes."""
    export: Export = said.data["export"]
    names = [] if source.is_file() else list(files_below(source))
    uploads = {f"/content/{found[1]}": name for name in names if (found := _FILES.search(name))}
    paths, patterns = redirects.exact(redirects.read(said.data["files"]))
    users = {text(one, "id"): one for one in export.users}
    addresses = Addresses(said.url, uploads)
    site = Site(export, users, addresses, said.permalink, _zone(said.timezone), paths)
    taken: set[str] = set()
    used: set[str] = set()
    writers: set[str] = set()
    led: set[str] = set()
    for post in export.posts:
        step(f"{export.file}#{text(post, 'id')}")
        made = _post(post, site, taken)
        used.update(made.fields.get("tags", ()))
        writers.update(made.fields.get("authors", ()))
        led.add(str(made.fields.get("permalink", "")).rstrip("/"))
        yield made
    yield from _people(export, writers, addresses)
    yield from _topics(export, used)
    yield from _counted(export)
    for one in patterns:
        yield Refusal(
            f"{one.file}#{one.old}", f"a redirect that is a pattern, or leads elsewhere: {one.new}"
        )
    for new, olds in paths.items():
        if new not in led:
            for name in olds:
                yield Refusal(f"redirects#{name}", f"a redirect to what is no post: {new or '/'}")
    for path in sorted(addresses.missing):
        yield Refusal(f"{export.file}#{path}", "its file is not beside the export")
    yield from _others(names, said, uploads)


def _zone(name: str) -> ZoneInfo:
    """The time zone of that name; UTC for none that is known."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _others(names: list[str], said: Facts, uploads: Mapping[str, str]) -> Iterator[Item]:
    """The files of the folder: only what the old site showed is copied, no lists of members."""
    targets = {name: path.lstrip("/") for path, name in uploads.items()}
    for name in names:
        if name in targets:
            yield Asset(name, targets[name])
        elif name != said.data["name"] and name not in said.data["files"]:
            yield Refusal(name, "no image or file that the old site showed")


def _counted(export: Export) -> Iterator[Item]:
    members = export.counts["members"] + export.counts["subscribers"]
    if members:
        why = f"{members:,} members: their addresses are for no repository; export them from Ghost as CSV"
        yield Refusal(f"{export.file}#members", why)
    if count := export.counts["comments"]:
        yield Refusal(f"{export.file}#comments", f"{count:,} comments of members")


def _people(export: Export, writers: set[str], addresses: Addresses) -> Iterator[Item]:
    """Those who wrote something; mail addresses do not become public."""
    seen: set[str] = set()
    for one in export.users:
        key = text(one, "slug", "name")
        source = f"{export.file}#user {key}"
        if key not in writers or key in seen or not slugify(key, _SUBSTITUTIONS):
            yield Refusal(source, "nobody who wrote one of the posts")
            continue
        seen.add(key)
        fields: dict[str, Any] = {"name": text(one, "name") or key}
        notes: list[Note] = []
        if picture := text(one, "profile_image", "image"):
            fields["picture"] = addresses.new(picture)
            if fields["picture"] in addresses.missing:  # it is named among the missing files
                notes.append(Note(1, "the picture of an author", fields.pop("picture"), "lost"))
        if website := text(one, "website"):
            fields["url"] = website
        fields |= {name: text(one, name) for name in _ACCOUNTS if text(one, name)}
        notes += [
            Note(1, f"{name} of an author was left out", text(one, name))
            for name in _UNKNOWN
            if text(one, name)
        ]
        body = html.escape(text(one, "bio"), quote=False)
        yield Page(source, f"authors/{slugify(key, _SUBSTITUTIONS)}.md", fields, body, tuple(notes))


def _topics(export: Export, used: set[str]) -> Iterator[Item]:
    for one in export.tags.values():
        name, about = text(one, "name"), text(one, "description")
        if about:
            source = f"{export.file}#tag {text(one, 'slug')}"
            if name in used:
                body = html.escape(about, quote=False)
                yield Page(
                    source, f"tags/{slugify(name, _SUBSTITUTIONS)}/_index.md", {"title": name}, body
                )
            else:
                yield Refusal(source, "the description of a tag that no post shows")


def _post(post: Row, site: Site, taken: set[str]) -> Page:
    fields, notes = fields_of(post, site)
    body, more = _body(post, site.addresses)
    folder = "pages" if is_page(post) else "posts"
    name = file_name(text(post, "slug", "id"), "post")
    target = unique(f"{folder}/{name}", taken)
    if "{{" in body or "{%" in body:
        fields["render_with_liquid"] = False
    source = f"{site.export.file}#{text(post, 'id')}"
    return Page(source, f"{target}.md", fields, body, (*notes, *more))


def _body(post: Row, addresses: Addresses) -> tuple[str, list[Note]]:
    """The text by its own editor; where that cannot be read, by the HTML that Ghost made of it."""
    cards = Cards(addresses.new)
    notes: list[Note] = []
    for name, reader in (("lexical", lexical.html_of), ("mobiledoc", mobiledoc.html_of)):
        if source := text(post, name):
            try:
                made = reader(source, cards)
            except ValueError as error:
                notes.append(Note(1, f"{name} that cannot be read", str(error)[:100], "guess"))
                continue
            return _written(made, addresses, [*notes, *cards.notes])
    if source := text(post, "html"):
        return _written(source, addresses, notes)
    return text(post, "markdown").replace("__GHOST_URL__", ""), notes


def _written(made: str, addresses: Addresses, notes: list[Note]) -> tuple[str, list[Note]]:
    if _PORTAL.search(made):
        notes.append(Note(1, "a link to Ghost's portal is text", "#/portal", "guess"))
    said, more = to_markdown(_PORTAL.sub("", made), 1, addresses.new)
    return said.replace("__GHOST_URL__/", "/").replace("__GHOST_URL__", "/"), [*notes, *more]
