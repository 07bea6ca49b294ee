"""One element after the other of a body, made fit for feeds: see :mod:`plugins.feeds.content`.

What a reader can show stays, with absolute addresses; what stands for something it cannot show is
replaced; what only our pages need is taken out.
"""

from __future__ import annotations

import re

from lxml import etree

from plugins.canonical.addresses import site_label
from plugins.feeds.addresses import absolute, absolute_image, absolute_srcset, watch_page
from plugins.feeds.elements import (
    ADDRESSES,
    ALIGNING,
    ASIDE,
    ASIDE_TITLE,
    ATTRIBUTES,
    DIAGRAM,
    EMBEDDING,
    FURNITURE,
    KEPT,
    NESTED_BY_MISTAKE,
    NEW_BLOCKS,
    OURS,
    VOID,
)

_ALIGNED = re.compile(r"\s*text-align:\s*(left|right|center)\s*;?\s*")
# The name of elements that are to be unwrapped: no element that is kept has it.
UNWRAP = "unwrap"


def settle(element: etree._Element, page: str) -> None:
    """Make one element fit; those that are to be unwrapped are only marked."""
    tag = element.tag
    if tag in NESTED_BY_MISTAKE and len(element) + bool(element.text):
        _close(element)
    if tag in EMBEDDING:
        _link_instead(element, page)
    elif tag == "input":
        _character_instead(element)
    elif tag in KEPT:
        if tag in NEW_BLOCKS:
            for paragraph in element.iterancestors("p"):
                paragraph.tag = "div"
        if element.attrib:
            _settle_attributes(element, page)
        if tag == "span" and not set(element.attrib) - {"class"}:
            element.tag = UNWRAP
        if not element.text and tag not in VOID:
            element.text = ""  # or XML would close it in its start tag, which HTML does not know


def _settle_attributes(element: etree._Element, page: str) -> None:
    tag = str(element.tag)
    kept = ATTRIBUTES[tag]
    for name, value in element.items():
        if name == "class" and (classes := OURS.intersection(value.split())):
            if classes & FURNITURE:
                _remove(element)
                return
            _restyle(element, classes)
            if DIAGRAM in classes:
                _link_to_drawing(element, page)
        if name in ADDRESSES:
            _set(element, name, _address(tag, name, value, page) if name in kept else None)
        elif name not in kept:
            del element.attrib[name]
            if name == "style" and (aligned := _ALIGNED.fullmatch(value)):
                element.set("align", aligned[1])
    if tag in ("audio", "video"):
        element.set("controls", "controls")
    elif tag == "img" and "src" not in element.attrib:
        _remove(element)


def _restyle(element: etree._Element, classes: frozenset[str]) -> None:
    """Say without a style sheet what our classes say with one."""
    for name in classes:
        if name in ALIGNING:
            element.set("align", ALIGNING[name])
        elif name == ASIDE:
            element.tag = "blockquote"
        elif name == ASIDE_TITLE:
            strong = etree.Element("strong")
            strong.text, element.text = element.text, ""
            strong.extend(list(element))
            element.append(strong)


def _link_to_drawing(figure: etree._Element, page: str) -> None:
    """Readers show no SVG that is in its address: link to the post, where the diagram is."""
    for image in figure.iter("img"):
        if image.get("src", "").startswith("data:image/svg"):
            name = image.get("alt", "")
            image.attrib.clear()
            image.tag, image.text = "a", name
            image.set("href", page)


def _address(tag: str, name: str, value: str, page: str) -> str | None:
    if name == "srcset":
        return absolute_srcset(value, page)
    if tag in ("a", "area") or name == "cite":
        return absolute(value, page)
    return absolute_image(value, page)


def _set(element: etree._Element, name: str, value: str | None) -> None:
    if value is None:
        del element.attrib[name]
    else:
        element.set(name, value)


def _link_instead(element: etree._Element, page: str) -> None:
    """Leave a link to what ``element`` embeds; an object's own fallback is better still."""
    fallback = any(child.tag != "param" for child in element) or (element.text or "").strip()
    target = absolute(element.get("src") or element.get("data") or "", page)
    name = element.get("title")
    if (element.tag == "object" and fallback) or not target or not target.startswith("http"):
        element.tag = UNWRAP
        element.attrib.clear()
        return
    tail, target = element.tail, watch_page(target)
    element.clear()
    element.tag, element.tail = "a", tail
    element.set("href", target)
    element.text = f"{name} ({site_label(target)})" if name else site_label(target)


def _character_instead(box: etree._Element) -> None:
    """A task list's box as a character; any other field of a form goes."""
    if box.get("type", "").lower() == "checkbox":
        mark = "☑ " if box.get("checked") is not None else "☐ "
        box.tail = mark + (box.tail or "").lstrip()
    _remove(box)


def _close(element: etree._Element) -> None:
    """Put behind ``element`` what the parser put into it."""
    parent = element.getparent()
    if parent is None:
        return
    children, text, tail = list(element), element.text, element.tail
    element.text, element.tail = None, text
    place = parent.index(element)
    for offset, child in enumerate(children, start=1):
        parent.insert(place + offset, child)
    last = children[-1] if children else element
    last.tail = (last.tail or "") + (tail or "") or None


def _remove(element: etree._Element) -> None:
    """Take ``element`` out; the text behind it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)
