"""Boxes of other tools' Markdown as HTML around Markdown.

``!!! note "Title"`` and ``??? note`` of Material for MkDocs hold what is indented below them;
``:::note`` of Docusaurus, VitePress and Pandoc ends with a line of colons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plugins.markup.convert import attributes
from plugins.markup.convert.lines import Line, apart, code_of, dedented, indented

SIGNS = ("!!!", "???", ":::")
_BOX = re.compile(
    r"[ \t]*+(?P<sign>!!!|\?\?\?\+?)[ \t]*+(?P<kinds>[\w-]++(?:[ \t]++[\w-]++)*+)"
    r"(?:[ \t]++(?:\"(?P<title>.*)\"|'(?P<other>.*)'))?[ \t]*+(?P<list>\{[^{}]*+\})?[ \t]*+"
)
_FENCED = re.compile(
    r"[ \t]*+(?P<colons>:{3,}+)[ \t]*+(?P<kind>[A-Za-z][\w-]*+)?[ \t]*+(?:\[(?P<label>.*)\])?+[ \t]*+"
    r"(?P<list>\{[^{}]*+\})?[ \t]*+(?P<title>.*)"
)
_END = re.compile(r"[ \t]*:{3,}[ \t]*")
# What would be more than text at the beginning of a paragraph.
_SIGN = re.compile(r"[-+*>#=~|:]|\d+[.)]")
_DEEPEST = 50


def boxes(lines: Sequence[Line], titles: Mapping[str, str], depth: int = 0) -> list[Line]:
    """The lines with each box as HTML; ``titles`` are those of kinds without one of their own."""
    if depth > _DEEPEST:
        return list(lines)
    code = code_of(lines)
    ends = _ends(lines, code)
    out: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        found = None if place in code else _BOX.fullmatch(line.text)
        if found and not (found["title"] or found["other"] or _below(lines, place, line.indent)[0]):
            # Three exclamation marks and a word or two.
            found = None if found["kinds"].split()[0].lower() not in titles else found
        fenced = None if place in code or found else _FENCED.fullmatch(line.text)
        if found:
            inside, place = _below(lines, place, line.indent)
            box = _box(found, titles)
        elif fenced and (end := ends.get(place)):
            inside, place = lines[place + 1 : end], end + 1
            box = _fenced_box(fenced, titles)
        else:
            out.append(line)
            place += 1
            continue
        width = min((one.indent for one in inside if not one.is_blank), default=0)
        column = line.indent if fenced else min(width, line.indent + 4)
        body = boxes(dedented(inside, column), titles, depth + 1)
        out += apart(out, indented(_written(box, body, line.number), line.indent))
    return out


def _below(lines: Sequence[Line], place: int, indent: int) -> tuple[Sequence[Line], int]:
    """What is indented below a line, without blank lines at its end; and where it ends."""
    end = last = place + 1
    while end < len(lines) and (lines[end].is_blank or lines[end].indent > indent + 1):
        end += 1
        last = end if not lines[end - 1].is_blank else last
    return lines[place + 1 : last], last


def _ends(lines: Sequence[Line], code: frozenset[int]) -> dict[int, int]:
    """The line of colons that ends each box of colons, by the line that begins it."""
    open_at: list[int] = []
    ends = {}
    for place, line in enumerate(lines):
        if ":::" not in line.text or place in code:
            continue
        if not _END.fullmatch(line.text):
            if _FENCED.fullmatch(line.text):
                open_at.append(place)
        elif open_at:
            ends[open_at.pop()] = place
    return ends


class _Box(tuple[str, attributes.Attributes, str]):
    """Name and attributes of the element, and its title; without one if that is empty."""

    __slots__ = ()


def _box(found: re.Match[str], titles: Mapping[str, str]) -> _Box:
    kinds = found["kinds"].lower().split()
    title = found["title"] if found["title"] is not None else found["other"]
    if title is None:
        title = titles.get(kinds[0], kinds[0].capitalize())
    given = {"class": " ".join(("admonition", *kinds))}
    if found["sign"].endswith("+"):
        given["open"] = "open"
    return _Box((("details" if "?" in found["sign"] else "div"), given, title))


def _fenced_box(found: re.Match[str], titles: Mapping[str, str]) -> _Box:
    given = attributes.read(found["list"][1:-1]) if found["list"] else {}
    kind = (found["kind"] or "").lower()
    title = (
        found["label"] or found["title"].rstrip(":").rstrip().strip("\"'") or given.pop("title", "")
    )
    if kind == "details":
        return _Box(("details", given, title or titles.get(kind, "Details")))
    if not kind or (kind not in titles and not title):
        attributes.merge(given, {"class": kind} if kind else {})
        return _Box(("div", given, title))
    attributes.merge(given, {"class": f"admonition {kind}"})
    return _Box(("div", given, title or titles.get(kind, kind.capitalize())))


def _written(box: _Box, body: Sequence[Line], number: int) -> list[Line]:
    name, given, title = box
    made = [attributes.opening(name, given), ""]
    if title:
        text = f"\\{title}" if _SIGN.match(title) and not title[0].isdigit() else title
        element = f"{attributes.ELEMENT}=summary" if name == "details" else ".admonition-title"
        made += [text, f"{{: {element} }}", ""]
    last = body[-1].number if body else number
    return [
        *(Line(text, number) for text in made),
        *body,
        Line("", last),
        Line(f"</{name}>", last),
    ]
