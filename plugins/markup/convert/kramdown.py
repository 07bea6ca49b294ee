"""What kramdown says on lines of its own: comments, raw HTML, options, and named attributes.

Also the definitions of abbreviations, which PHP Markdown Extra had first. Lines stay where they
are: what is taken out leaves its line breaks behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.markup.convert.lines import Line, code_of
from plugins.markup.passages import until

_EXTENSION = re.compile(
    r"\{::(?P<name>comment|nomarkdown|options)(?:[ \t][^{}\n]*)?(?P<itself>/)?\}"
    r"(?:(?P<said>" + until(r"\{:/(?P=name)?\}", r"\{::(?P=name)", "{") + r")\{:/(?P=name)?\})?"
)
_NAMED = re.compile(r" {0,3}\{:(?P<name>[A-Za-z][\w-]*):[ \t]++(?P<said>[^}\n]*+)\}[ \t]*+")
_SHORT = re.compile(r" {0,3}\*\[(?P<short>[^\]]++)\]:[ \t]*+(?P<long>\S(?:.*[^ \t\n])?)[ \t]*+")


def without_extensions(text: str) -> str:
    """``text`` without ``{::comment}`` and what it holds, and around the HTML of ``nomarkdown``."""

    def replaced(found: re.Match[str]) -> str:
        said = found["said"] or ""
        if found["name"] == "nomarkdown" and not found["itself"]:
            return said
        return "\n" * found[0].count("\n")

    return _EXTENSION.sub(replaced, text)


def definitions(lines: Sequence[Line]) -> tuple[list[Line], dict[str, str], dict[str, str]]:
    """The lines without definitions, the abbreviations, and the attribute lists with a name."""
    code = code_of(lines)
    short: dict[str, str] = {}
    named: dict[str, str] = {}
    out = []
    for place, line in enumerate(lines):
        found = None if place in code else _SHORT.fullmatch(line.text)
        if found:
            short[found["short"].strip()] = found["long"].strip("\"'")
        elif place not in code and (found := _NAMED.fullmatch(line.text)):
            named[found["name"]] = found["said"]
        out.append(Line("", line.number) if found else line)
    return out, short, named
