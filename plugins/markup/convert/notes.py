"""Footnotes: numbered as they are read, with ids that hold, and links that say where they lead.

The roles are those of DPUB-ARIA 1.1 (https://www.w3.org/TR/dpub-aria-1.1/).
"""

from __future__ import annotations

import re
from typing import Any

from plugins.markup.convert.attributes import opening
from plugins.markup.convert.page import Page, Pieces

_NOT_IN_ID = re.compile(r"[^\w.-]+")
_HERE = re.compile(r"<p>///\s*Footnotes Go Here\s*///</p>", re.IGNORECASE)


def reference(page: Page, label: str, _span: Any) -> None:
    """A place in the text that refers to a note."""
    page.notes.references.append((label, page.out, len(page.out)))
    page.out.append("")


def start_note(page: Page, label: str, _: Any) -> None:
    """The text of a note begins: it is written apart."""
    page.end_label()
    page.notes.open.append((label, page.out))
    page.out = []


def end_note(page: Page, span: Any) -> None:
    """The text of a note ends; one without is a problem."""
    label, before = page.notes.open.pop()
    if not "".join(page.out).strip():
        message = f"the footnote [^{label}] has no text"
        hint = f"add a line '[^{label}]: text', or write \\[ to show it"
        page.problem(span["start"], message, hint, "footnote")
    if label in page.notes.texts:
        message = f"the footnote [^{label}] has a text already: this one would be lost"
        page.problem(span["start"], message, "give one of them another name", "footnote")
    page.notes.texts.setdefault(label, page.out)
    page.out = before


def write_notes(page: Page) -> str:
    """Number the references, and give the section of all notes; empty if there are none."""
    notes = page.notes
    if not notes.texts:
        return ""
    order = _order(page)
    anchors = _anchors(order)
    times: dict[str, int] = {}
    for label, out, place in _in_order(page, order):
        times[label] = time = times.get(label, 0) + 1
        ref = f"fnref{time if time > 1 else ''}:{anchors[label]}"
        link = opening(
            "a", {"class": "footnote-ref", "href": f"#fn:{anchors[label]}", "role": "doc-noteref"}
        )
        out[place] = f"{opening('sup', {'id': ref})}{link}{order.index(label) + 1}</a></sup>"
    section = {"class": "footnote", "role": "doc-endnotes", "aria-label": page.settings.footnotes}
    items = "".join(
        _item(page, label, anchors[label], number, times.get(label, 0))
        for number, label in enumerate(order, start=1)
    )
    return f"{opening('section', section)}\n<hr>\n<ol>\n{items}</ol>\n</section>\n"


def _order(page: Page) -> list[str]:
    """The labels as they are read, those of notes in notes behind; what nothing refers to is last."""
    order: dict[str, None] = {}
    in_notes: dict[int, list[str]] = {}
    for label, out, _ in page.notes.references:
        if out is page.main:
            order[label] = None
        else:
            in_notes.setdefault(id(out), []).append(label)
    queue = list(order)
    for label in queue:
        for more in in_notes.get(id(page.notes.texts.get(label)), ()):
            if more not in order:
                order[more] = None
                queue.append(more)
    return list(dict.fromkeys((*order, *page.notes.texts)))


def _in_order(page: Page, order: list[str]) -> list[tuple[str, Pieces, int]]:
    ranks = {id(page.notes.texts.get(label)): rank for rank, label in enumerate(order)}
    return sorted(page.notes.references, key=lambda one: ranks.get(id(one[1]), -1))


def _anchors(labels: list[str]) -> dict[str, str]:
    """An id for each label: valid and unique whatever it is."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for label in labels:
        anchor = _NOT_IN_ID.sub("-", label)
        anchor = f"{anchor}-{len(taken)}" if anchor in taken else anchor
        taken.add(anchor)
        anchors[label] = anchor
    return anchors


def _item(page: Page, label: str, anchor: str, number: int, times: int) -> str:
    """One note with the links back from it."""
    back = page.settings.back_to.format(number)
    ways = "".join(
        opening(
            "a",
            {
                "aria-label": back if time == 1 else f"{back}-{time}",
                "class": "footnote-backref",
                "href": f"#fnref{time if time > 1 else ''}:{anchor}",
                "role": "doc-backlink",
            },
        )
        + "&#8617;</a>"
        for time in range(1, times + 1)
    )
    text = "".join(page.notes.texts[label]).strip()
    if ways and text.endswith("</p>"):
        text = f"{text[:-4]}&#160;{ways}</p>"
    elif ways:
        text = f"{text}\n<p>{ways}</p>"
    return f"{opening('li', {'id': f'fn:{anchor}'})}\n{text}\n</li>\n"


def place_notes(html: str, section: str) -> str:
    """``html`` with the notes where the text asks for them, or at its end."""
    if section and "///" in html:
        placed, found = _HERE.subn(lambda _: section.rstrip("\n"), html, count=1)
        if found:
            return placed
    return f"{html.rstrip()}\n{section}" if section else html
