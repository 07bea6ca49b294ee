"""Templates compiled once for the hundreds of small sites that one process of the tests builds."""

from __future__ import annotations

from types import CodeType

import pytest
from jinja2 import Environment, nodes

from thread.quick import QuickEnvironment
from thread.standing import Part


def share(patch: pytest.MonkeyPatch) -> None:
    """Let an environment take what another one like it, of an earlier site, made of the same text.

    Compiling takes half of the time of a small site, and gives the same code each time.
    """
    trees: dict[object, nodes.Template] = {}
    codes: dict[object, tuple[CodeType, type[Part] | None]] = {}
    read, translate = Environment.parse, Environment.compile

    def parse(
        self: QuickEnvironment, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        key = _kind(self), source, name, filename
        if key not in trees:
            trees[key] = read(self, source, name, filename)
        return trees[key]

    def compile_(
        self: QuickEnvironment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        key = _kind(self), source, name, filename
        if key not in codes:
            code = translate(self, source, name, filename)
            codes[key] = code, self.parts.get(name or "")
        code, part = codes[key]
        if part is not None:
            self.parts[name or ""] = part
        return code

    patch.setattr(QuickEnvironment, "parse", parse)
    patch.setattr(QuickEnvironment, "compile", compile_)


def _kind(environment: Environment) -> tuple[object, ...]:
    """All that the code of a template depends on besides its text: syntax, escaping and language."""
    number = environment.globals.get("number")
    wording = getattr(number, "__self__", None)
    return environment.lexer, environment.autoescape, frozenset(environment.extensions), wording
