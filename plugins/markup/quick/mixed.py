"""The usual paragraphs of a text that is unusual elsewhere: done quickly, and the rest is not.

Of such a text the converter gets what it alone can read. Everything else is put into its stash
for raw HTML, as code blocks are, and leaves a placeholder behind in a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown.preprocessors import Preprocessor

from plugins.markup.quick.blocks import pieces
from plugins.markup.quick.inline import IntricateError

# Abbreviations are replaced in all paragraphs, one may say where the footnotes go, and one above
# a definition is its term, with nothing or something that vanishes between them.
_CONCERNS_ALL = ("*[", "///", "\n:", "\n :", "\n  :", "\n   :")
# What may stand in a block without a meaning for those below it. All else in angle brackets may
# begin raw HTML that goes on, over any number of blank lines.
_COMMENT = re.compile(r"<!-- [^<>\n-]*+(?:-[^<>\n-]++)*+-->")
_HARMLESS = re.compile(
    r"</?(?:a|b|br|code|del|em|i|ins|kbd|mark|small|span|strong|sub|sup|u)"
    r"(?: (?!markdown)[a-z-]++=\"[^\"<>\n]*+\")*+ ?/?>"
    r"|(?<=`)</?[a-zA-Z][\w-]*+>(?=`)"
    r"|<(?=[ \d=-])"
)


class QuickPreprocessor(Preprocessor):
    """Puts the HTML of usual paragraphs, figures, quotes and rules into the stash."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with each of those as one placeholder."""
        text = "\n".join(lines)
        if any(sign in text for sign in _CONCERNS_ALL):
            return lines
        out: list[str] = []
        blocks = list(_blocks(lines))
        for number, block in enumerate(blocks):
            if _may_go_on(block):
                return out + [line for rest in blocks[number:] for line in rest]
            made = _quickly(block)
            out += block if made is None else [self.md.htmlStash.store(made)]
        return out


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of blank lines, and of lines that are not blank."""
    run: list[str] = []
    for line in lines:
        if run and bool(run[0]) != bool(line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _may_go_on(block: Sequence[str]) -> bool:
    """Whether raw HTML may begin in ``block``."""
    text = "\n".join(block)
    if "<" not in text or _COMMENT.fullmatch(text):
        return False
    return "<" in _HARMLESS.sub("", text)


def _quickly(block: Sequence[str]) -> str | None:
    if not block[0]:
        return None
    try:
        first, *others = pieces("\n".join(block))
    except IntricateError:
        return None
    return first.html if first.kind == "text" and not others else None
