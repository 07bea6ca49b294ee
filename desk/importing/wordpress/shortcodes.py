"""Shortcodes of WordPress: found in the text, those of code left alone, nested ones read inside out.

https://codex.wordpress.org/Shortcode_API. ``[[name]]`` is shown as ``[name]``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from desk.importing.shortcodes import Call

_PLACE = re.compile(
    r"<!--|<(?P<code>pre|code|script|style|textarea)\b|</?[A-Za-z]|\[", re.IGNORECASE
)
_CALL = re.compile(
    r"\[(?P<shown>\[)?(?P<close>/)?(?P<name>[A-Za-z][\w-]*+)"
    r"(?P<rest>(?:\"[^\"\[\]]*+\"|'[^'\[\]]*+'|“[^”\[\]]*+”|[^\"'“\[\]/]|/(?!\]))*+)(?P<self>/)?\]"
)
_WORD = re.compile(
    r"(?:(?P<key>[\w-]++)\s*+=\s*+)?(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|[“”″](?P<curly>[^“”″]*+)[“”″]|(?P<bare>[^\s\"'“”″=]++))"
)
# Those whose text is code: nothing in it is read.
VERBATIM = frozenset(
    [
        "code",
        "sourcecode",
        "source",
        "highlight",
        "php",
        "css",
        "html",
        "js",
        "javascript",
        "python",
        "bash",
        "sql",
        "xml",
        "ruby",
        "java",
        "c",
        "cpp",
        "crayon",
        "pre",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shortcode stands: as it is written, and how many line ends are before it."""

    written: str
    line: int


# The HTML of a shortcode; None leaves it in the text as it is.
Told = Callable[[Call, Place], str | None]


@dataclass(slots=True)
class _Open:
    call: Call
    place: Place
    made: list[str] = field(default_factory=list)


def without_shortcodes(text: str, told: Told) -> str:
    """``text`` with its shortcodes as HTML, each as ``told`` says."""
    closing = {found["name"].lower() for found in _CALL.finditer(text) if found["close"]}
    ends = _Ends(text)
    stack: list[_Open] = []
    made: list[str] = []
    at = counted = lines = 0
    while found := _PLACE.search(text, at):
        out = stack[-1].made if stack else made
        out.append(text[at : found.start()])
        lines += text.count("\n", counted, found.start())
        counted = found.start()
        if found[0] != "[":
            at = ends.behind(found)
            out.append(text[found.start() : at])
            continue
        call = _CALL.match(text, found.start())
        if call is None:
            out.append("[")
            at = found.end()
            continue
        at = call.end()
        name = call["name"].lower()
        if call["shown"]:
            out.append(call[0][1:])
            at += text[at : at + 1] == "]"
        elif call["close"]:
            _close(stack, made, name, call[0], told)
        else:
            opened = _Open(_call(call), Place(call[0], lines))
            end = ends.of(f"[/{name}]", at) if name in VERBATIM and not call["self"] else -1
            if end >= 0:
                inner = html.unescape(text[at:end])
                at = end + len(name) + 3
                out.append(_said(opened, inner, told))
            elif name in closing and not call["self"]:
                stack.append(opened)
            else:
                out.append(_said(opened, None, told))
    (stack[-1].made if stack else made).append(text[at:])
    return "".join([*made, *_alone(stack, told)])


class _Ends:
    """Where things end; what does not end is looked for once, or many would take the square."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._low = text.lower() if len(text.lower()) == len(text) else text
        self._missing: set[str] = set()

    def of(self, mark: str, at: int) -> int:
        """Where ``mark`` is next, or -1."""
        if mark in self._missing:
            return -1
        end = self._low.find(mark, at)
        if end < 0:
            self._missing.add(mark)
        return end

    def behind(self, found: re.Match[str]) -> int:
        """The place behind the tag, the comment or the code that begins here."""
        code = found["code"]
        mark = "-->" if found[0] == "<!--" else f"</{code.lower()}" if code else ">"
        end = self.of(mark, found.end())
        return end + len(mark) if end >= 0 else found.end()


def _alone(stack: list[_Open], told: Told) -> list[str]:
    """Those that never end: each stands alone, and what follows it stays."""
    return [part for one in stack for part in (_said(one, None, told), *one.made)]


def _close(stack: list[_Open], made: list[str], name: str, written: str, told: Told) -> None:
    """The end of the innermost one of that name."""
    places = [
        place for place in range(-1, -min(len(stack), 20) - 1, -1) if stack[place].call.name == name
    ]
    if not places:
        (stack[-1].made if stack else made).append(written)
        return
    inside = stack[places[0] :]
    del stack[places[0] :]
    opened = inside[0]
    inner = "".join([*opened.made, *_alone(inside[1:], told)])
    (stack[-1].made if stack else made).append(_said(opened, inner, told))


def _said(opened: _Open, inner: str | None, told: Told) -> str:
    call = Call(opened.call.name, opened.call.named, opened.call.others, inner)
    said = told(call, opened.place)
    if said is not None:
        return said
    return opened.place.written if inner is None else f"{opened.place.written}{inner}[/{call.name}]"


def _call(found: re.Match[str]) -> Call:
    words = list(_WORD.finditer(found["rest"].replace("&quot;", '"').replace("&#8221;", '"')))
    named = {one["key"].lower(): _value(one) for one in words if one["key"]}
    others = tuple(_value(one) for one in words if not one["key"])
    rest = found["rest"]
    if rest.startswith("="):  # [youtube=https://...]
        others = (rest[1:].strip().strip("\"'"), *others[1:])
    return Call(found["name"].lower(), named, others)


def _value(one: re.Match[str]) -> str:
    values = (one[name] for name in ("double", "single", "curly", "bare"))
    return html.unescape(next((value for value in values if value), ""))
