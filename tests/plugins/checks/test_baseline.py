"""The baseline: accepted faults are known again, and new ones are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugins.checks import baseline
from plugins.checks.baseline import Baseline
from plugins.errors import Problem, SettingsError

FAULT = Problem("a.md", 3, "link", "'x' is dead", "take it out", "dead-link")


def test_a_fault_is_known_wherever_it_moves(tmp_path: Path) -> None:
    """Through the file and back; its line does not count."""
    place = tmp_path / "baseline.json"
    nameless = replace(FAULT, path="b.md", rule="")
    baseline.write(place, baseline.counted([FAULT, FAULT, nameless]))
    known = Baseline(baseline.read(place))
    assert known.takes(replace(FAULT, line=9))
    assert known.takes(replace(FAULT, line=9))
    assert not known.takes(replace(FAULT, message="'y' is dead"))
    assert not known.takes(replace(FAULT, path="b.md"))
    assert not known.takes(nameless)


def test_as_many_of_one_kind_are_accepted_as_there_were() -> None:
    """One more of the same in the same file is new."""
    known = Baseline(baseline.counted([FAULT, replace(FAULT, line=5)]))
    assert [known.takes(replace(FAULT, line=line)) for line in (7, 8, 9)] == [True, True, False]


@pytest.mark.parametrize("text", ["[]", "{", '{"a.md": 3}', '{"a.md": {"x": {"y": "z"}}}'])
def test_a_file_that_is_no_baseline_stops_the_build(tmp_path: Path, text: str) -> None:
    """A merge conflict in it must not accept everything, or nothing."""
    place = tmp_path / "baseline.json"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"baseline\.json:1: baseline: this is no baseline"):
        baseline.read(place)
