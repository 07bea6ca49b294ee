"""Blocks as HTML: paragraphs, headings, quotes, lists, definitions, code and rules."""

from __future__ import annotations

import re
from typing import Any

from plugins.markup.convert import attributes, lists
from plugins.markup.convert.callouts import callout
from plugins.markup.convert.page import Page, Span, Title
from plugins.markup.convert.running import escaped
from plugins.markup.diagrams import DiagramError
from plugins.markup.highlighting import read_info
from plugins.markup.passages import SEED

_CONTENTS = re.compile(r"\[TOC\]|\[\[_?toc_?\]\]", re.IGNORECASE)
_SEED = re.compile(SEED)
_CLOSING = re.compile(rb"(?:[ \t>]*)(?:`{3,}|~{3,})[ \t]*\Z")
_DEEPEST = 200


def start_paragraph(page: Page, _: Any, span: Any) -> None:
    """A paragraph begins."""
    page.start = span["start"]
    page.enter("p")


def end_paragraph(page: Page, span: Any) -> None:
    """A paragraph ends: perhaps it is a figure, a list of contents, or attributes of another."""
    block = page.blocks[-1]
    empty = page.lists and lists.take_lines(page, block, span["end"])
    if page.label:
        page.end_label()
    page.leave(span["end"])
    if empty:
        return
    inside = page.out[block.place + 1 :]
    if "" in inside:
        inside = [piece for piece in inside if piece]
    if not inside:
        page.out[block.place] = ""
        return
    if inside[0][0] == "[" and len(inside) <= 6 and _CONTENTS.fullmatch("".join(inside)):
        del page.out[block.place :]
        page.contents.append((page.out, len(page.out)))
        page.out.append("\n")
        return
    image = page.image
    if image is not None and image.out is page.out and image.attributes.get("title"):
        linked = len(inside) == 3 and inside[0].startswith("<a") and inside[2] == "</a>"
        if image.place > block.place and (len(inside) == 1 or linked):
            _figure(page, block, image)
            return
    name = block.attributes.get(attributes.ELEMENT, "p")
    page.out.append("\n" if name == attributes.NO_ELEMENT else f"</{name}>\n")


def _figure(page: Page, block: Span, image: Span) -> None:
    """An image alone in its paragraph, with a title: a figure with that caption."""
    caption = escaped(image.attributes.pop("title"))
    image.add({})
    block.name = "figure"
    block.add({})
    page.out += ("<figcaption>", caption, "</figcaption></figure>\n")


def start_heading(page: Page, heading: Any, _span: Any) -> None:
    """A heading begins; its level is settled when all are known."""
    page.enter(heading["level"].lower())


def end_heading(page: Page, span: Any) -> None:
    """A heading ends."""
    lists.take_at_end(page, page.blocks[-1])
    block = page.leave(span["end"])
    page.titles.append(Title(int(block.name[1]), block, len(page.out)))
    page.out.append(f"</{block.name}>\n")


def start_quote(page: Page, _: Any, span: Any) -> None:
    """A quote begins, or a callout that is written as one."""
    _check_depth(page, span)
    if not callout(page, span):
        page.enter("blockquote").out.append("\n")


def end_quote(page: Page, span: Any) -> None:
    """A quote ends."""
    block = page.leave(span["end"])
    page.fresh_line()
    page.out.append(f"</{block.name}>\n")


def start_list(page: Page, first: int | None, span: Any) -> None:
    """A list begins; a number other than one is its first."""
    _check_depth(page, span)
    given = {"start": str(first)} if first not in (None, 1) else {}
    page.enter("ul" if first is None else "ol", given).out.append("\n")


def end_list(page: Page, span: Any) -> None:
    """A list ends; kramdown's ``{:toc}`` made a list of contents of it."""
    block = page.leave(span["end"])
    asked = block.attributes.pop("toc", None)
    if asked and _is_placeholder(page, block):
        del page.out[block.place :]
    else:
        block.add({})
        page.fresh_line()
        page.out.append(f"</{block.name}>\n")
    if asked:
        page.contents.append((page.out, len(page.out)))
        page.out.append("\n")


