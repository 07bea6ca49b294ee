"""Code as HTML whose tokens say by classes what they are, as Pygments' ``HtmlFormatter`` writes it.

That formatter can do much that is not wanted here, and asks for every token whether it is. This
one gives the same lines as ``HtmlFormatter(nowrap=True)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.token import _TokenType

from plugins.markup.lexing import Token, Tokenizer

_CHARACTERS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"},
)


class Colorist:
    """Colours code of any language; keeps what it learned about lexers and kinds of tokens."""

    def __init__(self) -> None:
        self._formatter = HtmlFormatter(nowrap=True)
        self._tokenizers: dict[Lexer, Tokenizer] = {}
        self._openings: dict[_TokenType, str] = {}

    def html(self, code: str, lexer: Lexer) -> str:
        """What ``highlight(code, lexer, HtmlFormatter(nowrap=True))`` gives."""
        if lexer not in self._tokenizers:
            self._tokenizers[lexer] = Tokenizer(lexer)
        return "".join(self._pieces(self._tokenizers[lexer].tokens(code)))

    def _pieces(self, tokens: Iterator[Token]) -> Iterator[str]:
        """The HTML: tokens of one kind share an element, and no element goes over a line's end."""
        last = ""
        in_line = False
        for kind, said in tokens:
            opening = self._openings.get(kind)
            if opening is None:
                opening = self._openings[kind] = self._opening(kind)
            escaped = said if said.isalnum() else said.translate(_CHARACTERS)
            *whole, rest = escaped.split("\n") if "\n" in escaped else (escaped,)
            for part in whole:
                if not in_line:
                    yield f"{opening}{part}{_end(opening)}\n" if part else "\n"
                elif part and opening != last:
                    yield f"{_end(last)}{opening}{part}{_end(opening)}\n"
                else:
                    yield f"{part}{_end(last)}\n"
                in_line = False
            if rest:
                if not in_line:
                    yield opening + rest
                else:
                    yield rest if opening == last else f"{_end(last)}{opening}{rest}"
                last, in_line = opening, True
        if in_line:
            yield f"{_end(last)}\n"

    def _opening(self, kind: _TokenType) -> str:
        """The start tag for one kind of tokens, as the formatter writes it; "" for plain text."""
        written = StringIO()
        self._formatter.format([(kind, "\0")], written)
        return written.getvalue().partition("\0")[0]


def _end(opening: str) -> str:
    return "</span>" if opening else ""
