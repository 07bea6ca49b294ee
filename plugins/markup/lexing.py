"""The tokens of code, as Pygments finds them, in a fraction of the time.

At each place Pygments tries the rules of a state one after the other, fifty in a row for a name in
Python. Nearly all of them cannot match there because of the first character, and are not tried
here once a language is seen often; the others are, in the same order. A lexer that has a loop of
its own is asked itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from plugins.markup.beginnings import ASCII, beginnings

# What a kind of tokens is called by whoever asked.
Name = TypeVar("Name")
# One of the lexer's rules: what finds the next token, the name of its kind, or what makes several
# tokens of it, and where it leads.
_Rule = tuple[Callable[[str, int], Any], Name | None, Any, Any]
# The rules to try by the character at the place; all of them, by "", where it is not listed.
_State = dict[str, list[_Rule[Name]]]
_ROOT = "root"
# So many characters have to be read with a lexer before it pays to know how matches begin.
_MUCH = 4_000


class Tokenizer(Generic[Name]):
    """Splits code into tokens with one lexer; keeps what it learned about the lexer's rules.

    ``name`` gives each kind of tokens the name that the tokens come with.
    """

    def __init__(self, lexer: Lexer, name: Callable[[_TokenType], Name]) -> None:
        self._lexer: Any = lexer
        self._name = name
        self._states: dict[str, _State[Name]] = {}
        self._read = 0
        self._is_usual = (
            isinstance(lexer, RegexLexer)
            and type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
            and type(lexer).get_tokens is Lexer.get_tokens
            and not lexer.filters
        )

    def tokens(self, code: str) -> Iterator[tuple[Name, str]]:
        """What ``lexer.get_tokens(code)`` gives, each token with the name of its kind."""
        if not self._is_usual:
            return ((self._name(kind), said) for kind, said in self._lexer.get_tokens(code))
        if self._read <= _MUCH < self._read + len(code):
            self._states = {}
        self._read += len(code)
        # What settles line ends and tabs has no public name.
        return self._tokens(self._lexer._preprocess_lexer_input(code))  # noqa: SLF001

    def _tokens(self, text: str) -> Iterator[tuple[Name, str]]:
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
                yield self._name(Whitespace if char == "\n" else Error), char
                position += 1
                continue
            _, name, action, leads = rule
            if name is not None:
                yield name, found[0]
            elif action is not None:
                for _, kind, said in action(self._lexer, found):
                    yield self._name(kind), said
            position = found.end()
            if leads is not None:
                _follow(leads, stack)
                state = self._state(stack[-1])

    def _state(self, name: str) -> _State[Name]:
        state = self._states.get(name)
        if state is None:
            # As Pygments keeps them: find, a kind or what makes tokens, where it leads.
            rules = self._lexer._tokens[name]  # noqa: SLF001
            known = [self._rule(*rule) for rule in rules]
            state = _by_beginning(known) if self._read > _MUCH else {"": known}
            self._states[name] = state
        return state

    def _rule(self, find: Any, action: Any, leads: Any) -> _Rule[Name]:
        plain = type(action) is _TokenType
        return find, self._name(action) if plain else None, action, leads


def _by_beginning(rules: list[_Rule[Name]]) -> _State[Name]:
    state: _State[Name] = {"": rules, **{char: [] for char in ASCII}}
    for rule in rules:
        for char in beginnings(rule[0].__self__):  # type: ignore[attr-defined]
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
