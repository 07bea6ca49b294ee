"""Published and built sites, as folders of feeds, for the tests of what subscribers see."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.catalogue.catalogue import Entry
from plugins.feeds.settings import FeedSettings
from tests.plugins.feed_examples import SETTINGS, feeds


def site(folder: Path, entries: Iterable[Entry], settings: FeedSettings = SETTINGS) -> Path:
    """Write every feed of a site with these posts below ``folder``; return it."""
    for path, data in feeds(entries, settings).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
