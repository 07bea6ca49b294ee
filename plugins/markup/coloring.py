"""Code as HTML whose tokens say by classes what they are, as Pygments' ``HtmlFormatter`` writes it.

That formatter can do much that is not wanted here, and asks for every token whether it is. This
one gives the same lines as ``HtmlFormatter(nowrap=True)``.
"""

from __future__ import annotations

from io import StringIO

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.token import _TokenType

from plugins.markup.lexing import Tokenizer

_CHARACTERS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"},
)
# Most tokens are one of these.
_SINGLE = {chr(code): chr(code).translate(_CHARACTERS) for code in range(128)}
_END = "</span>"


class Colorist:
    """Colours code of any language; keeps what it learned about lexers and kinds of tokens."""

    def __init__(self) -> None:
        self._formatter = HtmlFormatter(nowrap=True)
        self._tokenizers: dict[Lexer, Tokenizer[str]] = {}
        self._openings: dict[_TokenType, str] = {}

    def html(self, code: str, lexer: Lexer) -> str:
        """What ``highlight(code, lexer, HtmlFormatter(nowrap=True))`` gives.

        Tokens of one kind in a row share an element, and no element goes over the end of a line.
        """
        if lexer not in self._tokenizers:
            self._tokenizers[lexer] = Tokenizer(lexer, self._opening_of)
        out: list[str] = []
        open_tag: str | None = None  # None: at the beginning of a line
        single = _SINGLE.get
        for opening, said in self._tokenizers[lexer].tokens(code):
            text = single(said)
            if text is None:
                text = said if said.isalnum() else said.translate(_CHARACTERS)
            if "\n" in text:
                *whole, text = text.split("\n")
                for part in whole:
                    out.append(_line_end(part, opening, open_tag))
                    open_tag = None
            if not text:
                continue
            if opening != open_tag:
                text = f"{_END}{opening}{text}" if open_tag else f"{opening}{text}"
                open_tag = opening
            out.append(text)
        if open_tag is not None:
            out.append(f"{_END if open_tag else ''}\n")
        return "".join(out)

    def _opening_of(self, kind: _TokenType) -> str:
        opening = self._openings.get(kind)
        if opening is None:
            opening = self._openings[kind] = self._opening(kind)
        return opening

    def _opening(self, kind: _TokenType) -> str:
        """The start tag for one kind of tokens, as the formatter writes it; "" for plain text."""
        written = StringIO()
        self._formatter.format([(kind, "\0")], written)
        return written.getvalue().partition("\0")[0]


def _line_end(part: str, opening: str, open_tag: str | None) -> str:
    """The last ``part`` of a line, where ``open_tag`` is what is open before it."""
    end = _END if opening else ""
    if open_tag is None:
        return f"{opening}{part}{end}\n" if part else "\n"
    before = _END if open_tag else ""
    if part and opening != open_tag:
        return f"{before}{opening}{part}{end}\n"
    return f"{part}{before}\n"