def _is_placeholder(page: Page, block: Span) -> bool:
    """Whether a list is one item that only holds the place, as kramdown asks for: all else is text."""
    inside = page.out[block.place + 1 :]
    said = "".join(piece for piece in inside if not piece.startswith("<")).strip()
    return len(inside) <= 6 and _SEED.fullmatch(said) is not None


def start_item(page: Page, _: Any, _span: Any) -> None:
    """An item begins."""
    page.enter("li")


def end_item(page: Page, span: Any) -> None:
    """An item ends, with the attributes that are written into it."""
    block = page.blocks[-1]
    if page.lists and page.out[-1][-1:] == "}":
        lists.take_lines(page, block, span["end"])
        lists.take_at_end(page, block)
    if page.lists:
        lists.take_at_start(page, block)
    if page.label:
        page.end_label()
    page.leave(span["end"])
    page.out.append("</li>\n")


def task(page: Page, done: bool, _: Any) -> None:
    """The box of a task; what follows in its line is its label."""
    item = next(block for block in reversed(page.blocks) if block.name == "li")
    item.add({"class": "task-list-item"})
    of = page.blocks[page.blocks.index(item) - 1]
    if "task-list" not in of.attributes.get("class", ""):
        of.add({"class": "task-list"})
    checked = "checked " if done else ""
    page.out.append(f'<label><input {checked}disabled type="checkbox"> ')
    page.label = True


def start_definitions(page: Page, _: Any, span: Any) -> None:
    """A list of definitions begins."""
    _check_depth(page, span)
    page.enter("dl").out.append("\n")


def start_term(page: Page, _: Any, _span: Any) -> None:
    """A term that is defined."""
    page.enter("dt")


def start_definition(page: Page, _: Any, _span: Any) -> None:
    """What a term means."""
    page.enter("dd")


def end_definition(page: Page, span: Any) -> None:
    """The end of a term, of its meaning, or of all."""
    lists.take_at_end(page, page.blocks[-1])
    block = page.leave(span["end"])
    page.out.append(f"</{block.name}>\n")


def code(page: Page, kind: Any, span: Any) -> None:
    """A block of code, from its start to its end."""
    said = []
    for event, _ in page.rest:
        if type(event) is dict and "Text" in event:
            said.append(event["Text"])
        else:
            break
    fenced = type(kind) is dict
    if fenced and not _closed(page, span):
        message = "a code block opens here and is never closed"
        hint = "close it with a line of its own that repeats the ``` or ~~~"
        page.problem(span["start"], message, hint, "unclosed-code")
    written = "".join(said).removesuffix("\n")
    info = kind["Fenced"] if fenced else ""
    name, _, made = _made(page, written, info, span).partition(' class="')
    shape, _, rest = made.partition('">')
    block = page.enter(name[1:], {"class": shape})
    block.suffix = rest if said else rest.replace(">\n</code>", "></code>")
    block.add({})
    if shape == "highlight":
        page.codes.append(written)
    if title := read_info(info).title:
        page.codes.append(title)
    elif page.out is page.main:
        page.code.add(block.place)
    page.leave(span["end"])
    page.out.append("\n")


def _made(page: Page, written: str, info: str, span: Any) -> str:
    """The code as HTML; a diagram that cannot be drawn stays code, and is a problem."""
    try:
        return page.highlighter.html(written, info)
    except DiagramError as error:
        page.problem(span["start"], str(error), error.hint, "diagram")
        return page.highlighter.code(written, info)


def _closed(page: Page, span: Any) -> bool:
    """Whether a fence has its end; a quote that ends closes what is quoted."""
    data = page.parsed.data
    written = data[span["start"] : span["end"]].rstrip()
    last = written[written.rfind(b"\n") + 1 :]
    quoted = b">" in data[data.rfind(b"\n", 0, span["start"]) + 1 : span["start"]]
    return quoted or (b"\n" in written and bool(_CLOSING.match(last)))


def rule(page: Page) -> None:
    """A line across the page."""
    page.enter("hr")
    page.leave(0)
    page.out.append("\n")


def _check_depth(page: Page, span: Any) -> None:
    """Name text that is nested deeper than anybody means, once."""
    if len(page.blocks) == _DEEPEST:
        message = "the text is nested too deeply to be shown"
        hint = "take out some of the indentation or quote marks"
        page.problem(span["start"], message, hint, "nesting")
