"""The comparison of builds: what is in the table, and how claims are judged."""

from __future__ import annotations

from benchmarks.builds import Figure, in_turns
from benchmarks.processes import Run
from benchmarks.tables import Claim, Table


def test_medians_are_taken_in_turns() -> None:
    """Each round runs every program once, so that a slow minute slows down all of them."""
    order: list[str] = []

    def once(name: str, walls: list[float]) -> Run:
        order.append(name)
        return Run(walls.pop(0), 1.0, 100, "")

    slow, fast = [5.0, 9.0, 6.0], [1.0, 2.0, 7.0]
    found = in_turns({"a": lambda: once("a", slow), "b": lambda: once("b", fast)}, 3)
    assert order == ["a", "b"] * 3
    assert found == {"a": Figure(6.0, 1.0, 100), "b": Figure(2.0, 1.0, 100)}


def test_a_claim_holds_by_what_was_found() -> None:
    """Up to the limit it holds, beyond it does not and says so."""
    assert Claim("x", 0.9, 0.9).holds
    missed = Claim("cold / Hugo's", 0.91, 0.9)
    assert not missed.holds
    assert str(missed) == "cold / Hugo's: 0.91 (claim: at most 0.9): DOES NOT HOLD"


def test_the_table_is_markdown() -> None:
    """Heads, a ruler and a line for each program."""
    table = Table(("", "cold"), (("Parley", "1 s"),))
    assert str(table) == "|  | cold |\n| --- | --- |\n| Parley | 1 s |"
