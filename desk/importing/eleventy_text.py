"""Nunjucks and Liquid in the text of a page of Eleventy, written as Markdown.

Shortcodes and includes become Markdown here; values, conditions and loops are written as Liquid and
said by :mod:`desk.importing.liquid_text`, with the site's own data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desk.importing.liquid_text import Liquid
from desk.importing.mdx.components import component
from desk.importing.model import Note
from desk.importing.own_tags import meaning
from desk.importing.shortcodes import Call

_TAG = re.compile(
    r"\{%-?\s*+(?P<name>\w++)(?P<rest>[^%{]*+(?:(?:%(?!\})|\{(?!%))[^%{]*+)*+)%\}"
    r"|\{#(?P<comment>[^#{]*+(?:(?:#(?!\})|\{(?!#))[^#{]*+)*+)#\}"
    r"|\{\{-?(?P<value>[^{}]*+(?:(?:\}(?!\})|\{(?!\{))[^{}]*+)*+)\}\}"
)
_WORD = re.compile(
    r"(?:(?P<key>[\w-]++)\s*+[:=]\s*+)?(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'"
    r"|`(?P<tick>[^`]*+)`|(?P<bare>[^\s\"'`=:,{}()]++))"
)
_LIQUID = frozenset(
    [
        "if",
        "elsif",
        "else",
        "endif",
        "unless",
        "endunless",
        "for",
        "endfor",
        "case",
        "when",
        "endcase",
        "assign",
        "capture",
        "endcapture",
        "raw",
        "endraw",
        "comment",
        "endcomment",
        "break",
        "continue",
        "increment",
        "decrement",
        "tablerow",
        "endtablerow",
    ]
)
_FILTERED = re.compile(r"\|\s*+(?P<name>\w++)\((?P<said>[^()]*+)\)")
_INCLUDES = frozenset({"include", "render", "includerelative", "component", "partial"})
_SAFE = re.compile(r"\|\s*+(?:safe|markdown|md|dump|url)\b(?!\()")
_HELD = "\ue020{}\ue021"
_HELDS = re.compile("\ue020(\\d++)\ue021")


def convert(
    text: str, page: Mapping[str, Any], line: int, liquid: Liquid, table: Mapping[str, str]
) -> tuple[str, list[Note]]:
    """``text`` without templates, and notes; ``line`` is that of the file where it begins."""
    if "{%" not in text and "{{" not in text and "{#" not in text:
        return text, []
    reader = _Reader(text.replace("\ue020", ""), line, table)
    made, notes = liquid.convert(reader.read(), page, line)
    while _HELDS.search(made):
        made = _HELDS.sub(lambda found: reader.held[int(found[1])], made)
    return made, [*reader.notes, *notes]


def as_liquid(template: str) -> str:
    """A template of Nunjucks, such as a pattern of addresses, as Liquid."""
    return _Reader(template, 1, {}).read()


class _Reader:
    def __init__(self, text: str, line: int, table: Mapping[str, str]) -> None:
        self._text, self._line, self._table = text, line, table
        self.held: list[str] = []
        self.notes: list[Note] = []

    def read(self) -> str:
        tokens = list(_TAG.finditer(self._text))
        closing = {found["name"] for found in tokens if (found["name"] or "").startswith("end")}
        made: list[str] = []
        stack: list[tuple[re.Match[str], list[str]]] = []
        at, literal = 0, ""
        for found in tokens:
            out = stack[-1][1] if stack else made
            out.append(self._text[at : found.start()])
            at = found.end()
            name = found["name"] or ""
            if literal:
                out.append("{% endraw %}" if name == literal else found[0])
                literal = "" if name == literal else literal
            elif name in {"raw", "verbatim"}:
                out.append("{% raw %}")
                literal = f"end{name}"
            elif found["comment"] is not None:
                continue
            elif found["value"] is not None:
                out.append(self._value(found))
            elif name.startswith("end") and stack and f"end{stack[-1][0]['name']}" == name:
                begun, inner = stack.pop()
                (stack[-1][1] if stack else made).append(self._call(begun, "".join(inner)))
            elif (liquid := self._as_liquid(found, closing)) is not None:
                out.append(liquid)
            elif f"end{name}" in closing and len(stack) < 50:
                stack.append((found, []))
            else:
                out.append(self._call(found, None))
        tail = self._text[at:]
        while stack:  # never closed: it stands alone, and what follows it stays
            begun, inner = stack.pop()
            tail = self._call(begun, None) + "".join(inner) + tail
        return "".join(made) + tail

    def _value(self, found: re.Match[str]) -> str:
        """A value as Liquid writes it: filters without brackets, nothing made safe."""
        said = _SAFE.sub("", found["value"])
        said = _FILTERED.sub(lambda one: f"| {one['name']}: {one['said']}", said)
        said = said.rstrip("-")
        call = re.fullmatch(r"\s*+(?P<name>\w++)\((?P<rest>[^()]*+)\)\s*+", said)
        if call:
            return self._call(call, None, found)
        return f"{{{{{said}}}}}"

    def _as_liquid(self, found: re.Match[str], closing: set[str]) -> str | None:
        name, rest = found["name"], found["rest"].strip().rstrip("-").strip()
        if name == "set":
            if "=" not in rest:
                return f"{{% capture {rest} %}}"
            return f"{{% assign {_FILTERED.sub(lambda one: f'| {one[1]}: {one[2]}', rest)} %}}"
        if name in {"endset", "elif"}:
            return {"endset": "{% endcapture %}"}.get(name, f"{{% elsif {rest} %}}")
        if name == "highlight" and "endhighlight" in closing:
            words = rest.strip("\"'").split()
            return f"{{% highlight {words[0] if words else ''} %}}"
        if name in _LIQUID or name == "endhighlight":
            return found[0]
        return None

    def _call(
        self, found: re.Match[str], inner: str | None, whole: re.Match[str] | None = None
    ) -> str:
        name, rest = found["name"], found["rest"]
        words = list(_WORD.finditer(rest.strip().rstrip("-")))
        others = tuple(_said(one) for one in words if not one["key"])
        named = {one["key"]: _said(one) for one in words if one["key"]}
        kind = f"the shortcode {name.lower()}"
        if name in _INCLUDES and others:
            name = others[0].rpartition("/")[2].partition(".")[0]
            kind, others = f"include {name}", others[1:]
        call = Call(name.lower(), named, others, inner)
        said, sure = meaning(call, self._table, _own)
        shown = " ".join((whole or found)[0].split())
        if said is None:
            said = f"<!-- {shown.replace('--', '- -')} -->"
        line = self._line + self._text.count("\n", 0, (whole or found).start())
        self.notes.append(Note(line, kind, shown[:100], sure))
        self.held.append(said)
        return _HELD.format(len(self.held) - 1) if inner is None else said


def _own(call: Call) -> str | None:
    """What shortcodes with arguments by their place mean in most sites."""
    first = call.others[0] if call.others else ""
    if call.name in {"image", "img", "figure", "picture", "respimg", "photo"} and first:
        alt, caption = (*call.others[1:3], "", "")[:2]
        named = {"src": first, "alt": alt, "caption": caption if call.name == "figure" else ""}
        return component(Call("image", {**named, **call.named}, (), call.inner))
    if call.name in {"rendertemplate", "renderfile", "markdown", "md"}:
        return call.inner
    if call.name in {"link", "button"} and len(call.others) > 1:
        return f"[{call.others[1]}]({first})"
    names = {**({"id": first} if first and not call.named else {}), **call.named}
    if call.inner is not None and first:
        second = call.others[1] if len(call.others) > 1 else ""
        names = {"type": first, "title": second, "summary": first, **call.named}
    return component(Call(call.name.replace("_", ""), names, (), call.inner))


def _said(one: re.Match[str]) -> str:
    said = next((one[name] for name in ("double", "single", "tick", "bare") if one[name]), "")
    return re.sub(r"\\(.)", r"\1", said)
