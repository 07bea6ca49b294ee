"""What a service that answers replies does not load: libraries for what is seldom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
