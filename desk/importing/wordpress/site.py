"""An export of WordPress as items of an import: a line for everything that is in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican.utils import slugify

from desk.errors import DeskError
from desk.importing.files import other
from desk.importing.identity import ATOM, RSS
from desk.importing.model import Asset, Facts, Item, Note, Page, Refusal
from desk.importing.naming import file_name, unique
from desk.importing.reading import files_below
from desk.importing.wordpress.addresses import Addresses, below, split
from desk.importing.wordpress.addresses import plain as bare
from desk.importing.wordpress.body import Texts, markdown
from desk.importing.wordpress.fields import Site, date_of, fields_of, plain
from desk.importing.wordpress.meanings import Picture
from desk.importing.wordpress.people import SUBSTITUTIONS, key_of, people, topics
from desk.importing.wordpress.wxr import Entry, Export, read

_OF_WORDPRESS = {
    "nav_menu_item": "an entry of a menu: the new theme has its own",
    "revision": "an older version of a text",
    "wp_block": "a block that is used again: its text stands where posts use it",
    "custom_css": "style of the old theme",
    "customize_changeset": "settings of the old theme",
    "oembed_cache": "a copy of what another site said of an embed",
    "user_request": "a request about somebody's data",
}
_SHARED = re.compile(r"(?:^|/)(uploads/.+)")


def facts(source: Path) -> Facts:
    """What the export says of the site; all of it is read here."""
    files = _exports(source)
    if not files:
        raise DeskError(f"{source} has no XML file; name the export of WordPress or its folder")
    export = read(files)
    zones = {one.utcoffset() for entry in export.entries if (one := date_of(entry)) and one.tzinfo}
    hours = next(iter(zones)).total_seconds() / 3600 if len(zones) == 1 else 0.5  # type: ignore[union-attr]
    zone = f"Etc/GMT{-int(hours):+}" if hours == int(hours) and hours else ""
    return Facts(
        title=plain(export.title),
        subtitle=plain(export.description),
        url=export.url,
        timezone=zone,
        language=export.language,
        feeds={"/feed/": RSS, "/feed/atom/": ATOM},
        data={"export": export, "files": files},
    )


def _exports(source: Path) -> dict[str, Path]:
    if source.is_file():
        return {source.name: source}
    return {name: source / name for name in files_below(source) if name.lower().endswith(".xml")}


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Everything in the export, and every other file of the folder, and what it becomes."""
    export: Export = said.data["export"]
    names = (
        [] if source.is_file() else [n for n in files_below(source) if n not in said.data["files"]]
    )
    uploads = {found[1]: name for name in names if (found := _SHARED.search(f"/{name}"))}
    site = _site(export, said)
    slugs = _slugs(export.entries)
    yield from people(export, site.keys, next(iter(said.data["files"])))
    copied: set[str] = set()
    terms: Counter[tuple[str, str]] = Counter()
    known: set[str] = set()
    for entry in export.entries:
        step(entry.source)
        if entry.kind == "attachment":
            made = _attachment(entry, said.url, uploads)
            if isinstance(made, Asset):
                if made.source in copied:
                    made = Refusal(entry.source, "its file is that of another attachment")
                copied.add(getattr(made, "source", ""))
            yield made
        else:
            made = _entry(entry, site, slugs)
            if isinstance(made, Page):
                made = _identified(made, entry, known)
                terms.update(("category", one) for one in [made.fields.get("category")] if one)
                terms.update(("post_tag", one) for one in made.fields.get("tags", ()))
            yield made
    yield from topics(export, terms, next(iter(said.data["files"])))
    for name in names:
        if name not in copied:
            step(name)
            yield _other(name)
    if count := sum(sum(entry.comments.values()) for entry in export.entries):
        for file in sorted({entry.file for entry in export.entries if entry.comments}):
            own = sum(sum(one.comments.values()) for one in export.entries if one.file == file)
            command = f"python -m dialogue import wordpress {file}"
            why = f"the reply service takes them, when the site is built: {command}"
            yield Refusal(f"{file}#comments", f"{own:,} of {count:,} comments: {why}")


