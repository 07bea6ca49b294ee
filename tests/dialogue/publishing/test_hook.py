"""The owner's hook: called once for many changes, again when it fails, by one worker only."""

from __future__ import annotations

import http.server
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.publishing.hook import Hook
from tests.waiting import until

COUNT = "import sys,pathlib; p=pathlib.Path(sys.argv[1]); p.write_text(p.read_text()+'x' if p.exists() else 'x')"

SLOW = """
import pathlib, sys, time
begun, release = map(pathlib.Path, sys.argv[1:])
begun.touch()
while not release.exists():
    time.sleep(0.01)
"""


@pytest.fixture
def hook(tmp_path: Path) -> Hook:
    """A hook that writes an x into the file ``calls``."""
    command = (sys.executable, "-c", COUNT, str(tmp_path / "calls"))
    return Hook(tmp_path / "state", command, seconds=0)


def calls(tmp_path: Path) -> str:
    """What the hook wrote."""
    path = tmp_path / "calls"
    return path.read_text() if path.exists() else ""


def test_many_changes_are_one_call(hook: Hook, tmp_path: Path) -> None:
    """And nothing to do is no call."""
    assert hook.call()
    for _ in range(5):
        hook.due()
    assert hook.call()
    assert hook.call()
    assert calls(tmp_path) == "x"


def test_it_waits_until_nothing_changes(hook: Hook, tmp_path: Path) -> None:
    """As many seconds as the settings say."""
    patient = replace(hook, seconds=60)
    patient.due()
    assert patient.call()
    assert calls(tmp_path) == ""
    old = time.time() - 61
    os.utime(tmp_path / "state" / "hook.due", (old, old))
    assert patient.call()
    assert calls(tmp_path) == "x"


def test_a_failure_is_tried_again_also_by_the_next_process(hook: Hook, tmp_path: Path) -> None:
    """That it is due is on the disk."""
    failing = replace(hook, command=(sys.executable, "-c", "raise SystemExit(3)"))
    failing.due()
    assert not failing.call()
    assert not failing.call()
    assert hook.call()
    assert calls(tmp_path) == "x"


def test_a_change_during_the_call_is_another_call(hook: Hook, tmp_path: Path) -> None:
    """What was published after the hook began may not have been seen by it."""
    due = tmp_path / "state" / "hook.due"
    touch = f"import os,time; time.sleep(.02); os.utime({str(due)!r})"
    changing = replace(hook, command=(sys.executable, "-c", touch))
    changing.due()
    assert changing.call()
    assert due.exists()


def test_one_worker_calls(hook: Hook, tmp_path: Path) -> None:
    """The others find that somebody is at it."""
    begun, release = tmp_path / "begun", tmp_path / "release"
    slow = replace(hook, command=(sys.executable, "-c", SLOW, str(begun), str(release)))
    slow.due()
    first = threading.Thread(target=slow.call)
    first.start()
    until(begun.exists)
    assert not hook.call()
    release.touch()
    first.join()
    assert calls(tmp_path) == ""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    """A CI server that fails once, then takes what it is sent."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.send_response(500 if len(seen) == 1 else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.seen = seen  # type: ignore[attr-defined] # for the test to read
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_url_is_posted_to(server: http.server.ThreadingHTTPServer, tmp_path: Path) -> None:
    """Until it answers that it has understood."""
    hook = Hook(tmp_path / "state", url=f"http://127.0.0.1:{server.server_port}/build", seconds=0)
    hook.due()
    assert not hook.call()
    assert hook.call()
    assert hook.call()
    assert server.seen == ["/build", "/build"]  # type: ignore[attr-defined] # set above


def test_a_change_of_a_wrong_clock_does_not_wait_for_that_time(hook: Hook, tmp_path: Path) -> None:
    """The hook is called as soon as the clock is right."""
    patient = replace(hook, seconds=60)
    patient.due()
    ahead = time.time() + 86_400
    os.utime(tmp_path / "state" / "hook.due", (ahead, ahead))
    assert patient.call()
    assert calls(tmp_path) == "x"
