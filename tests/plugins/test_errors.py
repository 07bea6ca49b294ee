"""Problems as values."""

from __future__ import annotations

from plugins.errors import Problem, SiteError


def test_the_rule_of_a_problem_is_no_part_of_what_is_said() -> None:
    """Two ways to find one fault are one line, which does not name the rule."""
    plain = Problem("a.md", 3, "body", "is lost", "write it again")
    ruled = Problem("a.md", 3, "body", "is lost", "write it again", "text-lost")
    assert plain == ruled
    assert str(ruled) == "a.md:3: body: is lost; write it again"
    assert len(SiteError([plain, ruled]).problems) == 1
