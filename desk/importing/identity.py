"""The identity of old posts in feeds, so that no reader takes them for new on moving day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from desk.errors import DeskError
from desk.feed_reading import read_feed
from desk.importing.model import Facts, Item, Page

ATOM, RSS = "/feeds/all.atom.xml", "/feeds/all.rss.xml"
_LARGEST = 50_000_000


def address_of(page: Page, said: Facts) -> str:
    """The whole address that a page had: its id in the feeds of Hugo and Zola."""
    return f"{said.url.rstrip('/')}{said.base}{page.fields['permalink']}"


def no_id(_page: Page, _said: Facts) -> str:
    """That of a source that has no feed of its own, or none that can be known."""
    return ""


def with_ids(
    items: Sequence[Item],
    said: Facts,
    entry_id: Callable[[Page, Facts], str],
    known: Mapping[str, str],
) -> list[Item]:
    """The items, each published post with the id that its entry had as its ``uid``.

    That is the one of ``known`` at its path, else the one that ``entry_id`` computes as the old
    generator did, which needs the address of the site.
    """
    return [_with_id(item, said, entry_id, known) if _is_post(item) else item for item in items]


def ids_in(feed: Path) -> dict[str, str]:
    """The ids of the entries in an old feed, by the paths of their links.

    Raises DeskError where the file cannot be read, or is no feed.
    """
    try:
        with feed.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise DeskError(f"{feed}: {error.strerror}; name a file of the old feed") from error
    if len(data) > _LARGEST:
        raise DeskError(f"{feed} is larger than {_LARGEST // 1_000_000} MB: this is no feed")
    return {entry.path: entry.id for entry in read_feed(data, str(feed)).entries if entry.id}


def _is_post(item: Item) -> bool:
    if not isinstance(item, Page) or item.target.startswith("pages/"):
        return False
    fields = item.fields
    hidden = fields.get("draft") or fields.get("published") is False or "uid" in fields
    return "permalink" in fields and not hidden and fields.get("status") != "draft"


def _with_id(
    page: Item, said: Facts, entry_id: Callable[[Page, Facts], str], known: Mapping[str, str]
) -> Item:
    if not isinstance(page, Page):
        return page
    path = urlsplit(address_of(page, said)).path.rstrip("/")
    found = known.get(path) or (entry_id(page, said) if said.url else "")
    return replace(page, fields={**page.fields, "uid": found}) if found else page
