"""The shape of rendered bodies: headings below the page's own, figures, tables, notes, tasks.

Tree processors for python-markdown. What they make is HTML that needs no inline style, works
with the keyboard and says what it is to a screen reader. Raw HTML is never in the tree, so it
stays as the writers put it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from plugins.markup.passages import TAG
from plugins.markup.python.footnotes import shape_notes
from plugins.markup.settings import MarkupSettings

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TASK = re.compile(r"\[(?P<done>[ xX])\][ ]+(?P<text>.*?)(?P<rest>\n\{:?[^\n]*\}\s*)?", re.DOTALL)
_MARKS = re.compile("\x02[^\x02\x03]*+\x03")
_TAGS = re.compile(TAG)


class TaskProcessor(Treeprocessor):
    """``- [x] done`` as a disabled checkbox with its text as the label; runs before inlines."""

    def run(self, root: Element) -> None:
        """Find the task items of every list."""
        for parent in root.iter():
            if parent.tag in ("ul", "ol"):
                tasks = [self._label(item) for item in parent if item.tag == "li"]
                if any(tasks):
                    _add_class(parent, "task-list")

    def _label(self, item: Element) -> bool:
        """Make ``item`` a task if it is written as one."""
        holder = item[0] if len(item) and item[0].tag == "p" and not _said(item) else item
        task = _TASK.fullmatch(holder.text or "")
        if not task:
            return False
        _add_class(item, "task-list-item")
        label = Element("label")
        box = SubElement(label, "input", {"type": "checkbox", "disabled": "disabled"})
        if task["done"] != " ":
            box.set("checked", "checked")
        box.tail = f" {task['text']}"
        # An attribute list at the end belongs to the item, not to its label.
        label.tail = task["rest"] or ("\n" if len(holder) else None)
        holder.text = ""
        holder.insert(0, label)
        return True


class ShapeProcessor(Treeprocessor):
    """Headings, figures, tables, code and footnotes; runs after inlines and attribute lists."""

    def __init__(self, md: Markdown, settings: MarkupSettings) -> None:
        super().__init__(md)
        self._settings = settings
        self.unnamed: list[str] = []

    def run(self, root: Element) -> None:
        """Shape the whole tree in one walk, then the footnotes; list the images without a name."""
        self.unnamed = [image.get("src", "") for image in root.iter("img") if not _named(image)]
        self._lower_headings(root)
        heading = ""
        tables = 0
        for parent, child in _pairs(root):
            if child.tag in _HEADINGS:
                heading = self._text(child)
            elif child.tag == "p":
                _trim(child)
                _make_figure(child)
            elif child.tag == "pre" and parent.get("class") != "highlight":
                _wrap(parent, child, Element("div", {"class": "highlight"}))
                child.set("tabindex", "0")
            elif child.tag == "table":
                tables += 1
                self._scroll(parent, child, tables, heading)
            elif child.get("class") == "footnote" and child.tag == "div":
                shape_notes(root, child, self._settings)

    def _lower_headings(self, root: Element) -> None:
        """All one level down where the body has a level one: that is the page's own."""
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if any(heading.tag == "h1" for heading in headings):
            for heading in headings:
                heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"

    def _text(self, element: Element) -> str:
        """The plain text of an element whose raw HTML is still in the stash."""

        def stashed(found: re.Match[str]) -> str:
            return _TAGS.sub("", str(self.md.htmlStash.rawHtmlBlocks[int(found[1])]))

        said = HTML_PLACEHOLDER_RE.sub(stashed, "".join(element.itertext()))
        return " ".join(html.unescape(_MARKS.sub("", said)).split())

    def _scroll(self, parent: Element, table: Element, number: int, heading: str) -> None:
        """Let a table wider than the page scroll in its own box, by keyboard too."""
        label = f"{self._settings.table} {number}" + (f": {heading}" if heading else "")
        box = {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": label}
        _wrap(parent, table, Element("div", box))
        for cell in table.iter():
            if cell.tag == "th":
                cell.set("scope", "col")
            if aligned := cell.attrib.pop("align", ""):
                _add_class(cell, f"align-{aligned}")


def _pairs(root: Element) -> Iterator[tuple[Element, Element]]:
    """Every parent and child below ``root`` in reading order; the children may be wrapped."""
    stack = [(root, child) for child in reversed(root)]
    while stack:
        parent, child = stack.pop()
        stack.extend((child, grandchild) for grandchild in reversed(child))
        yield parent, child


def _trim(paragraph: Element) -> None:
    """Bare the placeholder of raw HTML: with white space around it a ``p`` would stay around it."""
    if not len(paragraph) and HTML_PLACEHOLDER_RE.fullmatch(_said(paragraph)):
        paragraph.text = _said(paragraph)


def _make_figure(paragraph: Element) -> None:
    """An image alone in its paragraph, with a title, as a figure with that caption."""
    if len(paragraph) != 1 or _said(paragraph) or (paragraph[0].tail or "").strip():
        return
    only = paragraph[0]
    image = only[0] if only.tag == "a" and len(only) == 1 and not _said(only) else only
    if image.tag != "img" or not image.get("title") or (image is not only and image.tail):
        return
    paragraph.tag = "figure"
    caption = SubElement(paragraph, "figcaption")
    caption.text = AtomicString(image.attrib.pop("title"))


def _named(image: Element) -> bool:
    """Whether an image has an alternative text, or is kept from those who would need it."""
    hidden = image.get("aria-hidden") == "true" or image.get("role") in ("presentation", "none")
    return hidden or bool((image.get("alt") or "").strip())


def _wrap(parent: Element, child: Element, box: Element) -> None:
    parent[list(parent).index(child)] = box
    box.append(child)
    box.tail, child.tail = child.tail, None


def _said(element: Element) -> str:
    return (element.text or "").strip()


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
