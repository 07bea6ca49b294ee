"""Markdown inside HTML, as PHP Markdown Extra has it: ``<div markdown="1">``.

The tag and its end become lines of their own, with blank lines around: what is between them is
Markdown then, for every reader of CommonMark. HTML that goes on indented below a blank line
would be code there; it stays HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.markup.convert import attributes
from plugins.markup.convert.closings import Closings
from plugins.markup.convert.lines import Line, apart, dedented, fences_of, indented, joined
from plugins.markup.passages import until
from plugins.markup.tags import attributes as attributes_of
from plugins.markup.tags import tags

_OPENING = re.compile(
    r"[ \t]*+<(?P<name>[a-zA-Z][\w-]*+)\b(?P<before>(?:[^<>\s]++|\s++(?!markdown[\s=>]))*+)"
    r"\s++markdown(?:\s*+=\s*+(?P<q>[\"']?)(?P<how>\w++)(?P=q))?(?P<after>(?:\s[^<>]*+)?)>",
    re.IGNORECASE,
)
_IN_LINE = frozenset(
    [
        "address",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "li",
        "p",
        "summary",
        "td",
        "th",
    ]
)
_BLOCK = re.compile(
    r" {0,3}<(?P<name>div|section|article|aside|table|ul|ol|dl|figure|form|nav|header|footer|main|center|details|fieldset|blockquote|video|audio|object|iframe|svg)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?<!\s)\s++markdown\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++)", re.IGNORECASE)
_CHILD = re.compile(
    r"<(?P<name>figcaption|p|h[1-6]|li|dt|dd|td|th|summary|legend|caption|div)\b(?P<given>[^<>]*)>"
    r"(?P<said>" + until(r"</(?P=name)\s*+>", r"<(?P=name)\b", "<") + r")</(?P=name)\s*+>",
    re.IGNORECASE,
)
_DEEPEST = 50


def with_markdown(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """The lines with every element that asks for Markdown opened up."""
    fences = fences_of(lines)
    closings = Closings(lines, fences)
    out: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        found = None if place in fences or "<" not in line.text else _OPENING.match(line.text)
        if found is None or (found["how"] or "1").lower() in ("0", "false") or depth > _DEEPEST:
            out.append(line)
            place += 1
            continue
        made, place = _opened(lines, place, found, closings, depth)
        out += apart(out, made)
    return out


def _opened(
    lines: Sequence[Line], place: int, found: re.Match[str], closings: Closings, depth: int
) -> tuple[list[Line], int]:
    """One element as lines, and where the text goes on."""
    first = lines[place]
    name = found["name"]
    bare = f"<{name}{found['before'].rstrip()}{found['after'].rstrip()}>"
    behind_tag = Line(first.text[found.end() :], first.number)
    end = closings.of(place, first.text.index("<"), name)
    indent = first.indent
    if end is None:
        opened = [Line(bare, first.number), Line("", first.number), *_dedent([behind_tag])]
        return indented(opened, indent), place + 1
    last = lines[end.place]
    if end.place == place:
        inside = [Line(first.text[found.end() : end.start], first.number)]
    else:
        head = Line(last.text[: end.start], last.number)
        inside = [behind_tag, *lines[place + 1 : end.place], head]
    how = (found["how"] or "1").lower()
    if how == "span" or (how != "block" and name.lower() in _IN_LINE):
        body = _in_line(bare, name, inside)
    else:
        content = with_markdown(_dedent(inside), depth + 1)
        body = [
            Line(bare, first.number),
            Line("", first.number),
            *content,
            Line("", last.number),
            Line(f"</{name}>", last.number),
        ]
    made = indented(body, indent)
    if after := last.text[end.end :].strip():
        more = with_markdown([Line(" " * indent + after, last.number)], depth + 1)
        made += [Line("", last.number), *more]
    return made, end.place + 1


def _dedent(lines: Sequence[Line]) -> list[Line]:
    """The lines without the indentation they share, and without blank ones around."""
    width = min((line.indent for line in lines[1:] if not line.is_blank), default=0)
    first = [Line(lines[0].text.strip(), lines[0].number)] if lines else []
    return [*first, *dedented(lines[1:], width)]


def _in_line(bare: str, name: str, inside: Sequence[Line]) -> list[Line]:
    """An element whose text is read as that of a line; so is that of the elements in it."""
    child = _CHILD.search(joined(inside))
    if child is None:
        return _as_paragraph(bare, name, inside)
    text, number = joined(inside), inside[0].number
    first, last = number + text.count("\n", 0, child.start()), inside[-1].number
    before, behind = text[: child.start()], text[child.end() :]
    none = f"<{attributes.NO_ELEMENT}>"
    opening = f"<{child['name']}{_ASKS.sub('', child['given'])}>"
    blank = Line("", first)
    made = [Line(bare, number), Line("", number)]
    if before.strip():
        made += [*_as_paragraph(none, attributes.NO_ELEMENT, _lines(before, number)), blank]
    made += [*_in_line(opening, child["name"], _lines(child["said"], first)), blank]
    if behind.strip():
        made += [*_as_paragraph(none, attributes.NO_ELEMENT, _lines(behind, first)), blank]
    return [*made, Line(f"</{name}>", last)]


def _lines(text: str, number: int) -> list[Line]:
    return [Line(line, number + n) for n, line in enumerate(text.split("\n"))]


def _as_paragraph(bare: str, name: str, inside: Sequence[Line]) -> list[Line]:
    """Inline content as a paragraph that becomes the element."""
    tag = next(tags(bare), None)
    given = " ".join(
        f'{key}="{attributes.escaped(value)}"'
        for key, value in (attributes_of(bare, tag) if tag else ())
    )
    said = [Line(line.text.strip(), line.number) for line in inside if not line.is_blank]
    number = inside[-1].number
    said = said or [Line("<!-- -->", number)]
    return [*said, Line(f"{{: {attributes.ELEMENT}={name} {given}}}", number)]


def undented(lines: Sequence[Line]) -> list[Line]:
    """The lines with HTML that goes on below a blank line, indented, at the margin."""
    fences = fences_of(lines)
    closings = Closings(lines, fences)
    out = list(lines)
    place = 0
    while place < len(lines):
        line = lines[place]
        found = None if place in fences else _BLOCK.match(line.text)
        if found is None:
            place += 1
            continue
        end = closings.of(place, line.text.index("<"), found["name"])
        if end is None:
            place += 1
            continue
        for inner in range(place + 1, end.place + 1):
            below_blank = lines[inner - 1].is_blank
            if (
                inner not in fences
                and below_blank
                and lines[inner].indent > 3
                and lines[inner].text.lstrip()[:1] == "<"
            ):
                out[inner] = Line(lines[inner].text.lstrip(), lines[inner].number)
        place = end.place + 1
    return out
