"""One writer at a time in an output folder, also when writers die."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE
from thread.lock import OutputBusyError, output_lock

HOLD = """
import sys, time
from pathlib import Path
from thread.lock import output_lock
with output_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_another_process_is_waited_for_and_its_death_frees(tmp_path: Path) -> None:
    """A lock that somebody holds is busy; when they are killed, it is ours at once."""
    output = tmp_path / "output"
    output.mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(OutputBusyError, match="another build"), output_lock(output, 0.05):
            pass
    finally:
        holder.kill()
        holder.communicate()
    began = time.monotonic()
    with output_lock(output, PATIENCE):
        assert time.monotonic() - began < 10


def test_every_name_of_the_folder_has_one_lock(tmp_path: Path) -> None:
    """No file is left in it, which is public, nor beside it."""
    output = tmp_path / "output"
    output.mkdir()
    (tmp_path / "link").symlink_to(output)
    with output_lock(tmp_path / "link"):
        with pytest.raises(OutputBusyError), output_lock(output, 0.05):
            pass
        assert list(output.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"output", "link"}


def test_who_may_write_nothing_beside_it_has_the_same_lock(tmp_path: Path) -> None:
    """As a service may that is held to the folder while others build."""
    output = tmp_path / "site" / "output"
    output.mkdir(parents=True)
    with output_lock(output):
        output.parent.chmod(0o555)
        try:
            with pytest.raises(OutputBusyError), output_lock(output, 0.05):
                pass
        finally:
            output.parent.chmod(0o755)


def test_a_folder_that_was_put_in_its_place_is_the_one_that_is_locked(tmp_path: Path) -> None:
    """Whoever waited for the old one does not take that for the new one."""
    output, waiting = tmp_path / "output", threading.Event()
    done: list[bool] = []

    def wait() -> None:
        waiting.set()
        with (
            output_lock(output, PATIENCE),
            pytest.raises(OutputBusyError),
            output_lock(output, 0.05),
        ):
            done.append(True)

    with output_lock(output):
        other = threading.Thread(target=wait)
        other.start()
        waiting.wait(PATIENCE)
        time.sleep(0.1)
        output.rename(tmp_path / "old")
        output.mkdir()
    other.join(PATIENCE)
    assert not other.is_alive()
    assert done == []
