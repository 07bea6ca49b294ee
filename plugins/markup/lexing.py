"""The tokens of code, as Pygments finds them, in a fraction of the time.

At each place Pygments tries the rules of a state one after the other, fifty in a row for a name in
Python. Nearly all of them cannot match there because of the first character, and are not tried
here; the others are, in the same order. A lexer that has a loop of its own is asked itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from plugins.markup.beginnings import ASCII, beginnings

Token = tuple[_TokenType, str]
# As Pygments keeps them: the match method of the expression, what that finds, where it leads.
_Rules = list[tuple[Any, Any, Any]]
_ROOT = "root"


class Tokenizer:
    """Splits code into tokens with one lexer; keeps what it learned about the lexer's rules."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer: Any = lexer
        self._states: dict[str, _State] = {}
        self._is_usual = (
            isinstance(lexer, RegexLexer)
            and type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
            and type(lexer).get_tokens is Lexer.get_tokens
            and not lexer.filters
        )

    def tokens(self, code: str) -> Iterator[Token]:
        """What ``lexer.get_tokens(code)`` gives."""
        if not self._is_usual:
            return iter(self._lexer.get_tokens(code))
        # What settles line ends and tabs has no public name.
        return self._tokens(self._lexer._preprocess_lexer_input(code))  # noqa: SLF001

    def _tokens(self, text: str) -> Iterator[Token]:
        position = 0
        end = len(text)
        stack = [_ROOT]
        state = self._state(_ROOT)
        while True:
            char = text[position] if position < end else ""
            for rule in state.get(char) or state[""]:
                if found := rule[0](text, position):
                    break
            else:
                if not char:
                    return
                if char == "\n":
                    stack, state = [_ROOT], self._state(_ROOT)
                yield (Whitespace if char == "\n" else Error), char
                position += 1
                continue
            _, action, leads = rule
            if type(action) is _TokenType:
                yield action, found[0]
            elif action is not None:
                for _, kind, said in action(self._lexer, found):
                    yield kind, said
            position = found.end()
            if leads is not None:
                _follow(leads, stack)
                state = self._state(stack[-1])

    def _state(self, name: str) -> _State:
        state = self._states.get(name)
        if state is None:
            state = self._states[name] = _by_beginning(self._lexer._tokens[name])  # noqa: SLF001
        return state


# The rules to try by the character at the place; all of them, by "", where it is not listed.
_State = dict[str, _Rules]


def _by_beginning(rules: _Rules) -> _State:
    state: _State = {"": rules, **{char: [] for char in ASCII}}
    for rule in rules:
        for char in beginnings(rule[0].__self__):
            state[char].append(rule)
    return state


def _follow(leads: Any, stack: list[str]) -> None:
    """Change the ``stack`` of states as a rule says; one state always stays."""
    if isinstance(leads, int):
        del stack[1 if abs(leads) >= len(stack) else leads :]
        return
    for state in (leads,) if isinstance(leads, str) else leads:
        if state != "#pop":
            stack.append(stack[-1] if state == "#push" else state)
        elif len(stack) > 1:
            stack.pop()
