"""Runs a program and measures it: wall time, CPU time and memory, all its processes together."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

# Often enough to see a peak, seldom enough not to slow down what is measured.
_SAMPLE_EVERY = 0.2
_PAGE_KIB = 1024


class FailedError(Exception):
    """A measured program failed; its output is the message."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: ``wall`` and ``cpu`` in seconds, ``memory`` in bytes.

    ``memory`` is the highest sum, over the processes of the run, of their proportional set sizes:
    a page that two of them share counts once (proc_pid_smaps(5)).
    """

    wall: float
    cpu: float
    memory: int
    output: str


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a program to its end in ``folder``; raises :class:`FailedError` unless it exits with 0."""
    before, start = os.times(), time.monotonic()
    with TemporaryFile() as told:
        with subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=told,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            memory = _watch(process)
            wall = time.monotonic() - start
        told.seek(0)
        output = told.read().decode(errors="replace")
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: exit status {process.returncode}\n{output}")
    after = os.times()
    user = after.children_user - before.children_user
    system = after.children_system - before.children_system
    return Run(wall, user + system, memory, output)


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end; return the most memory seen on the way."""
    most = 0
    while True:
        most = max(most, memory_of(process.pid))
        try:
            process.wait(_SAMPLE_EVERY)
        except subprocess.TimeoutExpired:
            continue
        return most


def memory_of(session: int) -> int:
    """The proportional set size of every process of a session, in bytes."""
    return sum(_proportional(folder) for folder in _of_session(session))


def cpu_of(session: int) -> float:
    """The CPU time that the processes of a session have taken so far, in seconds (proc_pid_stat(5))."""
    ticks = 0
    for folder in _of_session(session):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _of_session(session: int) -> Iterator[Path]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue  # it ended while we looked
            # The name of the program, in brackets, may hold spaces and brackets: count from its end.
            if stat.rpartition(")")[2].split()[3] == str(session):
                yield folder


def _proportional(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _PAGE_KIB for line in lines if line.startswith("Pss:"))
