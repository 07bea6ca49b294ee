"""The levels that a post chooses for itself: ``checks: {dead-link: notice}``."""

from __future__ import annotations

from plugins.checks.judge import FIELD, written_levels
from plugins.checks.settings import fault_of
from plugins.posts.findings import Findings


def check_levels(findings: Findings) -> None:
    """Note every rule and level in the field ``checks`` that there is not, or that is not safe."""
    field = findings.document.fields.get(FIELD)
    if field is None:
        return
    levels = written_levels(field.value)
    if not levels:
        hint = "write a rule and its level, as in checks: {dead-link: notice}"
        findings.note(field, "no rule is named", hint)
    for rule, level in levels.items():
        if fault := fault_of(rule, level):
            findings.note(field, *fault)
