"""Settings from the environment: typed, all mistakes at once, and documented."""

from __future__ import annotations

import ipaddress
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from dialogue.errors import DialogueError, SettingsError
from dialogue.secret import secret
from dialogue.settings import Settings, read, variable
from tests.conftest import ROOT


def test_without_any_there_are_defaults() -> None:
    """An empty environment gives a service for the site that is built here."""
    found = read({})
    assert found == Settings()
    assert found.database_url == "sqlite:///.parley/dialogue.sqlite3"
    assert (found.output, found.trusted_proxies, found.bad_words) == (Path("output"), (), None)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("database_url", "postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("database_url", "postgresql://h/d", "postgresql+psycopg://h/d"),
        ("database_url", "sqlite:////var/x.sqlite3", "sqlite:////var/x.sqlite3"),
        ("site_url", "https://example.org/", "https://example.org"),
        ("output", "/srv/site", Path("/srv/site")),
        ("port", " 80 ", 80),
        ("moderation", "first", "first"),
        (
            "trusted_proxies",
            "10.0.0.0/8, ::1",
            (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1")),
        ),
        ("moderation", "  ", "all"),
    ],
)
def test_values_are_cast(name: str, text: str, value: object) -> None:
    """Each setting has its type; what is empty is as if it were not there."""
    assert getattr(read({variable(name): text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "DIALOGUE_PORT",
            "eighty",
            "'eighty' is no whole number; write a whole number from 0 to 65535",
        ),
        ("DIALOGUE_PORT", "70000", "70000 is out of range"),
        ("DIALOGUE_MODERATION", "some", "write all or first or none"),
        ("DIALOGUE_SITE_URL", "example.org", "write it as https://example.org"),
        ("DIALOGUE_SITE_URL", "https://u:p@example.org", "no site's address"),
        ("DIALOGUE_SITE_URL", "https://example.org:x", "no site's address"),
        ("DIALOGUE_DATABASE_URL", "mysql://h/d", "'mysql'|mysql is no database known here"),
        ("DIALOGUE_TRUSTED_PROXIES", "10.0.0.1/8", "has host bits set"),
        ("DIALOGUE_SECRET", "short", "at least 32 random characters"),
        ("DIALOGUE_WORKERS", "2", "several workers need PostgreSQL"),
        ("DIALOGUE_MODERATON", "all", "did you mean DIALOGUE_MODERATION?"),
        ("DIALOGUE_QUITE_ANOTHER_THING", "1", "docs/dialogue.md"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(name: str, text: str, told: str) -> None:
    """The variable, what is wrong, and what would be right."""
    with pytest.raises(SettingsError) as caught:
        read({name: text})
    (problem,) = caught.value.problems
    assert problem.startswith(f"{name}: ")
    assert re.search(told, problem)


def test_all_mistakes_are_named_at_once() -> None:
    """Whoever sets up a service corrects everything in one go."""
    with pytest.raises(SettingsError) as caught:
        read({"DIALOGUE_PORT": "x", "DIALOGUE_MODERATION": "x", "DIALOGUE_NOTHING": "x"})
    assert len(caught.value.problems) == 3


def test_the_table_in_the_docs_is_the_settings() -> None:
    """docs/dialogue.md has every setting, its default and its meaning, as the class has them."""
    text = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(DIALOGUE_\w+)` \| (.*) \|$", text, re.MULTILINE))
    wanted = {}
    for each in fields(Settings):
        default = each.metadata["default"]
        wanted[variable(each.name)] = (
            f"{f'`{default}`' if default else ''} | {each.metadata['about']}"
        )
    assert {name: " ".join(row.split()) for name, row in rows.items()} == {
        name: row.strip() for name, row in wanted.items()
    }


def test_a_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    """Of many that start at once, all have the same one; nobody else can read it, nor can git."""
    settings = Settings(state=tmp_path / "state")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(secret, [settings] * 16))
    assert len(found) == 1
    assert len(found.pop()) >= 32
    path = tmp_path / "state" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "state" / ".gitignore").read_text() == "*\n"
    assert sorted(each.name for each in (tmp_path / "state").iterdir()) == [".gitignore", "secret"]


def test_a_secret_that_is_set_is_used(tmp_path: Path) -> None:
    """Then none is made."""
    given = "a secret of the tests, long enough to be one"
    assert secret(Settings(state=tmp_path / "state", secret=given)) == given
    assert not (tmp_path / "state").exists()


def test_an_empty_secret_is_not_used(tmp_path: Path) -> None:
    """A file cut short would sign with nothing; it is refused."""
    (tmp_path / "secret").touch()
    with pytest.raises(DialogueError, match="holds no secret"):
        secret(Settings(state=tmp_path))


@pytest.mark.parametrize(
    "name",
    ["database_url", "secret", "akismet_key", "mail_password", "moderator_password_hash"],
)
def test_what_is_private_is_not_printed(name: str) -> None:
    """Where settings end up in a traceback or a log, no password or key does."""
    (private,) = (each for each in fields(Settings) if each.name == name)
    assert not private.repr
    assert "Precious" not in repr(Settings(**{name: "Precious"}))  # type: ignore[arg-type] # all are text
