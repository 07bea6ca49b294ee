"""Series markers in running text and in titles: ``Part 3 >>``, ``<< Part 1``, "Part 2 of 3".

Writers number the parts of a series by hand. What they typed is intent, not text: the marker is
taken out of the body and handed on as a value, and the series module decides what to show. Only
a line of its own at the very end or the very start of a body counts. A line that already holds a
working link is navigation the writer made, and stays as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plugins.markup.inline_text import plain
from plugins.markup.numerals import WORDS, whole_number
from plugins.markup.source import Source, scan
from plugins.post import Direction, Marker

_PART = r"(?:part|pt\.?|partie|parte|teil|deel)[ ]?"
# All of these words begin so.
_PARTS = ("part", "pt", "teil", "deel")
_NUM = rf"(?:\d{{1,3}}|[IVX]{{1,7}}|{'|'.join(WORDS)})(?![\w%]|\.\w)"
_RIGHT = r">{1,3}|[»›→⟶➜➔⇒►\u25b6]\ufe0f?|[-=]{1,2}>"
_LEFT = r"<{1,3}|[«‹←⟵⇐◄\u25c0]\ufe0f?|<[-=]{1,2}"
_ONWARDS = (
    r"(?:up[ ])?next(?:[ ](?:up|time|part))?|coming[ ](?:up|next)|(?:to[ ]be[ ])?continue[sd]?"
)
_BACKWARDS = r"prev(?:ious(?:ly)?)?|back"
_CELL = re.compile(
    rf"(?P<open>{_LEFT}|{_RIGHT})?[ ]?"
    rf"(?:(?:(?P<onwards>{_ONWARDS})|(?P<backwards>{_BACKWARDS})|read|see|go)"
    r"(?:[ ]?[:\u2013\u2014-]|[ ](?:in|to|with|on[ ]to|reading|at))?[ ])?"
    rf"{_PART}(?P<number>{_NUM})(?P<named>[ ]?[:\u2013\u2014-][ ]\S.{{0,60}}?)?\.?"
    rf"[ ]?(?P<close>{_LEFT}|{_RIGHT})?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"[ ]?[|·•/\u2013\u2014][ ]?|[ ](?={_PART}{_NUM})", re.IGNORECASE)

_LINK = re.compile(
    r"\]\((?!\s*+#?\s*+\))|\]\[[^\[\]]++\]|<a\b[^<>]*?href\s*+=\s*+[\"']?[^\"'#\s>]", re.I
)
_EMPTY_LINK = re.compile(r"\[([^\[\]]*+)\]\(\s*+#?\s*+\)")
_TAGS = re.compile(r"</?(?:a|p|div|center|strong|em|b|i|span|small|br|hr)\b[^<>]*>", re.I)
_ASIDE = re.compile(r"^ {0,3}(?:#{1,6}[ ]++|(?P<definition>\[[^\]]+\]:|<!--.*-->\s*$))")

_TOTAL = rf"(?:[ ]?(?:of|/|von|de|van)[ ]?(?P<total>{_NUM}))?"
_TITLES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<base>.*\S)[ ]?(?P<bracket>[(\[]){_PART}(?P<number>{_NUM}){_TOTAL}[)\]](?P<rest>.*)",
        rf"(?P<base>.*\S)[ ]?(?P<bracket>[(\[])(?P<number>{_NUM})[ ]of[ ](?P<total>{_NUM})[)\]]"
        r"(?P<rest>)",
        rf"(?P<base>.*?\S)(?:[ ]?[,:;|.\u2013\u2014]|[ ]-)[ ]?{_PART}(?P<number>{_NUM}){_TOTAL}"
        r"(?P<rest>\.?\Z|[ ]?[:,|\u2013\u2014-].*)",
        rf"(?P<base>){_PART}(?P<number>{_NUM}){_TOTAL}"
        r"(?P<rest>\Z|[ ]?[:.|\u2013\u2014][ ].*|[ ]-[ ].*)",
        rf"(?P<base>.*\w)[ ](?P<bare>{_PART})(?P<number>{_NUM}){_TOTAL}"
        r"(?P<rest>\Z|[ ]?:.*|[ ][\u2013\u2014-][ ].*)",
    )
)
# In small letters; no title of ASCII letters without one of these says what part it is.
_TITLE_WORDS = ("part", "pt", "teil", "deel", " of ")
_EDGES = " ,:;|.\u2013\u2014-"


@dataclass(frozen=True, slots=True)
class Lifted:
    """A body without its marker lines (now empty, so that line numbers stay), and the markers."""

    text: str
    markers: tuple[Marker, ...] = ()


def lift(text: str, first_line: int = 1) -> Lifted:
    """Take the marker lines at the end and at the start out of ``text``, a Markdown body.

    ``first_line`` is the line of the file where ``text`` begins. Markers come in order of lines.
    """
    written = text.split("\n")
    if not any(read_line(_first_said(order)) for order in (written, reversed(written))):
        return Lifted(text)
    source = scan(text)
    found: dict[int, tuple[Marker, ...]] = {}
    for order in (range(len(source.lines) - 1, -1, -1), range(len(source.lines))):
        for number in _content(source, order):
            markers = () if number in found else read_line(source.lines[number])
            if not markers:
                break
            found[number] = markers
    lines = ("" if n in found else line for n, line in enumerate(written))
    markers = tuple(
        replace(marker, line=first_line + number)
        for number in sorted(found)
        for marker in found[number]
    )
    return Lifted("\n".join(lines), markers) if found else Lifted(text)


def read_line(line: str) -> tuple[Marker, ...]:
    """The one or two markers that ``line`` consists of, or nothing if it says anything else."""
    if len(line) > 400 or "`" in line or not _may_name_a_part(line) or _LINK.search(line):
        return ()
    text = html.unescape(_TAGS.sub("", _EMPTY_LINK.sub(r"\1", line)))
    said = plain(_ASIDE.sub("", text, count=1)).strip("*_ ")
    if marker := _cell(said):
        return (marker,)
    for gap in _BETWEEN.finditer(said):
        before, after = _cell(said[: gap.start()]), _cell(said[gap.end() :])
        if before and after and before.direction != after.direction:
            return (before, after)
    return ()


def _may_name_a_part(line: str) -> bool:
    """Whether a word for a part is in ``line``, or perhaps in two pieces with marks between."""
    lower = line.lower()
    return any(word in lower for word in _PARTS) or any(mark in line for mark in "<&*_\\[")


def title_marker(title: str, line: int = 1) -> tuple[Marker | None, str]:
    """What ``title`` says about its own part, and the title without it.

    "Attention, Part 2 of 3", "Attention (Part II)", "Attention: Part Two" and "Part 2: Attention"
    all give part 2 and "Attention". Text after a part in the middle belongs to that part only and
    is left out: the rest is what the parts of one series have in common.
    """
    said = " ".join(title.split())
    if said.isascii() and not any(word in said.lower() for word in _TITLE_WORDS):
        return None, title
    for form in _TITLES:
        found = form.fullmatch(said)
        marker = _own_part(found, line) if found else None
        if found and marker:
            base, rest = found["base"].strip(_EDGES), found["rest"]
            joined = f"{base} {rest.strip()}" if rest[:1] == " " and rest[1:2].isalnum() else base
            return marker, joined or rest.strip(_EDGES)
    return None, title


def _content(source: Source, order: range) -> Iterator[int]:
    """The lines of ``order`` up to the first code: not blank, no comment, no link definition."""
    for number in order:
        line = source.lines[number]
        if _says_nothing(line):
            continue
        if number in source.code and not _aligned(source, number):
            return
        yield number


def _first_said(lines: Iterable[str]) -> str:
    """The first of ``lines`` that says something, as it is read; empty if none does."""
    for line in lines:
        if not line or line.isspace():
            continue
        read = line.rstrip("\r").expandtabs(4)
        if not _says_nothing(read):
            return read
    return ""


def _says_nothing(line: str) -> bool:
    """Whether a line is blank, a comment or a link definition."""
    said = line.strip()
    if not said or said[0] not in "[<":
        return not said
    aside = _ASIDE.match(line)
    return bool(aside and aside["definition"])


def _aligned(source: Source, number: int) -> bool:
    """Whether a line that reads as indented code is alone: then it was pushed to the right."""
    if any(fence.first <= number <= fence.last for fence in source.fences):
        return False
    neighbours = source.lines[max(number - 1, 0) : number + 2]
    return sum(1 for line in neighbours if line.strip()) == 1


def _cell(said: str) -> Marker | None:
    found = _CELL.fullmatch(said)
    number = whole_number(found["number"]) if found else None
    if not found or not number or (found["open"] and found["close"]):
        return None
    arrow = found["open"] or found["close"]
    ways: set[Direction] = set()
    if arrow:
        ways.add("next" if re.fullmatch(_RIGHT, arrow) else "previous")
    if found["onwards"]:
        ways.add("next")
    if found["backwards"]:
        ways.add("previous")
    # A name after the number ("Part 3: Pillars >>") is only a label when an arrow points at it.
    if len(ways) != 1 or (found["named"] and not arrow):
        return None
    return Marker(ways.pop(), number)


def _own_part(found: re.Match[str], line: int) -> Marker | None:
    groups = found.groupdict()
    if groups.get("bare") and not (found["number"].isdigit() or found["bare"][0].isupper()):
        return None
    if len(found["number"]) == 1 and found["number"].islower() and not groups.get("bracket"):
        return None
    number = whole_number(found["number"])
    total = whole_number(found["total"]) if found["total"] else None
    if not number or (total is not None and total < number):
        return None
    return Marker("this", number, total, line)
