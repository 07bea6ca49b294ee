"""What a service does not load, and that what it has in memory does not grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.memory import GROWTH, REQUESTS, measure_ours
from dialogue.database import Database
from dialogue.migrate import migrate
from tests.conftest import ROOT

SELDOM = ("alembic", "mako", "bs4", "feedgen", "html5lib", "lxml", "mf2py", "requests")
STARTED = """
import sys
import dialogue.commands.serve
from dialogue.app import create_app
from dialogue.migrate import migrate
from dialogue.settings import read
app = create_app(read({"DIALOGUE_SITE_URL": "https://example.org", **dict(
    each.split("=", 1) for each in sys.argv[1:])}))
migrate(app.state.services.database)
print(*sys.modules)
"""


def test_a_service_does_not_load_what_is_seldom_needed(tmp_path: Path) -> None:
    """With a database that is up to date: no migrations, no parsers of pages, no maker of feeds."""
    url = f"sqlite:///{tmp_path / 'replies.sqlite3'}"
    migrate(Database(url))
    given = [f"DIALOGUE_DATABASE_URL={url}", f"DIALOGUE_STATE={tmp_path}"]
    command = [sys.executable, "-c", STARTED, *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint(SELDOM)


def test_every_kind_of_request_is_answered(tmp_path: Path) -> None:
    """The mixed load is what it says, so that what it shows of memory is of all of it."""
    found = measure_ours(tmp_path, 400)
    assert found.requests == 400
    assert len(found.samples) > 90


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_memory_is_level(tmp_path: Path) -> None:
    """Over 50,000 requests of all kinds, nothing is kept that readers or strangers bring."""
    found = measure_ours(tmp_path, REQUESTS)
    assert found.last < found.warm * GROWTH, [round(each / 1e6) for each in found.samples]
