"""The lexers of Pygments, each of which compiles the rules that the code it reads needs.

Pygments compiles all rules of a lexer before its first token, hundreds of them for many languages,
and code in a post needs few: most are for what stands within rare constructs.
"""

from __future__ import annotations

from typing import Any

from pygments.lexer import Lexer, RegexLexer
from pygments.lexers import find_lexer_class_by_name


def lexer_of(language: str) -> Lexer:
    """A lexer for ``language``; raises :class:`pygments.util.ClassNotFound`."""
    kind: Any = find_lexer_class_by_name(language)
    if issubclass(kind, RegexLexer) and not hasattr(kind, "token_variants"):
        _compile_late(kind)
    return kind(stripnl=False)  # type: ignore[no-any-return]


def _compile_late(kind: Any) -> None:
    """Give a class of lexers what it would make when it is used first, its compiled rules."""
    if "_tokens" not in vars(kind):
        kind._all_tokens, kind._tmpname = {}, 0  # noqa: SLF001
        kind._tokens = _States(kind)  # noqa: SLF001


class _States(dict[str, Any]):
    """The compiled rules of each state of a lexer, from when the state is first asked for."""

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self._kind = kind
        self._definitions = kind.get_tokendefs()

    def __missing__(self, name: str) -> Any:
        return self._kind._process_state(self._definitions, self, name)  # noqa: SLF001
