"""Text that stays text in Markdown: every mark that our Markdown reads gets its backslash."""

from __future__ import annotations

import re

_URL = re.compile(r"https?://[^\s<>\"'`*\[\]\\]++")
_MARKS = re.compile(
    r"[\\`*\[\]<|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=#?\w{1,32};)"
    r"|\{(?=[{%:#.<])"
    r"|=(?==)|\$(?=\$)|\^(?=\[)"
    r"|:(?=[a-z0-9_+-]{1,40}:)"
)
_LINE = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=_]{2,}+\s*+$|:|!!!|\?\?\?)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escape(text: str, opens: bool) -> str:
    """``text`` with its marks escaped; ``opens`` where it begins a line."""
    if opens:
        if found := _NUMBER.match(text):
            return f"{found[1]}\\{found[2]}{_within(text[found.end() :])}"
        if _LINE.match(text):
            return f"\\{text[0]}{_within(text[1:])}"
    return _within(text)


def _within(text: str) -> str:
    made: list[str] = []
    at = 0
    for found in _URL.finditer(text):
        made += [_MARKS.sub(r"\\\g<0>", text[at : found.start()]), found[0].replace("|", "%7C")]
        at = found.end()
    return "".join([*made, _MARKS.sub(r"\\\g<0>", text[at:])])


def target(address: str) -> str:
    """An address as a link in Markdown writes it."""
    bare = " ".join(address.split()).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"<{bare}>" if re.search(r"[\s()]", bare) or not bare else bare.replace("|", "%7C")


def title(text: str) -> str:
    """The title of a link, or nothing."""
    said = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f' "{said}"' if said else ""
