"""Who starts the work sees one process, however often it is handed on, and nothing is left of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="guardians are for Linux")

BEGIN = "import os, sys, time, subprocess\nfrom desk.guardian import guarded\n"
END = "\nsys.exit(guarded(work))\n"
STRAY = """
    stray = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(stray.pid, os.getpid(), flush=True)
"""
HAND_ON = """
def work(announce):
    first = os.getpid()
    heard, tell = os.pipe()
    if os.fork():
        os.read(heard, 1)
        time.sleep(600) if {stays} else None
        os._exit(0)
    announce()
    os.write(tell, b"!")
    if {stays}:
        os.kill(first, 9)
    while os.getppid() == first:
        time.sleep(0.01)
    {end}
"""


def run(work: str) -> subprocess.Popen[str]:
    """Start a guardian with this work."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + work + END], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def gone(process: int) -> bool:
    """Whether there is no such process, nor what is left of it, after a moment."""
    end = time.monotonic() + 5
    while Path(f"/proc/{process}").exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize(
    ("end", "code"), [("return 7", 7), ("return 0", 0), ("os.kill(os.getpid(), 9)", -9)]
)
@pytest.mark.parametrize("stays", [True, False])
def test_it_ends_as_the_last_worker(end: str, code: int, *, stays: bool) -> None:
    """Whether the one before has ended by itself or was killed."""
    with run(HAND_ON.format(end=end, stays=stays)) as guardian:
        assert guardian.wait(20) == code


@pytest.mark.parametrize(("end", "code"), [("return 3", 3), ("os.abort()", -signal.SIGABRT)])
def test_what_a_worker_leaves_running_ends(end: str, code: int) -> None:
    """Its guardian ends it, and waits for it, so that nothing of it is listed any more."""
    guardian = run(f"def work(announce):{STRAY}    {end}\n")
    told, _ = guardian.communicate(timeout=20)
    assert guardian.returncode == code
    assert all(gone(int(process)) for process in told.split())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_is_told_to_end(number: signal.Signals) -> None:
    """And everything below it ends, too, whatever it is doing."""
    guardian = run(f"def work(announce):{STRAY}    time.sleep(600)\n")
    assert guardian.stdout is not None
    processes = [int(process) for process in guardian.stdout.readline().split()]
    guardian.send_signal(number)
    assert guardian.wait(20) == -number
    assert len(processes) == 2
    assert all(gone(process) for process in processes)
    guardian.stdout.close()
