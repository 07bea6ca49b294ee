"""Shortcodes of Hugo and Zola, written as Markdown: plain, self-closing, paired and nested.

``{{< name a="b" >}}`` and ``{{% name %}}`` are Hugo's; ``{{ name(a="b") }}`` and
``{% name() %}...{% end %}`` are Zola's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.importing.embeds import address_of, picture
from desk.importing.model import Note, Sure

# None goes on over the beginning of another, or many that never end would take the square of their number.
HUGO = re.compile(
    r"\{\{(?P<mark>[<%])(?P<shown>/\*)?+\s*+(?P<close>/)?+\s*+(?P<name>[\w./-]{0,100}\w)"
    r"(?P<rest>(?:\"[^\"]*+\"|`[^`]*+`|[^\"`>%/{}]++|\{(?!\{)|[>%/](?!\}\}|[>%]\}\}|\*/))*+)"
    r"(?P<self>/)?+(?P<end>\*/)?+[>%]\}\}"
)
ZOLA = re.compile(
    r"\{(?P<mark>[{%])-?\s*+(?P<name>\w++)\((?P<rest>(?:\"[^\"]*+\"|'[^']*+'|`[^`]*+`|[^\"'`(){]++|\{(?![{%]))*+)\)\s*+-?[}%]\}"
    r"|\{%-?\s*+(?P<close>end)\s*+-?%\}"
)
_WORD = re.compile(
    r"(?:(?P<key>[\w-]++)\s*+=\s*+)?(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>[^']*+)'|`(?P<tick>[^`]*+)`|(?P<bare>[^\s\"'`=,]++))"
)
_BOXES = frozenset(
    [
        "notice",
        "note",
        "callout",
        "alert",
        "admonition",
        "hint",
        "tip",
        "warning",
        "info",
        "box",
        "important",
        "caution",
        "danger",
    ]
)
_TYPES = {"warning": "WARNING", "warn": "WARNING", "danger": "CAUTION", "error": "CAUTION"}
_TYPES |= {"caution": "CAUTION", "tip": "TIP", "success": "TIP", "important": "IMPORTANT"}
_THROUGH = frozenset(
    {"gallery", "rawhtml", "html", "md", "markdown", "center", "columns", "tabs", "div"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """A shortcode: its name, its named and its other arguments, and what it encloses, if it does."""

    name: str
    named: Mapping[str, str]
    others: tuple[str, ...]
    inner: str | None = None

    def get(self, *names: str) -> str:
        """The first of these arguments that is given; empty if none is."""
        return next((self.named[name] for name in names if self.named.get(name)), "")


# What a site makes of a call that this module does not know: Markdown, or None.
Own = Callable[[Call], str | None]


@dataclass(slots=True)
class _Open:
    found: re.Match[str]
    made: list[str]


def convert(text: str, line: int, own: Own, form: re.Pattern[str] = HUGO) -> tuple[str, list[Note]]:
    """``text`` without shortcodes, and notes; ``line`` is that of the file where it begins."""
    closing = {found["name"] for found in form.finditer(text) if found["close"]}
    stack: list[_Open] = []
    made: list[str] = []
    notes: list[Note] = []
    at = 0
    for found in form.finditer(text):
        out = stack[-1].made if stack else made
        out.append(text[at : found.start()])
        at = found.end()
        paired = found["mark"] == "%" if form is ZOLA else found["name"] in closing
        if form is HUGO and found["shown"]:
            out.append(found[0].replace("/*", "", 1).replace("*/", "", 1))
        elif found["close"]:
            if stack:
                opened = stack.pop()
                said = _said(opened.found, "".join(opened.made), line, text, own, notes)
                (stack[-1].made if stack else made).append(said)
        elif paired and not (form is HUGO and found["self"]):
            stack.append(_Open(found, []))
        else:
            out.append(_said(found, None, line, text, own, notes))
    rest = text[at:]
    while stack:  # never closed: it stands alone, and what follows it stays
        opened = stack.pop()
        rest = _said(opened.found, None, line, text, own, notes) + "".join(opened.made) + rest
    return "".join(made) + rest, notes


def _said(
    found: re.Match[str], inner: str | None, line: int, text: str, own: Own, notes: list[Note]
) -> str:
    words = list(_WORD.finditer(found["rest"] or ""))
    named = {one["key"]: _value(one) for one in words if one["key"]}
    call = Call(
        found["name"].lower(), named, tuple(_value(one) for one in words if not one["key"]), inner
    )
    number = line + text.count("\n", 0, found.start())
    said = own(call)
    said = known(call) if said is None else said
    sure: Sure = "sure"
    if said is None:
        sure = "lost" if inner is None else "guess"
        shown = found[0].replace("--", "- -")
        said = inner if inner is not None else _comment(shown, text, found)
    kind = f"the shortcode {call.name}"
    notes.append(Note(number, kind, " ".join(found[0].split())[:100], sure))
    return said


def _comment(shown: str, text: str, found: re.Match[str]) -> str:
    before = text[max(found.start() - 2, 0) : found.start()]
    row = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip().startswith("|")
    return "" if row or before.endswith(('"', "'", "](", "/", "=")) else f"<!-- {shown} -->"


def _value(one: re.Match[str]) -> str:
    return next(
        (
            one[name].replace('\\"', '"')
            for name in ("double", "single", "tick", "bare")
            if one[name]
        ),
        "",
    )


def known(call: Call) -> str | None:
    """The Markdown of a call by its name, as most sites mean it; None for other names."""
    first = call.others[0] if call.others else ""
    given = call.get("id", "url") or first
    if call.name in {"tweet", "x", "twitter", "twitter_simple"} and call.get("user"):
        return address_of("tweet", call.get("id"), call.get("user"))
    if call.name == "gist" and len(call.others) > 1:
        return address_of("gist", "/".join(call.others[:2]))
    if given and (url := address_of(call.name, given)):
        return url
    if call.name in {"figure", "img", "image", "imgproc"} and (src := call.get("src") or first):
        return picture(src, call.get("alt"), call.get("caption", "title"))
    if call.name in {"video", "audio"} and (src := call.get("src", "mp4") or first):
        media = f'<{call.name} controls src="{src}"></{call.name}>'
        under = call.get("caption")
        return f"{media}\n\n{under}" if under else media
    return _enclosing(call, first)


def _enclosing(call: Call, first: str) -> str | None:
    if call.inner is None:
        return None
    inner = call.inner.strip("\n")
    if call.name == "highlight":
        return f"```{first}\n{inner}\n```"
    if call.name in _BOXES:
        kind = call.get("type", "level", "color") or first or call.name
        lines = [f"> [!{_TYPES.get(kind.lower(), 'NOTE')}]{_title(call)}", *inner.split("\n")]
        return "\n".join([lines[0], *(f"> {line.strip()}".rstrip() for line in lines[1:])])
    if call.name in {"details", "expand", "spoiler"}:
        summary = call.get("summary", "title") or first or "Details"
        return f"<details>\n<summary>{summary}</summary>\n\n{inner}\n\n</details>"
    if call.name in _THROUGH:
        under = call.get("caption")
        return f"\n{inner}\n\n{under}" if under else f"\n{inner}\n"
    return None


def _title(call: Call) -> str:
    title = call.get("title")
    return f" {title}" if title else ""
