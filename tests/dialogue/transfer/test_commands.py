"""``export --all`` and ``import parley``, as they are typed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from dialogue.cli import main
from dialogue.database import Database
from dialogue.migrate import migrate
from dialogue.moments import now
from dialogue.replies.tables import replies
from dialogue.settings import Settings
from dialogue.tables import metadata
from tests.conftest import ROOT
from tests.dialogue.rows_made import contents, fill

ROWS = len(metadata.sorted_tables) * 7
Command = Callable[..., int]


@pytest.fixture
def environ(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """The environment of a service on the fresh database."""
    return {
        "DIALOGUE_DATABASE_URL": settings.database_url,
        "DIALOGUE_OUTPUT": str(settings.output),
        "DIALOGUE_REPLIES": str(settings.replies),
        "DIALOGUE_STATE": str(settings.state),
    }


@pytest.fixture
def there(tmp_path: Path) -> dict[str, str]:
    """The environment of another service, with rows in every table of its SQLite."""
    url = f"sqlite:///{tmp_path}/there.sqlite3"
    made = Database(url)
    migrate(made)
    made.write(lambda at: fill(at, metadata))
    made.close()
    return {
        "DIALOGUE_DATABASE_URL": url,
        "DIALOGUE_STATE": str(tmp_path / "there"),
        "DIALOGUE_REPLIES": str(tmp_path / "there" / "replies"),
    }


def test_a_file_brings_everything_over(
    environ: dict[str, str],
    there: dict[str, str],
    database: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It says what is new and what was there, and that the secret has to come along."""
    file = tmp_path / "all.jsonl.gz"
    assert main(["export", "--all", str(file)], there) == 0
    assert f"{ROWS} rows written to {file}; it has personal data" in capsys.readouterr().out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["import", "parley", str(file)], environ) == 0
    first = capsys.readouterr().out
    assert first.startswith(f"{ROWS} new, 0 already there\n")
    assert "another secret; take the file `secret`" in first
    assert main(["import", "parley", str(file)], environ) == 0
    assert capsys.readouterr().out.startswith(f"0 new, {ROWS} already there\n")
    other = Database(there["DIALOGUE_DATABASE_URL"])
    assert database.read(lambda at: contents(at, metadata)) == other.read(
        lambda at: contents(at, metadata)
    )
    other.close()


def test_with_the_secret_nothing_is_said_of_it(
    environ: dict[str, str],
    there: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The file knows its secret from others, and nothing of the secret is in it."""
    file = tmp_path / "all.jsonl.gz"
    assert main(["export", "--all", str(file)], there) == 0
    secret = (tmp_path / "there" / "secret").read_text()
    Path(environ["DIALOGUE_STATE"]).mkdir()
    (Path(environ["DIALOGUE_STATE"]) / "secret").write_text(secret)
    assert main(["import", "parley", str(file)], environ) == 0
    assert "another secret" not in capsys.readouterr().out
    assert secret.strip().encode() not in file.read_bytes()


def test_an_address_brings_everything_over(
    environ: dict[str, str], there: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In the same words as in DIALOGUE_DATABASE_URL; and back into the first, where all is known."""
    assert main(["import", "parley", there["DIALOGUE_DATABASE_URL"]], environ) == 0
    assert capsys.readouterr().out.startswith(f"{ROWS} new, 0 already there\n")
    assert main(["import", "parley", environ["DIALOGUE_DATABASE_URL"]], there) == 0
    assert capsys.readouterr().out.startswith(f"0 new, {ROWS} already there\n")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("mysql://x/y", "no database known here"),
        ("sqlite:////nowhere/x.sqlite3", "there is no such file"),
        ("/nowhere/x.gz", "cannot be read"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_not_there_is_said(
    environ: dict[str, str], place: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, and exit status 1."""
    assert main(["import", "parley", place], environ) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_a_file_that_cannot_be_written_is_named(
    there: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is left of it."""
    assert main(["export", "--all", "/nowhere/all.gz"], there) == 1
    assert "/nowhere/all.gz cannot be written" in capsys.readouterr().err


# Prints by how many KiB the largest memory has grown over that of the first run.
GROWTH = """
import resource, sys
from dialogue.cli import main
from dialogue.commands import bring, export
def run(*words):
    assert main(words) == 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
small = run(*sys.argv[1].split())
print(run(*sys.argv[2].split()) - small, file=sys.stderr)
"""


def grown(environ: dict[str, str], *words: str) -> int:
    """By how many KiB the second command grew over the first."""
    done = subprocess.run(
        [sys.executable, "-c", GROWTH, *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return int(done.stderr.splitlines()[-1])


@pytest.mark.deep
def test_memory_does_not_grow_with_the_rows(
    environ: dict[str, str], there: dict[str, str], tmp_path: Path
) -> None:
    """A hundred megabytes of replies are written and read a few rows at a time."""
    few, much = tmp_path / "few.gz", tmp_path / "much.gz"
    assert main(["export", "--all", str(few)], there) == 0
    long = Database(there["DIALOGUE_DATABASE_URL"])
    text = "many words " * 900
    usual = {
        **dict.fromkeys(("author", "url", "html", "source", "note"), ""),
        "target": "tea",
        "depth": 0,
        "kind": "reply",
        "state": "held",
        "by_author": False,
        "reasons": "[]",
        "created": now(),
        "text": text,
    }
    for at in range(20):
        rows = [{**usual, "id": f"long-{at}-{number}"} for number in range(500)]
        long.write(partial(_add, rows))
    long.close()
    assert grown(there, f"export --all {few}", f"export --all {much}") < 30_000
    assert grown(environ, f"import parley {few}", f"import parley {much}") < 30_000


def _add(rows: list[dict[str, object]], connection: Connection) -> None:
    connection.execute(insert(replies), rows)
