"""The measuring of processes: all of them, with what they print and how they end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.processes import FailedError, run

BUSY = """
import os, subprocess, sys, time
if len(sys.argv) == 1:
    child = subprocess.Popen([sys.executable, __file__, "child"])
held = bytearray(os.urandom(1 << 20) * 60)
end = time.process_time() + 0.3
while time.process_time() < end:
    pass
time.sleep(0.5)
if len(sys.argv) == 1:
    child.wait()
    print("done")
"""


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """A program that keeps 60 MiB and a core busy for a while, and starts another one like it."""
    path = tmp_path / "busy.py"
    path.write_text(BUSY, encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_all_processes_of_a_run_are_measured(busy: Path) -> None:
    """CPU time and memory are those of the program and of those it started."""
    found = run([sys.executable, str(busy)], busy.parent)
    assert found.output.strip() == "done"
    assert found.cpu >= 0.6
    assert found.wall >= 0.8
    assert 120 << 20 < found.memory < 400 << 20


def test_a_failure_is_told_with_what_was_printed(tmp_path: Path) -> None:
    """A program that fails is not a fast one."""
    with pytest.raises(FailedError, match=r"(?s)exit status 3.*sorry"):
        run([sys.executable, "-c", "print('sorry'); raise SystemExit(3)"], tmp_path)
