"""The settings of feeds: what they refuse, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.errors import SettingsError
from plugins.feeds.settings import FeedSettings

GOOD: dict[str, Any] = {"authority": "example.org", "authority_date": "2026-01-01"}


@pytest.mark.parametrize(
    "settings",
    [
        {"authority": "editor@blog.example.org", "authority_date": "2026"},
        {"authority_date": "2026-02"},
        {"limit": 1, "archive_size": 0},
        {"limit": 100, "archive_size": 50},
        {"content": "summary", "hub": "https://hub.example.org/?x=1", "icon": "/icon.png"},
        {"email": "o'brien+feeds@example.org", "archived": (), "kinds": ("tag",)},
    ],
)
def test_settings_that_work_are_taken(settings: dict[str, Any]) -> None:
    """Everything the documentation promises can be set."""
    made = FeedSettings(**{**GOOD, **settings})
    assert all(getattr(made, name) == value for name, value in settings.items())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authority", "Example.org"),
        ("authority", "localhost"),
        ("authority", "https://example.org"),
        ("authority_date", "1 January 2026"),
        ("authority_date", "2026-13"),
        ("limit", 0),
        ("archive_size", 11),
        ("archive_size", -1),
        ("content", "both"),
        ("archived", ("topics",)),
        ("kinds", ("topics",)),
        ("hub", "hub.example.org"),
        ("hub", 'https://hub.example.org/">'),
        ("hub", "https://[::1"),
        ("email", "editor"),
        ("icon", "icon.png"),
        ("icon", "/icon.svg"),
    ],
)
def test_settings_that_cannot_work_are_named(field: str, value: object) -> None:
    """A setting that cannot work is an error that names it and says what to write."""
    with pytest.raises(SettingsError) as caught:
        FeedSettings(**{**GOOD, field: value})
    (problem,) = caught.value.problems
    assert (problem.path, problem.field) == ("pelicanconf.py", f"FEEDS.{field}")
    assert problem.hint


def test_all_faults_are_told_at_once() -> None:
    """Nobody has to start the build three times for three faults."""
    with pytest.raises(SettingsError) as caught:
        FeedSettings(authority="", authority_date="", email="x")
    assert len(caught.value.problems) == 3
