"""The rules: every problem that content can raise has one, and each is documented."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from plugins.checks.rules import LEVELS, RULES, rule_of
from tests.conftest import ROOT

# What a problem is about that no content can mend: settings, the theme, the machine.
NOT_CONTENT = (
    *("settings.py", "moment.py", "pages/theme.py", "pages/render.py", "engine/staging.py"),
    *("engine/loudlog.py", "engine/places.py", "images/making.py", "fastbuild/tasks.py"),
    *("replies/plugin.py", "replies/answers.py", "search/indexing.py", "catalogue/facts.py"),
    *("checks/baseline.py", "markup/conservation/missing.py", "engine/refused.py"),
)


def made() -> Iterator[tuple[str, ast.Call]]:
    """Every place in plugins/ that makes a problem."""
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                yield path.relative_to(ROOT).as_posix(), node


def test_every_problem_of_the_content_names_its_rule() -> None:
    """So that a site can choose its level."""
    nameless = []
    for path, call in made():
        starred = sum(isinstance(one, ast.Starred) for one in call.args)
        count = len(call.args) + 2 * starred  # what is unpacked here are a path, a line and a field
        if starred and path == "plugins/series/faults.py":
            count -= 1
        if count < 6 and not path.endswith(NOT_CONTENT):
            nameless.append(f"{path}:{call.lineno}")
    assert nameless == []


def test_every_rule_that_a_problem_names_is_known() -> None:
    """A name that is spelt wrong would be a rule without a level."""
    named = {
        call.args[-1].value
        for path, call in made()
        if isinstance(call.args[-1], ast.Constant) and not path.endswith(NOT_CONTENT)
    }
    assert len(named) > 20
    assert {name for name in named if rule_of(str(name)) is None} == set()


def test_every_rule_is_documented() -> None:
    """With what it finds and the lowest level it may have."""
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = [
        f"| `{one.name}` | {one.level} | {one.lowest} | {one.about} |" for one in RULES.values()
    ]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize(
    "name", ["url-taken", "invalid-status", "invalid-password", "invalid-permalink", "front-matter"]
)
def test_what_would_lose_a_page_or_publish_a_private_one_is_held_at_least(name: str) -> None:
    """Whatever a site chooses."""
    rule = rule_of(name)
    assert rule is not None
    assert [rule.at_least(level) for level in LEVELS] == ["error", "hold", "hold", "hold"]
