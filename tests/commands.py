"""Finds the commands that a Markdown page tells its reader to type."""

from __future__ import annotations

import re

FENCE = re.compile(
    r"^(?P<tick>```+)(?P<lang>[^\s`]*)[^\n]*\n(?P<body>.*?)^(?P=tick)\s*$", re.MULTILINE | re.DOTALL
)
SHELLS = {"sh", "shell", "bash", "zsh"}
INLINE_MAKE = re.compile(r"`make ((?:[A-Z]+=\S+ )*[a-z-]+)[^`]*`")


def shell_commands(markdown: str) -> list[str]:
    """Return the commands of all fenced blocks in order, continued lines joined.

    In a ``console`` block they follow ``$ `` and the rest is output; in a ``sh`` block every line
    that is not a comment is one.
    """
    found = []
    for fence in FENCE.finditer(markdown):
        lines = fence["body"].replace("\\\n", " ").splitlines()
        if fence["lang"] == "console":
            found += [line[2:].strip() for line in lines if line.startswith("$ ")]
        elif fence["lang"] in SHELLS:
            found += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return found


def make_targets(markdown: str) -> set[str]:
    """Return each target that the page names, in a block or inline as `make target`."""
    inline = [f"make {words}" for words in INLINE_MAKE.findall(FENCE.sub("", markdown))]
    lines = [*shell_commands(markdown), *inline]
    calls = [part.split() for line in lines for part in re.split(r"&&|\|\|?|;", line)]
    return {
        word
        for call in calls
        if call[:1] == ["make"]
        for word in call[1:]
        if "=" not in word and not word.startswith("-")
    }
