"""Series as people number them in titles, written as ``series`` and ``part``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.importing.model import Item, Note, Page
from desk.joining import joined


def with_series(items: Sequence[Item]) -> list[Item]:
    """The items, where posts whose titles say that they are parts of one thing are joined.

    Posts that name a series already stay as they are.
    """
    made = list(items)
    titles = {
        place: str(item.fields.get("title") or "")
        for place, item in enumerate(items)
        if isinstance(item, Page) and "series" not in item.fields
    }
    for place, (name, number) in joined(titles).items():
        page = made[place]
        if isinstance(page, Page):
            fields = {**page.fields, "series": name, "part": number}
            note = Note(1, "series", f"joined as part {number} of {name!r}, as its title says")
            made[place] = replace(page, fields=fields, notes=(*page.notes, note))
    return made
