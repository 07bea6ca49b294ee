"""Problems as values."""

from __future__ import annotations

from plugins.errors import Problem, SiteError


def test_a_problem_names_its_rule() -> None:
    """At the end of its line; two rules that find one fault are one problem."""
    plain = Problem("a.md", 3, "body", "is lost", "write it again")
    ruled = Problem("a.md", 3, "body", "is lost", "write it again", "text-lost")
    assert plain == ruled
    assert str(ruled) == "a.md:3: body: is lost; write it again [text-lost]"
    assert len(SiteError([plain, ruled]).problems) == 1
