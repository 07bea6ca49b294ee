"""The events of the parser as our HTML: one handler for each kind of event."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from plugins.markup.convert import blocks, notes, raw, spans, tables
from plugins.markup.convert.page import Page
from plugins.markup.convert.parsing import Event, Parsed
from plugins.markup.convert.running import add_text, escaped
from plugins.markup.convert.shortnames import short_names
from plugins.markup.highlighting import Highlighter
from plugins.markup.settings import MarkupSettings

_Start = Callable[[Page, Any, Any], None]
_End = Callable[[Page, Any], None]


def _span(name: str) -> _Start:
    return lambda page, _, __: spans.open_span(page, name)


_STARTS: dict[str, _Start] = {
    "Paragraph": blocks.start_paragraph,
    "Heading": blocks.start_heading,
    "BlockQuote": blocks.start_quote,
    "CodeBlock": blocks.code,
    "HtmlBlock": raw.block,
    "List": blocks.start_list,
    "Item": blocks.start_item,
    "FootnoteDefinition": notes.start_note,
    "DefinitionList": blocks.start_definitions,
    "DefinitionListTitle": blocks.start_term,
    "DefinitionListDefinition": blocks.start_definition,
    "Table": tables.start_table,
    "TableHead": tables.start_head,
    "TableRow": tables.start_row,
    "TableCell": tables.start_cell,
    "Emphasis": _span("em"),
    "Strong": _span("strong"),
    "Strikethrough": _span("del"),
    "Link": spans.start_link,
    "Image": spans.image,
}
_ENDS: dict[str, _End] = {
    "Paragraph": blocks.end_paragraph,
    "Heading": blocks.end_heading,
    "BlockQuote": blocks.end_quote,
    "List": blocks.end_list,
    "Item": blocks.end_item,
    "FootnoteDefinition": notes.end_note,
    "DefinitionList": blocks.end_definition,
    "DefinitionListTitle": blocks.end_definition,
    "DefinitionListDefinition": blocks.end_definition,
    "Table": tables.end_table,
    "TableHead": tables.end_head,
    "TableRow": tables.end_row,
    "TableCell": tables.end_cell,
    "Emphasis": spans.close_span,
    "Strong": spans.close_span,
    "Strikethrough": spans.close_span,
    "Link": spans.end_link,
}
_OTHERS: dict[str, _Start] = {
    "Text": add_text,
    "Code": spans.code,
    "InlineHtml": raw.inline,
    "FootnoteReference": notes.reference,
    "TaskListMarker": blocks.task,
    "InlineMath": lambda page, said, span: spans.formula(page, said, span, apart=False),
    "DisplayMath": lambda page, said, span: spans.formula(page, said, span, apart=True),
}
# What may begin more than words.
_TRIGGERS = ("://", "www.", "@", "==", "{")


def write(parsed: Parsed, text: str, settings: MarkupSettings, highlighter: Highlighter) -> Page:
    """The page of a text, all of its pieces written but for headings, notes and boxes."""
    page = Page(parsed, settings, highlighter, handle=_nothing)
    page.main = page.out
    page.lists = "{" in text and any(sign in text for sign in ("{:", "{#", "{."))
    page.emoji = short_names(text) if settings.emoji else None
    page.short = _abbreviations(parsed)
    page.triggers = [sign for sign in _TRIGGERS if sign in text]
    if page.emoji is not None:
        page.triggers.append(":")
    page.rest = iter(parsed.events)
    handle = page.handle = _handler(page)
    triggers, plain = page.triggers, page.short is None
    for event, span in page.rest:
        # Half of all events are words alone, or the end of a line.
        if event == "SoftBreak":
            page.out.append("\n")
            continue
        if plain and (said := event.get("Text") if type(event) is dict else None) is not None:
            for sign in triggers:
                if sign in said:
                    break
            else:
                page.out.append(escaped(said))
                continue
        handle(event, span)
    # A page that knows its handler, which knows it, would have to be found by the collector.
    page.handle = _nothing
    return page


def _nothing(_: Event, __: Any) -> None:
    """Nothing comes after the last event."""


def _handler(page: Page) -> Callable[[Event, Any], None]:
    """What takes an event: there are hundreds in a text, most of them plain words."""

    def handle(event: Event, span: Any) -> None:
        if type(event) is str:
            _bare(page, event)
            return
        (kind,) = event
        value = event[kind]
        if kind == "Text":
            add_text(page, value, span)
        elif kind == "Start":
            if type(value) is dict:
                (kind,) = value
                _STARTS[kind](page, value[kind], span)
            else:
                _STARTS[value](page, None, span)
        elif kind == "End":
            _ENDS[value if type(value) is str else next(iter(value))](page, span)
        else:
            _OTHERS[kind](page, value, span)

    return handle


def _bare(page: Page, event: str) -> None:
    """The events without content: the ends of lines, and rules."""
    if event == "SoftBreak":
        page.out.append("\n")
    elif event == "HardBreak":
        page.out += ("<br>", "\n")
    else:
        blocks.rule(page)


def _abbreviations(parsed: Parsed) -> re.Pattern[str] | None:
    if not parsed.abbreviations:
        return None
    longest = sorted(parsed.abbreviations, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
