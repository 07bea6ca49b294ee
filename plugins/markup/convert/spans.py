"""What stands within a line: emphasis, code, links, images, formulas, and their attribute lists."""

from __future__ import annotations

from typing import Any

from plugins.markup.convert import attributes
from plugins.markup.convert.formulas import mathml
from plugins.markup.convert.page import Page, Span
from plugins.markup.links import is_local
from plugins.post import Link

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def open_span(page: Page, name: str) -> None:
    """An element within a line begins."""
    page.spans.append(Span(name, len(page.out), {}, page.out))
    page.nest += 1
    page.out.append(f"<{name}>")


def close_span(page: Page, span: Any) -> None:
    """The element that was opened last ends."""
    done = page.spans.pop()
    page.nest -= 1
    page.out.append(f"</{done.name}>")
    done.end = span["end"]
    page.span = done


def start_link(page: Page, link: Any, span: Any) -> None:
    """A link; one to this site is kept with its line."""
    target = link["dest_url"]
    if link["link_type"] == "Email":
        target = f"mailto:{target}"
    elif is_local(target):
        page.links.append(Link(target.strip(), "link", _line(page, link, span)))
    page.in_link += 1
    given = {"href": target}
    written = f'<a href="{attributes.escaped(target)}">'
    if link["title"]:
        given["title"] = link["title"]
        written = attributes.opening("a", given)
    page.spans.append(Span("a", len(page.out), given, page.out))
    page.nest += 1
    page.out.append(written)


def end_link(page: Page, span: Any) -> None:
    """The end of a link."""
    page.in_link -= 1
    close_span(page, span)


def image(page: Page, shown: Any, span: Any) -> None:
    """An image: all that is written between its brackets is its alternative text."""
    target = shown["dest_url"]
    alt = _alternative(page)
    line = page.line(span["start"])
    if is_local(target):
        page.links.append(Link(target.strip(), "image", _line(page, shown, span)))
    given = {"alt": alt, "src": target}
    if shown["title"]:
        given["title"] = shown["title"]
    written = Span("img", len(page.out), given, page.out, span["end"])
    page.out.append(attributes.opening("img", given))
    page.span = page.image = written
    if not alt.strip():
        page.bare_images.append((written, Link(target, "image", line)))


def _line(page: Page, link: Any, span: Any) -> int:
    """The line where the address is written: for a reference that of its definition."""
    if link["link_type"] in ("Reference", "Collapsed", "Shortcut"):
        return page.line(page.defined(link["id"], span["start"]))
    return page.line(span["end"] - 1)


def _alternative(page: Page) -> str:
    said = []
    depth = 1
    for event, _ in page.rest:
        if type(event) is dict:
            ((kind, value),) = event.items()
            if kind in ("Start", "End"):
                is_image = value == "Image" or (type(value) is dict and "Image" in value)
                depth += (1 if kind == "Start" else -1) if is_image else 0
                if not depth:
                    break
            elif kind in ("Text", "Code", "InlineMath", "DisplayMath"):
                said.append(value)
        else:
            said.append(" ")
    return "".join(said)


def code(page: Page, said: str, span: Any) -> None:
    """Code within a line."""
    # One piece: what is code is no text in which anything is looked for.
    shown = f"{said.translate(_ESCAPES)}</code>"
    page.span = Span("code", len(page.out), {}, page.out, span["end"], shown)
    page.out.append(f"<code>{shown}")
    page.codes.append(said)


def formula(page: Page, said: str, span: Any, *, apart: bool) -> None:
    """A formula; one that cannot be read is a problem with its line."""
    try:
        page.out.append(mathml(said, apart=apart and span["start"] not in page.parsed.inline))
    except ValueError as error:
        message = f"the formula {said.strip()[:60]!r} cannot be read ({error})"
        hint = "mend it, or put it into backticks to show it as typed"
        page.problem(span["start"], message, hint, "formula")


def take_list(page: Page, said: str) -> str:
    """``said`` without the attribute list it begins with, which is of the element before."""
    found = attributes.COLON.match(said) or attributes.BARE.match(said)
    if found is None or page.span is None:
        return said
    given = attributes.read(found["said"], page.parsed.lists)
    if "id" in given:
        page.ids.add(given["id"])
    page.span.add(given)
    return said[found.end() :]
