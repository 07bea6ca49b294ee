"""``python -m dialogue moderate``: the list on a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from dialogue.cli import main
from dialogue.moderation import password
from dialogue.replies.model import State
from dialogue.services import Services
from tests.dialogue.replies_made import reply
from thread import files


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with replies."""
    return make_services()


def moderate(made: Services, *words: str) -> int:
    """Run the command on the same database."""
    settings = made.settings
    return main(
        ["moderate", *words],
        {
            "DIALOGUE_DATABASE_URL": settings.database_url,
            "DIALOGUE_OUTPUT": str(settings.output),
            "DIALOGUE_REPLIES": str(settings.replies),
            "DIALOGUE_STATE": str(settings.state),
            "DIALOGUE_SITE_URL": settings.site_url,
            "DIALOGUE_SECRET": settings.secret,
        },
    )


def test_what_waits_is_listed_harmlessly(
    made: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two lines for each, in which nothing steers the terminal."""
    found = made.store.hold(
        reply(author="Ada\x1b[31m", words="One\nTwo\x1b]0;x\x07\u202e", reasons=("links",))
    ).reply
    made.store.hold(reply(words="other", state=State.APPROVED))
    assert moderate(made) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(found.id)
    assert lines[0].endswith("Ada[31m on tea [links]")
    assert lines[1] == "    One Two]0;x"
    assert moderate(made, "--show", "spam") == 0
    assert capsys.readouterr().out == ""


def test_decisions_are_made_by_id(made: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """Several at once; with an unknown one among them, none."""
    one, two = (made.store.hold(reply(words=words)).reply for words in "12")
    assert moderate(made, "approve", one.id, "nobody") == 1
    assert "there is no reply nobody; nothing was decided" in capsys.readouterr().err
    assert moderate(made, "approve") == 1
    assert moderate(made, "approve", one.id, two.id) == 0
    assert capsys.readouterr().out == "2 approved\n"
    assert {each.id for each in made.store.approved("tea")} == {one.id, two.id}
    published = files.read(made.settings.replies, "tea")
    assert {each.id for each in published.replies} == {one.id, two.id}
    assert made.store.unpublished() == ()


def test_a_password_is_made(
    made: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for the settings; a short password is refused with advice."""
    monkeypatch.setattr("sys.stdin", io.StringIO("three words make one\n"))
    assert moderate(made, "--hash") == 0
    name, _, value = capsys.readouterr().out.strip().partition("=")
    assert name == "DIALOGUE_MODERATOR_PASSWORD_HASH"
    assert password.matches(value.strip("'"), "three words make one")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert moderate(made, "--hash") == 1
    assert "at least 12 characters" in capsys.readouterr().err
