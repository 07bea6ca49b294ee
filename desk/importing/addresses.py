"""The addresses of an old site that the new one does not answer, by its sitemap or its output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree

from desk.errors import DeskError
from desk.importing.model import Asset, Facts, Item, Page
from desk.importing.reading import files_below

_LARGEST = 50_000_000
_PAGES = frozenset({".html", ".htm"})
_LOCATION = "{*}loc"


def unanswered(items: Sequence[Item], said: Facts, old: Path) -> list[str]:
    """The paths of the old site ``old`` where the new one has neither a page, a file nor an alias.

    ``old`` is a sitemap (https://www.sitemaps.org/protocol.html), or the folder that the old generator
    wrote. Raises DeskError where it is neither.
    """
    there = {_plain(one) for one in ("/", *said.feeds, *_addresses(items))}
    asked = _of_folder(old) if old.is_dir() else _of_sitemap(old, said)
    return sorted({path for path in asked if _plain(path) not in there})


def summary(lost: Sequence[str]) -> Iterator[str]:
    """A line for each folder of addresses that do not answer, the largest first, at most five."""
    folders = Counter(path.strip("/").partition("/")[0] if "/" in path[1:] else "" for path in lost)
    first: dict[str, str] = {}
    for path in lost:
        first.setdefault(path.strip("/").partition("/")[0] if "/" in path[1:] else "", path)
    for folder, count in folders.most_common(5):
        where = f"/{folder}/" if folder else "/"
        yield f"  {count:,} x old address below {where} without an answer, first {first[folder]}"
    if rest := len(lost) - sum(count for _, count in folders.most_common(5)):
        yield f"  {rest:,} more old addresses without an answer: see import-report.json"


def _addresses(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Asset):
            yield f"/{item.target}"
        elif isinstance(item, Page):
            aliases = item.fields.get("aliases") or []
            yield str(item.fields.get("permalink") or "/")
            yield from map(str, [aliases] if isinstance(aliases, str) else aliases)


def _plain(path: str) -> str:
    """A path as it is compared: decoded, without the name of an index and a closing slash."""
    return re.sub(r"/(?:index\.html?)?$", "", unquote(path)) or "/"


def _of_folder(folder: Path) -> Iterator[str]:
    """The pages that an old generator wrote; what robots and other hosts read is none."""
    for name in files_below(folder):
        path = PurePosixPath(name)
        if path.suffix.lower() in _PAGES and path.stem != "404":
            yield f"/{path.parent}/".replace("/./", "/") if path.stem == "index" else f"/{name}"


def _of_sitemap(path: Path, said: Facts) -> Iterator[str]:
    try:
        if path.stat().st_size > _LARGEST:
            raise DeskError(f"{path} is larger than a sitemap may be")
        parser = etree.XMLParser(no_network=True, resolve_entities=False, recover=False)
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise DeskError(f"{path}: {error.strerror}; name a sitemap or a folder") from error
    except etree.XMLSyntaxError as error:
        raise DeskError(f"{path} is no sitemap: {error}") from error
    if not str(root.tag).endswith("}urlset"):
        raise DeskError(f"{path} lists no addresses; name the sitemap that does")
    base = f"{urlsplit(said.url).path.rstrip('/')}{said.base}"
    for location in root.iter(_LOCATION):
        found = urlsplit((location.text or "").strip()).path or "/"
        yield found.removeprefix(base) or "/"
