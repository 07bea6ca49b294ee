"""The front matter of an entry of WordPress."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup

from desk.importing import patterns
from desk.importing.model import Note
from desk.importing.wordpress.addresses import below
from desk.importing.wordpress.body import Texts
from desk.importing.wordpress.wxr import Entry, Named, Term

_SERIES = frozenset({"series", "post_series", "post-series", "publisher-series", "wp-series"})
_IGNORED = frozenset(
    {"post_format", "nav_menu", "author", "wp_theme", "post_translations", "language"}
)
_CANONICAL = ("_yoast_wpseo_canonical", "rank_math_canonical_url", "_aioseo_canonical_url")
_ABOUT = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description")
_PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_HELD = {"draft": "a draft", "pending": "waiting for review", "auto-draft": "a draft"}
_HELD["private"] = "private"
_MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Site:
    """What fields are made from: the pattern of addresses, if one is given, authors' keys, terms."""

    url: str
    permalink: str
    keys: Mapping[str, str]
    terms: Mapping[tuple[str, str], Term]
    texts: Texts


def fields_of(entry: Entry, site: Site, slug: str) -> tuple[dict[str, Any], list[Note]]:
    """The fields of a post or page, and what a person should look at."""
    notes: list[Note] = []
    fields: dict[str, Any] = {"title": _title(entry, slug, notes)}
    if (moment := date_of(entry)) is not None:
        fields["date"] = moment
    if (modified := _moment(entry.modified)) and moment and modified > _aware(moment):
        fields["modified"] = modified.replace(tzinfo=UTC)
    if people := _authors(entry, site):
        fields["authors"] = people
    fields |= _terms(entry, site, notes)
    fields |= _address(entry, site, slug, notes)
    fields |= _about(entry, site)
    if entry.status in _HELD or entry.password:
        fields["draft"] = True
        why = "protected by a password" if entry.password else _HELD[entry.status]
        notes.append(Note(entry.line, f"not published: it was {why}", fields["title"], "sure"))
    if entry.sticky:
        fields["featured"] = True
    if not entry.commentable:
        fields["replies"] = "closed"
    if entry.guid:
        fields["uid"] = entry.guid
    return fields, notes


def date_of(entry: Entry) -> datetime | None:
    """When it appeared: the local time with its distance from UTC, or, where that is not known, alone."""
    local, gmt = _moment(entry.date), _moment(entry.date_gmt)
    if local is None:
        return gmt.replace(tzinfo=UTC) if gmt else None
    if gmt is None:
        return local
    distance = timedelta(minutes=round((local - gmt).total_seconds() / 60))
    if abs(distance) > timedelta(hours=14):
        return gmt.replace(tzinfo=UTC)
    return local.replace(tzinfo=timezone(distance))


def _moment(text: str) -> datetime | None:
    """A date of WordPress; None for the zeros that it has for none."""
    try:
        found = datetime.strptime(text, _MOMENT)  # noqa: DTZ007  # the zone is added by who asks
    except ValueError:
        return None
    return found if found.year > 1 else None


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def plain(html: str) -> str:
    """The words of a line of HTML."""
    text = BeautifulSoup(html, "lxml").get_text() if "<" in html or "&" in html else html
    return " ".join(text.split())


def _title(entry: Entry, slug: str, notes: list[Note]) -> str:
    if title := plain(entry.title):
        if "<" in entry.title and title != entry.title:
            notes.append(Note(entry.line, "marks in a title were left out", entry.title, "guess"))
        return title
    made = slug.replace("-", " ").capitalize()
    notes.append(
        Note(entry.line, "title", f"there was none; made from its address: {made}", "guess")
    )
    return made


def _authors(entry: Entry, site: Site) -> list[str]:
    """The keys of those who wrote it: plugins for several name them as terms."""
    logins = [one.slug.removeprefix("cap-") for one in entry.terms if one.taxonomy == "author"] or [
        entry.creator
    ]
    return [site.keys.get(one, one) for one in logins if one]


