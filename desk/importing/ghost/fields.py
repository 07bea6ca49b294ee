"""The front matter of a post of Ghost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desk.importing import patterns
from desk.importing.ghost.addresses import Addresses
from desk.importing.ghost.export import Export, Row, moment, text
from desk.importing.model import Note

_NUMBER = 24  # hexadecimal digits of an id; before 1.0 it counted, and feeds had the uuid
_HELD = {"draft": "a draft", "sent": "sent by mail only"}
# Ghost touches every post when it is upgraded, some time after it was published.
_TOUCHED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Site:
    """What fields are made from."""

    export: Export
    users: Mapping[str, Row]
    addresses: Addresses
    permalink: str
    zone: ZoneInfo
    redirects: Mapping[str, tuple[str, ...]]


def is_page(post: Row) -> bool:
    """Whether it is a page; up to version 2 a number said so."""
    return post.get("type") == "page" or post.get("page") in (1, True)


def fields_of(post: Row, site: Site) -> tuple[dict[str, Any], list[Note]]:
    """The fields of a post or page, and what a person should look at."""
    notes: list[Note] = []
    key, slug = text(post, "id"), text(post, "slug")
    meta = site.export.meta.get(key, {})
    title = text(post, "title") or "(Untitled)"
    fields: dict[str, Any] = {"title": title}
    published = moment(post, "published_at")
    if published:
        fields["date"] = published
        updated = moment(post, "updated_at")
        if updated and updated > published + _TOUCHED and post.get("status") == "published":
            fields["modified"] = updated
    if people := _authors(post, key, site):
        fields["authors"] = people
    fields |= _tags(key, site, notes)
    fields |= _address(post, slug, published, people, site, notes)
    fields |= _about(post, meta, site, notes)
    if why := _held(post):
        fields["draft"] = True
        notes.append(Note(1, f"not published: it was {why}", title, "sure"))
    if post.get("featured") in (1, True):
        fields["featured"] = True
    if locale := text(post, "locale"):
        fields["lang"] = locale.replace("_", "-")
    if uid := key if len(key) == _NUMBER else text(post, "uuid"):
        fields["uid"] = uid
    return fields, notes


def _held(post: Row) -> str:
    status, visibility = text(post, "status"), text(post, "visibility") or "public"
    if status not in {"published", "scheduled"}:
        return _HELD.get(status, f"of the status {status}")
    return "" if visibility == "public" else f"for {visibility} members only"


def _authors(post: Row, key: str, site: Site) -> list[str]:
    keys = site.export.authors_of.get(key) or (text(post, "author_id"),)
    return [text(site.users[one], "slug", "name") for one in keys if one in site.users]


def _tags(key: str, site: Site, notes: list[Note]) -> dict[str, Any]:
    """Tags in their order; the first is the main one. Internal ones are for themes."""
    names: list[str] = []
    for one in site.export.tags_of.get(key, ()):
        tag = site.export.tags.get(one, {})
        name = text(tag, "name")
        if name.startswith("#") or tag.get("visibility") == "internal":
            notes.append(Note(1, "an internal tag was left out", name, "guess"))
        elif name:
            names.append(name.replace(",", " "))
    return {"category": names[0], "tags": names} if names else {}


def _address(
    post: Row,
    slug: str,
    published: datetime | None,
    people: list[str],
    site: Site,
    notes: list[Note],
) -> dict[str, Any]:
    words = {"slug": slug, "title": slug, "id": text(post, "id")}
    words |= {"author": people[0] if people else "", "primary_author": people[0] if people else ""}
    tags = [site.export.tags.get(one, {}) for one in site.export.tags_of.get(text(post, "id"), ())]
    words["primary_tag"] = next((text(one, "slug") for one in tags), "all")
    if published:
        local = published.astimezone(site.zone)
        words |= {
            "year": f"{local.year:04}",
            "month": f"{local.month:02}",
            "day": f"{local.day:02}",
        }
    elif not is_page(post) and ":year" in site.permalink:
        return {"slug": slug}
    try:
        path = patterns.address("/:slug/" if is_page(post) else site.permalink, words)
    except ValueError as error:
        notes.append(Note(1, "address", str(error)))
        return {"slug": slug}
    aliases = [one for one in site.redirects.get(path.rstrip("/"), ()) if one != path]
    notes += [Note(1, "a redirect is an alias", one, "sure") for one in aliases]
    return {"permalink": path, **({"aliases": aliases} if aliases else {})}


def _about(post: Row, meta: Row, site: Site, notes: list[Note]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    both = {**meta, **{name: value for name, value in post.items() if value not in (None, "")}}
    if summary := text(both, "custom_excerpt", "meta_description"):
        fields["summary"] = " ".join(summary.split())
    if image := text(both, "feature_image", "image", "og_image"):
        fields["image"] = site.addresses.new(image)
        if alt := text(both, "feature_image_alt"):
            fields["image_alt"] = alt
        if caption := text(both, "feature_image_caption"):
            fields["image_caption"] = caption
    canonical = text(both, "canonical_url")
    if canonical.startswith(("https://", "http://")) and site.addresses.path(canonical) is None:
        fields["original"] = canonical
    added = [text(both, name) for name in ("codeinjection_head", "codeinjection_foot")]
    notes += [
        Note(1, "code that was added to a page", " ".join(code.split())[:100], "lost")
        for code in added
        if code
    ]
    if (head := text(both, "meta_title")) and head != text(post, "title"):
        notes.append(Note(1, "another title for search engines", head, "lost"))
    return fields
