"""The text of a Markdown source without its syntax: what a reader has to see of it.

One pass from left to right over the source, so that code is never read as markup. Lines keep
their number. Where a construct may be read in two ways, its words are not demanded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from plugins.markup.conservation.elements import Tag
from plugins.markup.conservation.shown import image_text, without_tags
from plugins.markup.conservation.signs import tokens
from plugins.markup.conservation.syntax import FORMULA, SYNTAX
from plugins.markup.diagrams import is_diagram
from plugins.markup.source import scan

_ADDRESS = re.compile(r"<?(?=[^<>`*\"'$\s]*?(?:[/#?@:]|\w\.\w))[^<>`*\"'$\s]++>?")
_LABEL = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)++)\]", re.DOTALL)
# In a text with a line break before it: lines are found by that, much quicker than by "^".
_DEFINED = re.compile(
    r"\n[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+\[((?:[^\[\]\\]|\\.)++)\]:", re.DOTALL
)
_WITH_ENTITY = re.compile(r"(?<!\S)(?=\S*?&#?\w+;)\S++")
# What hides text up to its end: where that never comes, each beginning is looked for in vain.
_HIDING = (
    *((rf"<(?={name}\b)", rf"</{name}\s*>") for name in ("script", "style", "iframe", "pre")),
    ("<(?=!--)", "-->"),
)
_FEW = 200
# Before what may be indented code, where references stay as they are typed.
_INDENTED = re.compile(r"[ \t>*+\-\d.)]{0,100}?(?: {4}|\t)")
_REST = re.compile(r"\S*+")
_LONGEST = 200
# Stands for a reference that may be read in two ways; no text can hold the character.
_UNSURE = "\x11"
_WITH_UNSURE = re.compile(rf"(?<!\S)[^\s{_UNSURE}]*+{_UNSURE}\S*+")


@dataclass(frozen=True, slots=True)
class Written:
    """What of a Markdown source is ``text``, line for line, and the HTML ``tags`` in it.

    ``free`` is what may or may not be seen.
    """

    text: str
    free: str
    tags: tuple[Tag, ...]


def written(text: str, page: str, *, formulas: bool = False) -> Written:
    """The Markdown ``text`` of the ``page`` without its syntax.

    ``formulas`` says that the page shows some as MathML, so that nobody reads their source.
    """
    if formulas:
        text = FORMULA.sub(lambda found: "\n" * found[0].count("\n"), text)
    if text.count("<") > _FEW:
        text = _tame(text)
    reading = _Reading(text, page)
    said = SYNTAX.sub(reading.said, f"\n{text}")[1:]
    if _UNSURE in said:
        said = _WITH_UNSURE.sub(" ", said)
    return Written(said, "\n".join(reading.free), tuple(reading.tags))


class _Reading:
    """Turns each piece of syntax into its text; ``free`` collects what need not be seen."""

    def __init__(self, text: str, page: str) -> None:
        self.free: list[str] = []
        self.tags: list[Tag] = []
        self._text, self._page = text, page
        self._meanings: dict[str, str] = {}

    def said(self, found: re.Match[str]) -> str:
        """The text of one piece, with as many line breaks."""
        piece, kind = found[0], found.lastgroup
        if kind in _NO_TEXT:
            self.free.append(piece)
            said = " "
        elif kind == "span" and "&" not in piece:
            return piece  # the most frequent of all, and its marks are no signs
        else:
            said = _KINDS[kind or ""](self, found)
        if "\n" in piece:
            return "\n" * (piece.count("\n") - said.count("\n")) + said
        return said

    def syntax(self, found: re.Match[str]) -> str:
        self.free.append(found[0])
        return " "

    def fenced(self, found: re.Match[str]) -> str:
        """Code; the words of a diagram are in its image, or in the page."""
        info, code = (
            found["info96"] or found["info126"] or "",
            found["fenced96"] or found["fenced126"] or "",
        )
        self.free.append(info)
        if is_diagram(info):
            self.free.append(code)
            return " "
        if "&" in code and self.tags and unescape(code) != code:
            code = self._either_way(code)  # within an element a fence is none
        return f"\n{code}"

    def span(self, found: re.Match[str]) -> str:
        """Code in running text; inside a block of HTML it is none, and its references are read."""
        code = found["span"]
        if "&" in code and unescape(code) != code:
            code = self._either_way(code)
        return f" {code} "

    def _either_way(self, said: str) -> str:
        """``said`` without the words whose references may be read, and may not be."""
        self.free += (said, unescape(said))
        return _WITH_ENTITY.sub(" ", said)

    def block(self, found: re.Match[str]) -> str:
        """What is not read as Markdown, and may have HTML in it."""
        said = without_tags(found[0])
        return f" {self._either_way(said) if _may_be_code(found) else unescape(said)} "

    def escaped(self, found: re.Match[str]) -> str:
        return found["escaped"]

    def definition(self, found: re.Match[str]) -> str:
        """Where a link leads. If no link does and it is more than an address, it is text.

        Of several with one label the first is meant, whatever the others say.
        """
        target = found["target"]
        if _ADDRESS.fullmatch(target) and found[0].rstrip().endswith(target):
            return self.syntax(found)
        label, meaning = _folded(found["label"]), _folded(found[0])
        is_meant = self._meanings.setdefault(label, meaning) == meaning
        # A label may stand where it is none, such as in indented code; a link has what it leads to.
        is_link = not target.isalnum() or f'="{target}"' in self._page
        if is_meant and is_link and self._used[label] > 0:
            return self.syntax(found)
        return self._as_text(found)

    def abbreviation(self, found: re.Match[str]) -> str:
        used = all(self._words[word] > 1 for word in tokens(found["abbreviation"]))
        return self.syntax(found) if used else self._as_text(found)

    def element(self, found: re.Match[str]) -> str:
        tag = found[0]
        self.free.append(tag)
        name = found["element_name"]
        # The text has a line break before it that the source has not.
        self.tags.append(Tag(name, tag[1] == "/", tag[-2] == "/", found.start() - 1))
        return "" if name in ("span", "wbr") else " "

    def image(self, found: re.Match[str]) -> str:
        said = image_text(found["image"])
        return self._either_way(said) if _may_be_code(found) else unescape(said)

    def entity(self, found: re.Match[str]) -> str:
        """A character, unless the line is code: then the word with it is not demanded."""
        if not _may_be_code(found):
            return unescape(found[0])
        text, start, end = found.string, found.start(), found.end()
        begin = max(text.rfind(space, max(0, start - _LONGEST), start) for space in " \t\n") + 1
        rest = _REST.match(text, end, end + _LONGEST)
        word = text[begin or start : rest.end() if rest else end]
        self.free += (word, unescape(word))
        return _UNSURE

    def reference(self, found: re.Match[str]) -> str:
        """A label behind a link's text; of several in a row the next may be the label of one."""
        said: list[str] = []
        is_label = True
        for label in _LABEL.findall(found["reference"]):
            defined = is_label and _folded(label) in self._defined
            (self.free if defined else said).append(label)
            is_label = not defined
        return f" {'] ['.join(said)} "

    def _as_text(self, found: re.Match[str]) -> str:
        """A line that is no definition: what is within it is read like any other text."""
        return SYNTAX.sub(_Reading(self._text, self._page).said, found[0].removeprefix("\n"))

    @cached_property
    def _used(self) -> Counter[str]:
        """How often each label stands outside blocks of code, but for its definitions."""
        code = scan(self._text).code
        lines = enumerate(self._text.split("\n"))
        prose = "\n".join(line for number, line in lines if number not in code)
        used = Counter(map(_folded, _LABEL.findall(prose)))
        used.subtract(map(_folded, _DEFINED.findall(f"\n{prose}")))
        return used

    @cached_property
    def _defined(self) -> frozenset[str]:
        return frozenset(map(_folded, _DEFINED.findall(f"\n{self._text}")))

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(tokens(self._text))


