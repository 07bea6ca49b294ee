"""A build process may do anything, and the server learns how it ended."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from desk.job import Job, Outcome
from desk.preview.builder import Builder
from tests.waiting import until


def builds(site: Path, settings: str, times: int = 1) -> list[Outcome]:
    """Build a site with these ``settings``."""
    (site / "pelicanconf.py").write_text(settings, encoding="utf-8")
    (site / "content").mkdir()
    job = Job(str(site / "pelicanconf.py"), str(site / "content"), str(site / "preview"))

    async def run() -> list[Outcome]:
        async with Builder(job) as builder:
            return [await builder.build() for _ in range(times)]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("death", "said"),
    [
        ("os._exit(7)", "exit code 7"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("os._exit(0)", "exit code 0"),
    ],
)
def test_a_build_that_dies_is_a_failed_build(tmp_path: Path, death: str, said: str) -> None:
    """It is said how, and the next one is tried as ever."""
    outcomes = builds(tmp_path, f"import os\n{death}\n", times=2)
    assert [outcome.ok for outcome in outcomes] == [False, False]
    assert said in outcomes[0].problems[0].text
    assert outcomes[0].problems[0].text.startswith("pelicanconf.py:1: build: ")


def test_what_a_build_prints_is_not_taken_for_its_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It goes to the terminal, however it is printed."""
    settings = "import os\nprint('printed')\nos.system('echo echoed')\n1 / 0\n"
    (outcome,) = builds(tmp_path, settings)
    assert "ZeroDivisionError" in outcome.problems[0].text
    assert "printed" in (said := capfd.readouterr().err)
    assert "echoed" in said


def test_a_fault_in_code_comes_with_its_traceback(tmp_path: Path) -> None:
    """From the site's code on: the desk's own frames help nobody."""
    (outcome,) = builds(tmp_path, "def f():\n    1 / 0\nf()\n")
    assert outcome.problems[0].text.startswith("pelicanconf.py:2: settings: ZeroDivisionError")
    assert "pelicanconf.py" in outcome.traceback
    assert "desk/build.py" not in outcome.traceback


def test_every_build_sees_the_files_of_that_moment(tmp_path: Path) -> None:
    """Nothing of an earlier build is left in the next."""
    count = "import pathlib\np = pathlib.Path(__file__).with_name('count')\n"
    count += "n = int(p.read_text()) + 1 if p.exists() else 1\np.write_text(str(n))\n"
    count += "import sys\nassert not hasattr(sys, 'seen')\nsys.seen = True\nraise ValueError(n)\n"
    outcomes = builds(tmp_path, count, times=3)
    said = [outcome.problems[0].message for outcome in outcomes]
    assert said == [f"ValueError: {number}" for number in (1, 2, 3)]


def test_what_a_build_leaves_running_ends_with_it(tmp_path: Path) -> None:
    """A worker that outlives its build is ended, so that it cannot write into the next one."""
    settings = (
        "import pathlib, subprocess, sys\n"
        "worker = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "pathlib.Path(__file__).with_name('worker').write_text(str(worker.pid))\n"
        "raise ValueError\n"
    )
    builds(tmp_path, settings)
    worker = int((tmp_path / "worker").read_text(encoding="utf-8"))
    until(lambda: not is_alive(worker))


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and is still listed does not."""
    try:
        os.kill(process, 0)
        status = Path(f"/proc/{process}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