def _terms(entry: Entry, site: Site, notes: list[Note]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    own = [one for one in entry.terms if one.taxonomy == "category" and one.slug != "uncategorized"]
    topics = _ordered(own, entry, site)
    tags = [one.name for one in entry.terms if one.taxonomy == "post_tag"]
    for one in entry.terms:
        if one.taxonomy in _SERIES:
            fields |= _part(one, entry, site)
        elif one.taxonomy == "language":
            fields["lang"] = one.slug.replace("_", "-")
        elif one.taxonomy == "post_translations":
            fields["translation"] = one.slug
        elif one.taxonomy not in _IGNORED | {"category", "post_tag"}:
            tags.append(one.name)
            notes.append(Note(entry.line, f"the taxonomy {one.taxonomy} became tags", one.name))
    if topics:
        fields["category"], *more = topics
        tags = [*more, *tags]
    seen: dict[str, str] = {}
    for tag in tags:
        if tag and tag != fields.get("category"):
            seen.setdefault(tag.casefold(), tag.replace(",", " "))
    if seen:
        fields["tags"] = list(seen.values())
    return fields


def _ordered(own: Sequence[Named], entry: Entry, site: Site) -> list[str]:
    """Names of the categories, the main one first, then the others and those above them."""
    primary = next((entry.meta[name] for name in _PRIMARY if entry.meta.get(name)), "")

    def rank(one: Named) -> tuple[bool, int]:
        term = site.terms.get(("category", one.slug))
        return (term is None or term.key != primary or not primary, -len(_above(one.slug, site)))

    ordered = sorted(own, key=rank)
    names = [one.name for one in ordered]
    for one in ordered:
        names += [term.name for term in _above(one.slug, site)]
    return list(dict.fromkeys(names))


def _above(slug: str, site: Site) -> list[Term]:
    """The categories above one, from near to far."""
    found: list[Term] = []
    term = site.terms.get(("category", slug))
    while term and term.parent and len(found) < 10:
        term = site.terms.get(("category", term.parent))
        if term:
            found.append(term)
    return found


def _part(one: Named, entry: Entry, site: Site) -> dict[str, Any]:
    term = site.terms.get((one.taxonomy, one.slug))
    names = ["_series_part", "series_order", "_series_order", "_wp_series_order"]
    if term:
        names.insert(0, f"_series_part_{term.key}")
    number = next((entry.meta[name] for name in names if entry.meta.get(name)), "")
    return {
        "series": one.name,
        **({"part": int(number)} if re.fullmatch(r"\d{1,4}", number) else {}),
    }


def _address(entry: Entry, site: Site, slug: str, notes: list[Note]) -> dict[str, Any]:
    path = below(entry.link, site.url)
    if entry.status not in {"publish", "future", "private"}:
        return {"slug": slug}
    if path is None or not path.strip("/"):
        path = _by_pattern(entry, site, slug)
        said = f"{entry.link} cannot be answered by a file: it is {path or 'its slug'} now"
        notes.append(Note(entry.line, "address", said, "guess"))
        if not path:
            return {"slug": slug}
    path = re.sub("/{2,}+", "/", unquote(path))
    old = [name for name in entry.meta.get("_wp_old_slug", "").split(",") if name]
    head = path.rstrip("/").rpartition("/")[0]
    end = "/" if path.endswith("/") else ""
    aliases = [f"{head}/{unquote(name)}{end}" for name in old]
    return {"permalink": path, **({"aliases": aliases} if aliases else {})}


def _by_pattern(entry: Entry, site: Site, slug: str) -> str:
    """The address by the pattern that was given, of a post that had a number; empty without one."""
    if not site.permalink or entry.kind != "post":
        return ""
    day = (entry.date or "0000-00-00")[:10].split("-")
    words = {"slug": slug, "title": slug, "postname": slug, "post_id": entry.key}
    words |= dict(zip(("year", "month", "day"), day, strict=False))
    try:
        return patterns.address(site.permalink, words)
    except ValueError:
        return ""


def _about(entry: Entry, site: Site) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    about = next((entry.meta[name] for name in _ABOUT if entry.meta.get(name)), "")
    if summary := plain(entry.excerpt) or ("" if "%%" in about else plain(about)):
        fields["summary"] = summary
    if picture := site.texts.pictures.get(entry.meta.get("_thumbnail_id", "")):
        fields["image"] = picture.src
        if picture.alt:
            fields["image_alt"] = picture.alt
        if caption := plain(picture.caption):
            fields["image_caption"] = caption
    canonical = next((entry.meta[name] for name in _CANONICAL if entry.meta.get(name)), "")
    if canonical.startswith(("https://", "http://")) and below(canonical, site.url) is None:
        fields["original"] = canonical
    enclosure = entry.meta.get("enclosure", "").split("\n")
    if len(enclosure) >= 3 and enclosure[2].strip().startswith("audio/"):
        fields["audio"] = site.texts.addresses.new(enclosure[0].strip())
    return fields
