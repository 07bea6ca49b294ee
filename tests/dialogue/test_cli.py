"""The command line: what it says of mistakes, and the commands that need no server."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from dialogue.cli import COMMANDS, main
from dialogue.database import Database
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.settings import Settings, variable
from tests.conftest import ROOT
from tests.dialogue.conftest import Published
from tests.dialogue.replies_made import reply
from tests.dialogue.sites import write_targets


@pytest.fixture
def environ(settings: Settings) -> Mapping[str, str]:
    """The environment that gives ``settings``."""
    values = {variable(each.name): getattr(settings, each.name) for each in fields(Settings)}
    return {
        name: str(value) for name, value in values.items() if isinstance(value, (str, int, Path))
    }


@pytest.fixture
def stored(database: Database) -> Store:
    """A store on the database that commands are run on."""
    return Store(database, Published())


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    """It names every command."""
    assert main([], {}) == 2
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("words", [["server"], ["erase"], ["serve", "--port", "1"]])
def test_what_is_not_understood_is_said(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with where help is, and exit status 2."""
    with pytest.raises(SystemExit) as caught:
        main(words, {})
    assert caught.value.code == 2
    assert re.fullmatch(r"dialogue: .+; see python -m dialogue.*--help\n", capsys.readouterr().err)


def test_wrong_settings_are_told_before_anything_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each in a line of its own; exit status 1."""
    assert main(["doctor"], {"DIALOGUE_PORT": "x", "DIALOGUE_QQ": "1"}) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("dialogue: DIALOGUE_") for line in lines)


def test_every_command_is_documented() -> None:
    """docs/dialogue.md names each of them."""
    text = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"python -m dialogue {name}" in text


def test_what_is_kept_about_a_person_is_shown(
    stored: Store, environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON, however the address is spelt, and nothing is erased without ``--yes``."""
    new = reply(email="Ada@mail.example", words="Precious")
    stored.hold(new)
    stored.hold(reply(email="ben@mail.example"))
    assert main(["erase", "--email", "ADA@mail.example "], environ) == 0
    said = capsys.readouterr()
    (found,) = json.loads(said.out)["replies"]
    assert (found["id"], found["text"]) == (new.id, "Precious")
    assert "1 found, nothing erased; add --yes" in said.err
    assert stored.find(new.id) is not None


def test_a_person_is_erased(
    stored: Store, environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """All their replies, those that others answered too, and nobody else's."""
    first = reply(email="ada@mail.example", state=State.APPROVED)
    second = reply(email="ADA@mail.example")
    answer = reply(email="ben@mail.example", state=State.APPROVED, parent=first.id)
    for new in (first, second, answer):
        stored.hold(new)
    assert main(["erase", "--email", "ada@mail.example", "--yes"], environ) == 0
    assert stored.find(second.id) is None
    place, kept = stored.approved("tea")
    assert (place.erased, place.author, kept.id) == (True, "", answer.id)
    assert main(["erase", "--email", "ada@mail.example"], environ) == 0
    assert json.loads(capsys.readouterr().out.split("\n}\n")[-2] + "}")["replies"] == []


def test_the_doctor_finds_all_well(
    environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for each thing, and exit status 0."""
    assert main(["doctor"], environ) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == [
        "disk:",
        "secret:",
        "database:",
        "site:",
        "mail:",
        "queues:",
    ]
    assert "3 posts can be answered" in lines[3]


def test_the_doctor_names_what_is_wrong(
    environ: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each trouble with what to do about it; one does not hide another."""
    state = tmp_path / "own"
    state.mkdir()
    (state / "secret").write_text("x" * 40)
    os.chmod(state / "secret", 0o644)  # noqa: PTH101 # as somebody would
    wrong = {
        **environ,
        "DIALOGUE_STATE": str(state),
        "DIALOGUE_SECRET": "",
        "DIALOGUE_DATABASE_URL": "postgresql://x@127.0.0.1:1/x?connect_timeout=2",
        "DIALOGUE_SITE_URL": "https://elsewhere.example",
        "DIALOGUE_MAIL_HOST": "127.0.0.1",
        "DIALOGUE_MAIL_PORT": "1",
        "DIALOGUE_MAIL_FROM": "blog@blog.example",
    }
    assert main(["doctor"], wrong) == 1
    disk, secret, database, site, mail, queues = capsys.readouterr().out.splitlines()
    assert disk.startswith("ok")
    for line, named in (
        (secret, "chmod 600"),
        (database, "DIALOGUE_DATABASE_URL"),
        (site, "DIALOGUE_SITE_URL"),
        (mail, "DIALOGUE_MAIL_"),
        (queues, "cannot be read"),
    ):
        assert line.startswith("NOT OK")
        assert named in line


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_doctor_counts_connections(
    environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """More workers than the server has connections for would fail in a rush, and only then."""
    assert main(["doctor"], {**environ, "DIALOGUE_WORKERS": "64"}) == 1
    line = capsys.readouterr().out.splitlines()[2]
    assert line.startswith("NOT OK")
    assert "max_connections" in line
    assert "DIALOGUE_WORKERS" in line


def test_the_doctor_misses_the_site(
    environ: Mapping[str, str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site that was never built, or not for replies, is told with what to do."""
    (settings.output / "targets.json").unlink()
    assert main(["doctor"], environ) == 1
    assert "build the site" in capsys.readouterr().out
    write_targets(settings.output)
    assert main(["doctor"], environ) == 0