def _tame(text: str) -> str:
    """``text`` without the beginnings of what is never closed, which would cost their square."""
    for begin, end in _HIDING:
        last = max((found.end() for found in re.finditer(end, text, re.IGNORECASE)), default=0)
        text = text[:last] + re.sub(begin, "< ", text[last:], flags=re.IGNORECASE)
    return text


def _may_be_code(found: re.Match[str]) -> bool:
    """Whether what was found is in a line that is perhaps indented code."""
    text, start = found.string, found.start()
    return bool(_INDENTED.match(text, text.rfind("\n", 0, start) + 1, start))


def _folded(label: str) -> str:
    """Labels are compared without regard to case and white space (CommonMark, section 4.7)."""
    return " ".join(label.split()).casefold()


_NAMES = (
    "hidden remark replaced same note kind box underline contents begin closing link bang noted alert attributes "
    "marked emoji"
)
_NO_TEXT = frozenset(_NAMES.split())
_KINDS: dict[str, Callable[[_Reading, re.Match[str]], str]] = {
    "fenced96": _Reading.fenced,
    "fenced126": _Reading.fenced,
    "span": _Reading.span,
    "escaped": _Reading.escaped,
    "target": _Reading.definition,
    "meaning": _Reading.abbreviation,
    "block": _Reading.block,
    "element": _Reading.element,
    "image": _Reading.image,
    "entity": _Reading.entity,
    "reference": _Reading.reference,
}
