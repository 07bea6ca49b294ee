"""Processes made of this one: their errors arrive, one that ends is replaced, all stop together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dialogue.errors import DialogueError
from dialogue.processes import in_child
from tests.conftest import ROOT
from tests.waiting import PATIENCE, until

# Each worker writes its process id to a file of that name, and waits for its end.
SERVING = """
import os, signal, sys, time
from pathlib import Path
from dialogue.processes import Workers

def work():
    Path(sys.argv[1], str(os.getpid())).touch()
    signal.pause()

Workers(work, 3).run()
print("stopped")
"""


def _refuse() -> None:
    raise DialogueError("set DIALOGUE_X")


def _end() -> None:
    os._exit(7)


def _waited(folder: Path, number: int) -> set[str]:
    """The names of files in ``folder``, once there are so many."""

    def found() -> set[str]:
        return {each.name for each in folder.iterdir()}

    until(lambda: len(found()) >= number)
    return found()


def test_work_in_a_child_is_done_there(tmp_path: Path) -> None:
    """What it does is done when the call returns, by another process."""
    told = tmp_path / "told"

    def work() -> None:
        told.write_text(str(os.getpid()))

    in_child(work)
    assert told.read_text() not in ("", str(os.getpid()))


def test_what_is_wrong_in_a_child_is_said_here() -> None:
    """A DialogueError is raised again in its own words, and a child that just ends is one, too."""
    with pytest.raises(DialogueError, match=r"^set DIALOGUE_X$"):
        in_child(_refuse)
    with pytest.raises(DialogueError, match="ended before its work was done"):
        in_child(_end)


def test_a_worker_that_is_killed_is_replaced_and_all_stop_together(tmp_path: Path) -> None:
    """After a kill -9 there are as many workers as before; SIGTERM ends every one of them."""
    command = [sys.executable, "-c", SERVING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        first = _waited(tmp_path, 3)
        os.kill(int(min(first)), signal.SIGKILL)
        everyone = _waited(tmp_path, 4)
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "stopped\n")
    for each in everyone:
        with pytest.raises(ProcessLookupError):
            os.kill(int(each), 0)


def test_workers_that_never_get_to_work_are_given_up(tmp_path: Path) -> None:
    """Whoever started the service hears of it, instead of the log alone."""
    failing = "from dialogue.processes import Workers\nimport sys\nsys.exit(Workers(lambda: sys.exit(3), 2).run())"
    done = subprocess.run(
        [sys.executable, "-c", failing],
        cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"again and again" in done.stderr