def _site(export: Export, said: Facts) -> Site:
    url = said.url
    files, shown, pictures = {}, {}, {}
    attached: dict[str, list[str]] = defaultdict(list)
    pages = {
        one.key: path for one in export.entries if (path := below(one.link, url)) and path != "/"
    }
    for one in export.entries:
        if one.kind != "attachment" or not one.attachment:
            continue
        own = below(one.attachment, url)
        where = f"/{_place(one.attachment, url)}" if own else one.attachment
        files[bare(one.attachment)] = where
        if path := below(one.link, url):
            shown[path.rstrip("/")] = where
        pages[one.key] = where
        alt = plain(one.meta.get("_wp_attachment_image_alt", ""))
        pictures[one.key] = Picture(where, alt, one.excerpt)
        attached[one.parent].append(one.key)
    shown.pop("", None)
    keys = {one.login: key_of(one) for one in export.authors}
    texts = Texts(
        Addresses(url, files, pages, shown),
        pictures,
        {key: tuple(each) for key, each in attached.items()},
        {one.key: one.text for one in export.entries if one.kind == "wp_block"},
    )
    terms = {(one.taxonomy, one.slug): one for one in export.terms}
    return Site(url, said.permalink, keys, terms, texts)


def _place(address: str, url: str) -> str:
    """The path of a file, below the old site or on the host that kept its files."""
    parts = split(address)
    return unquote(below(address, url) or (parts.path if parts else "")).strip("/")


def _identified(page: Page, entry: Entry, known: set[str]) -> Page:
    """The page; where another has its guid, which copies of posts have, it gets one of its own."""
    uid = page.fields.get("uid")
    if uid in known:
        note = Note(entry.line, "guid", f"another has it as well: {uid}", "guess")
        fields = {**page.fields, "uid": f"{uid}#{entry.key}"}
        return replace(page, fields=fields, notes=(*page.notes, note))
    if uid:
        known.add(uid)
    return page


def _attachment(entry: Entry, url: str, uploads: Mapping[str, str]) -> Item:
    where = _place(entry.attachment, url)
    if not where:
        return Refusal(entry.source, "an attachment without an address")
    found = _SHARED.search(f"/{where}")
    short = found[1] if found else f"uploads/{where}"
    if short in uploads:
        return Asset(uploads[short], where)
    return Refusal(f"{entry.source} {entry.attachment}", "its file is not beside the export")


def _other(name: str) -> Item:
    """A file of the folder: only uploads were public, lists and backups were not."""
    found = _SHARED.search(f"/{name}")
    return other(name, f"wp-content/{found[1]}") if found else Refusal(name, "it is no upload")


def _slugs(entries: Sequence[Entry]) -> dict[int, str]:
    """A name for the file of each entry, no two of a kind alike."""
    taken: dict[str, set[str]] = defaultdict(set)
    made: dict[int, str] = {}
    for entry in entries:
        slug = unquote(entry.slug) or slugify(plain(entry.title), SUBSTITUTIONS)
        name = file_name(slug, file_name(f"{entry.kind}-{entry.key}", "post"))
        made[id(entry)] = unique(name, taken[_folder(entry.kind)])
    return made


def _folder(kind: str) -> str:
    """Where texts of a type go: those of plugins are in no list and no feed of the blog either."""
    if kind in {"post", "page"}:
        return f"{kind}s"
    return f"pages/{re.sub('[^a-z0-9_-]', '', kind.lower()) or 'other'}"


def _entry(entry: Entry, site: Site, slugs: Mapping[int, str]) -> Item:
    if entry.status == "trash":
        return Refusal(entry.source, "it was in the trash")
    if entry.kind in _OF_WORDPRESS or entry.kind.startswith("wp_"):
        return Refusal(entry.source, _OF_WORDPRESS.get(entry.kind, "a template of the old theme"))
    if not entry.text.strip() and not entry.title and not entry.excerpt:
        return Refusal(entry.source, "it is empty")
    slug = slugs[id(entry)]
    fields, notes = fields_of(entry, site, slug)
    body, more = markdown(entry, site.texts)
    notes += more
    folder = _folder(entry.kind)
    if entry.kind not in {"post", "page"}:
        what = "it is a page now: in no list, and in no feed"
        notes.append(Note(entry.line, f"the post type {entry.kind}", what, "guess"))
    if "{{" in body or "{%" in body:
        fields["render_with_liquid"] = False
    return Page(entry.source, f"{folder}/{slug}.md", _plain(fields), body, tuple(notes))


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], None)}
