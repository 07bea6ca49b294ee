"""From saving a post to its new text over HTTP, by the development servers.

A server is started on the whole blog. Then one post after another is saved with a new sentence, and
its page asked for without a pause until it holds the sentence: what a writer waits who looks at the
page. The clock starts before the file is written.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory, TemporaryFile

from benchmarks import peers
from benchmarks.corpus import edit, make_post
from benchmarks.peers import Program
from benchmarks.processes import FailedError
from benchmarks.tables import Claim, Report, Table

EDITS = 30
MEDIAN, P95 = 0.060, 0.150
_START_WITHIN, _SEEN_WITHIN = 600.0, 120.0
# Between two edits the server gets the time that a writer would give it.
_PAUSE = 0.5
_PREFIX = {"parley": "", "hugo": "/posts", "eleventy": "/posts", "pelican": "/posts"}


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from save to served, of each edit."""

    seconds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.seconds)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return quantiles(self.seconds, n=20)[-1]


def measure(posts: int) -> Report:
    """Measure our server and Hugo's on the same blog."""
    with TemporaryDirectory() as folder:
        found = {
            program.name: latency(program, Path(folder), posts)
            for program in (peers.parley(), peers.hugo())
        }
    rows = ((name, _ms(one.middle), _ms(one.late)) for name, one in found.items())
    ours, theirs = found["Parley"], found["Hugo"]
    claims = (
        Claim("saved to served: median in seconds", ours.middle, MEDIAN),
        Claim("saved to served: p95 in seconds", ours.late, P95),
        Claim("saved to served: median / Hugo's", ours.middle / theirs.middle, 1),
    )
    return Report(posts, Table(("saved to served", "median", "p95"), tuple(rows)), claims)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def latency(program: Program, folder: Path, posts: int, edits: int = EDITS) -> Latency:
    """Edit that many posts while the program serves the blog."""
    site = peers.lay_out(program, folder, posts)
    numbers = [number * (posts // edits or 1) % posts for number in range(edits)]
    with _served(program, site) as port:
        _wait(port, _path(program, 0), b"</html>", _START_WITHIN)
        return Latency(tuple(_once(program, site, port, number) for number in numbers))


def _once(program: Program, site: Path, port: int, number: int) -> float:
    time.sleep(_PAUSE)
    mark = f"editmark{number}x"
    start = time.monotonic()
    edit(site, number, mark, program.dialect)
    _wait(port, _path(program, number), mark.encode(), _SEEN_WITHIN)
    return time.monotonic() - start


def _path(program: Program, number: int) -> str:
    return f"{_PREFIX[program.dialect]}/{make_post(number).slug}/"


def _wait(port: int, path: str, mark: bytes, within: float) -> None:
    """Ask until the page holds ``mark``."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if mark in _page(port, path):
            return
        time.sleep(0.002)
    raise FailedError(f"{path} did not show {mark.decode()} within {within:.0f} s")


def _page(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""  # not up yet, or the file changed while Hugo sent it
    finally:
        connection.close()


@contextmanager
def _served(program: Program, site: Path) -> Iterator[int]:
    port = free_port()
    command: Sequence[str] = [word.replace("{port}", str(port)) for word in program.serve]
    with (
        TemporaryFile() as told,
        subprocess.Popen(
            command, cwd=site, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):
        try:
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
