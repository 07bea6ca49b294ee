"""Footnotes: numbered as they are read, with ids that hold, and links that say where they lead."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteExtension

from plugins.markup.settings import MarkupSettings

_NOT_IN_ID = re.compile(r"[^\w.-]+")
_BACK = "footnote-backref"


class Footnotes(FootnoteExtension):
    """python-markdown's footnotes with valid, unique ids whatever the labels are."""

    def __init__(self) -> None:
        self._anchors: dict[str, str] = {}
        super().__init__(USE_DEFINITION_ORDER=False)

    def reset(self) -> None:
        """Forget the notes of the text before."""
        super().reset()
        self._anchors.clear()

    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802 - the library's names
        """Keep the text of a note; one without is taken for a note that is not there."""
        if text.strip():
            super().setFootnote(id, text)

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """All notes as an element; each has the link back that the library looks for."""
        notes = super().makeFootnotesDiv(root)
        for note in notes.iter("li") if notes is not None else ():
            if note.get("id", "").startswith("fn:") and not len(note):
                SubElement(SubElement(note, "p"), "a", {"class": _BACK, "href": "#"})
        return notes

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        """The id of the note labelled ``id``."""
        return super().makeFootnoteId(self._anchor(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        """The id of the place in the text that refers to the note labelled ``id``."""
        return super().makeFootnoteRefId(self._anchor(id), found)

    def _anchor(self, label: str) -> str:
        if label not in self._anchors:
            anchor = _NOT_IN_ID.sub("-", label)
            taken = set(self._anchors.values())
            self._anchors[label] = f"{anchor}-{len(taken)}" if anchor in taken else anchor
        return self._anchors[label]


def shape_notes(root: Element, notes: Element, settings: MarkupSettings) -> None:
    """Make ``notes``, the library's ``div`` in the tree ``root``, a section of endnotes.

    The roles are those of DPUB-ARIA 1.1 (https://www.w3.org/TR/dpub-aria-1.1/).
    """
    notes.tag = "section"
    notes.attrib = {
        "class": "footnote",
        "role": "doc-endnotes",
        "aria-label": settings.footnotes,
    }
    numbers: dict[str, int] = {}
    places = [place for place in root.iter("sup") if len(place) == 1]
    for number, place in enumerate(places):
        place[0].set("role", "doc-noteref")
        numbers.setdefault(place[0].get("href", ""), number)
    items = notes.find("ol")
    if items is not None:
        # In the order they are read; what nothing refers to comes last.
        items[:] = sorted(items, key=lambda note: numbers.get(f"#{note.get('id')}", len(places)))
        present = {f"#{place.get('id')}" for place in places}
        for number, note in enumerate(items, start=1):
            _ways_back(note, settings.back_to.format(number), present)


def _ways_back(note: Element, label: str, present: set[str]) -> None:
    """Say where each link back from ``note`` leads; one that leads nowhere is taken out."""
    times = 0
    for parent in list(note.iter()):
        for link in [child for child in parent if child.get("class") == _BACK]:
            if link.get("href") not in present:
                parent.remove(link)
                continue
            times += 1
            link.attrib.pop("title", None)
            link.set("role", "doc-backlink")
            link.set("aria-label", label if times == 1 else f"{label}-{times}")
