"""The leader: one of several processes, and another as soon as that is gone."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from dialogue.database import Database
from dialogue.supervision.leader import leader_of
from tests.conftest import ROOT
from tests.waiting import PATIENCE, until

LEAD = """
import sys, time
from dialogue.database import Database
from dialogue.supervision.leader import leader_of
leader = leader_of(Database(sys.argv[1]))
print(leader.leads(), flush=True)
time.sleep(600)
"""


def test_one_leads_until_it_resigns(database: Database) -> None:
    """The other takes over then, and the first can no longer."""
    one, two = leader_of(database), leader_of(database)
    assert one.leads()
    assert not two.leads()
    assert one.leads()
    one.resign()
    until(two.leads)
    assert not one.leads()
    one.resign()
    two.resign()


def test_a_killed_leader_is_followed_by_another(database: Database) -> None:
    """Without a word from it."""
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", LEAD, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        leader = leader_of(database)
        assert not leader.leads()
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    until(leader.leads)
    leader.resign()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_broken_session_is_noticed(database: Database) -> None:
    """The lock went with it; the leader asks again in a new session."""
    leader = leader_of(database)
    assert leader.leads()
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        assert connection.execute(text(ended)).all()
    engine.dispose()

    def asked() -> bool:
        try:
            return not leader.leads()
        except Exception:  # noqa: BLE001 - what the supervisor waits out
            return True

    until(asked)
    until(leader.leads)
    leader.resign()
