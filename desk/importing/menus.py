"""The menu of an old site: what of it leads to a page that there is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from desk.importing.model import Facts, Item, Page

Entry = tuple[str, str]


def kept(items: Sequence[Item], said: Facts) -> tuple[list[Entry], list[Entry]]:
    """The entries that lead to an imported page, the front page or another site; and the others."""
    pages = {str(item.fields.get("permalink")) for item in items if isinstance(item, Page)}
    there = {"/", *pages}
    leading: list[Entry] = []
    lost: list[Entry] = []
    for name, where in said.menu:
        parts = urlsplit(where)
        if parts.netloc and parts.netloc != urlsplit(said.url).netloc:
            leading.append((name, where))
            continue
        path = f"/{parts.path.removeprefix(said.base).lstrip('/')}"
        found = next((one for one in (path, f"{path.rstrip('/')}/") if one in there), "")
        (leading if found else lost).append((name, found or where))
    return leading, lost
