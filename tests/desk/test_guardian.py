"""Who starts the work sees one process, however often it is handed on, and nothing is left of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE, until

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


def wait_for_end(process: int) -> None:
    """Wait until there is no such process, nor what is left of it."""
    until(lambda: not Path(f"/proc/{process}").exists())


@pytest.mark.parametrize(
    ("end", "code"), [("return 7", 7), ("return 0", 0), ("os.kill(os.getpid(), 9)", -9)]
)
@pytest.mark.parametrize("stays", [True, False])
def test_it_ends_as_the_last_worker(end: str, code: int, *, stays: bool) -> None:
    """Whether the one before has ended by itself or was killed."""
    with run(HAND_ON.format(end=end, stays=stays)) as guardian:
        assert guardian.wait(PATIENCE) == code


@pytest.mark.parametrize(("end", "code"), [("return 3", 3), ("os.abort()", -signal.SIGABRT)])
def test_what_a_worker_leaves_running_ends(end: str, code: int) -> None:
    """Its guardian ends it, and waits for it, so that nothing of it is listed any more."""
    guardian = run(f"def work(announce):{STRAY}    {end}\n")
    told, _ = guardian.communicate(timeout=PATIENCE)
    assert guardian.returncode == code
    for process in told.split():
        wait_for_end(int(process))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_is_told_to_end(number: signal.Signals) -> None:
    """And everything below it ends, too, whatever it is doing."""
    guardian = run(f"def work(announce):{STRAY}    time.sleep(600)\n")
    assert guardian.stdout is not None
    processes = [int(process) for process in guardian.stdout.readline().split()]
    guardian.send_signal(number)
    assert guardian.wait(PATIENCE) == -number
    assert len(processes) == 2
    for process in processes:
        wait_for_end(process)
    guardian.stdout.close()
