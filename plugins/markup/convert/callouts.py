"""Callouts written as quotes: GitHub's alerts, and Obsidian's with titles and folds.

``> [!NOTE]``, ``> [!tip] A title``, ``> [!faq]- folded``, ``> [!faq]+ open``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plugins.markup.convert.page import Page

_FORM = re.compile(
    rb"(?:[ \t]*>)*[ \t]*\[!(?P<kind>[A-Za-z][\w -]*)\](?P<fold>[+-]?)(?=[ \t\r\n]|\Z)[ \t]*"
)
# Obsidian's other names of a kind.
_SAME = {
    **dict.fromkeys(("summary", "tldr"), "abstract"),
    **dict.fromkeys(("check", "done"), "success"),
    **dict.fromkeys(("help", "faq"), "question"),
    **dict.fromkeys(("fail", "missing"), "failure"),
    "cite": "quote",
}


def title_of(kind: str, page_titles: tuple[tuple[str, str], ...]) -> str:
    """What a kind of callout is called; one that nobody knows is its own title."""
    return dict(page_titles).get(kind, kind.replace("-", " ").capitalize())


def callout(page: Page, span: Any) -> bool:
    """Whether a quote with the marks of a callout begins; its first line is then read as its title."""
    found = _FORM.match(page.parsed.data, span["start"], span["end"])
    if not found:
        return False
    first, where = next(page.rest)
    if first != {"Start": "Paragraph"}:
        # Underlined, the marks are part of a heading.
        page.enter("blockquote").out.append("\n")
        page.handle(first, where)
        return True
    kind = re.sub(r"\s+", "-", found["kind"].decode().lower())
    kind = _SAME.get(kind, kind)
    fold = found["fold"]
    given = {"class": f"admonition {kind}"}
    if fold == b"+":
        given["open"] = "open"
    page.enter("details" if fold else "div", given).out.append("\n")
    has_more = _title(page, kind, found.end(), folded=bool(fold))
    if has_more:
        page.start = span["start"]
        page.enter("p")
    return True


def _title(page: Page, kind: str, end: int, *, folded: bool) -> bool:
    """Write the title: the rest of the first line, or the kind's own; whether a paragraph goes on."""
    element = "summary" if folded else "p"
    place = len(page.out)
    page.out.append("<summary>" if folded else '<p class="admonition-title">')
    page.held = []
    goes_on = False
    for event, span in _held(page):
        if event in ({"End": "Paragraph"}, "SoftBreak", "HardBreak"):
            goes_on = type(event) is str
            break
        if type(event) is dict and "Text" in event and span["start"] < end:
            left = "" if span["end"] <= end else event["Text"].lstrip("] \t+-")
            event = {"Text": left}  # noqa: PLW2901 - the marks before a title are no text
        if event != {"Text": ""}:
            page.handle(event, span)
    page.held = None
    if len(page.out) == place + 1:
        page.out.append(title_of(kind, page.settings.callouts))
    page.out.append(f"</{element}>\n")
    return goes_on


def _held(page: Page) -> Iterator[tuple[Any, Any]]:
    """The events in order, with those that were taken too early."""
    for item in page.rest:
        yield item
        while page.held:
            yield page.held.pop()
