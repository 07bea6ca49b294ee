"""One writer at a time in an output folder, also when writers die."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from thread.lock import OutputBusyError, lock_file, output_lock

HOLD = """
import sys, time
from pathlib import Path
from thread.lock import output_lock
with output_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
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
    with output_lock(output, 5):
        assert time.monotonic() - began < 1


def test_the_lock_lies_beside_the_folder(tmp_path: Path) -> None:
    """What is in the folder is public, and a build may empty it; every name of it has one lock."""
    output = tmp_path / "output"
    output.mkdir()
    (tmp_path / "link").symlink_to(output)
    assert lock_file(output).parent == tmp_path
    assert lock_file(tmp_path / "link") == lock_file(output)
    with output_lock(output):
        assert list(output.iterdir()) == []
