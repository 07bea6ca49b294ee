"""How strict a site is: which setting decides, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.checks.settings import CheckSettings
from plugins.errors import SettingsError


def test_the_most_particular_level_decides() -> None:
    """Old posts before folders, deep folders before others, these before the site."""
    checks = CheckSettings(
        levels={"dead-link": "hold", "*": "notice"},
        folders={"old": {"dead-link": "error"}, "old/deep/": {"dead-link": "off"}},
        before=date(2020, 1, 1),
        old={"text-lost": "off"},
    )
    assert checks.level_in("dead-link", "a.md", None) == "hold"
    assert checks.level_in("image-alt", "a.md", None) == "notice"
    assert checks.level_in("dead-link", "old/a.md", None) == "error"
    assert checks.level_in("dead-link", "older/a.md", None) == "hold"
    assert checks.level_in("dead-link", "old/deep/a.md", None) == "off"
    assert checks.level_in("text-lost", "a.md", date(2019, 12, 31)) == "off"
    assert checks.level_in("text-lost", "a.md", date(2020, 1, 1)) == "notice"


def test_a_day_alone_makes_every_fault_of_older_posts_a_notice() -> None:
    """That is what a team that moves in wants first."""
    checks = CheckSettings(before=date(2020, 1, 1))
    assert checks.level_in("dead-link", "a.md", date(2019, 1, 1)) == "notice"
    assert checks.level_in("dead-link", "a.md", date(2021, 1, 1)) is None
    assert checks.level_in("dead-link", "a.md", None) is None


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"levels": {"dead-link": "warn"}}, "'warn' is no level; write error, hold, notice, off"),
        ({"levels": {"dead-lnik": "off"}}, "no rule 'dead-lnik'; did you mean 'dead-link'"),
        ({"levels": {"url-taken": "off"}}, "'url-taken' cannot be 'off'; write hold, or something"),
        ({"levels": {"image-location": "off"}}, "'image-location' cannot be 'off'; write notice"),
        ({"levels": {"invalid-title": "notice"}}, "'invalid-title' cannot be 'notice'"),
        ({"folders": {"../x": {"dead-link": "off"}}}, "'../x' is no folder of the content"),
        ({"folders": {"a": {"x": "off"}}}, "there is no rule 'x'"),
        ({"old": {"dead-link": "off"}}, "it is not said what is old"),
    ],
)
def test_levels_that_cannot_work_stop_the_build(settings: dict[str, object], told: str) -> None:
    """Each with what can be written instead."""
    with pytest.raises(SettingsError, match=told.replace("(", r"\(")):
        CheckSettings(**settings)  # type: ignore[arg-type]  # what is tested
