"""Replies a second, beside Isso on the same machine and with the same durability.

Both answer eight people at once for some seconds, over connections that stay open; a reply counts
when the service said that it has it. Isso's form is one request. Ours is what a reader without
JavaScript sends: the reply, which comes back as a preview, and the confirmation; the time is that of
both. SQLite waits for the disk in both (``synchronous=FULL``); moderation is on in both, so that
nothing else happens on the way. PostgreSQL, with four workers, is measured beside it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks import peers
from benchmarks.processes import FailedError, cpu_of, memory_of
from benchmarks.serving import free_port
from benchmarks.tables import Claim, Report, Table
from tests.dialogue import postgresql, sites

PEOPLE = 8
SECONDS = 10.0
WORKERS = 4
TIMES = 3.0

Send = Callable[[http.client.HTTPConnection, int], bool]


@dataclass(frozen=True, slots=True)
class Load:
    """What a service did: replies a second, the 99th percentile in seconds, bytes for each worker.

    ``cpu`` is the CPU time of a reply in seconds, which depends least on what else the machine does.
    """

    rate: float
    late: float
    memory: float
    cpu: float

    def row(self, name: str) -> tuple[str, ...]:
        """All of it as text."""
        return (
            name,
            f"{self.rate:.0f}",
            f"{self.late * 1000:.0f} ms",
            f"{self.memory / 1e6:.0f} MB",
            f"{self.cpu * 1000:.1f} ms",
        )


def measure(posts: int) -> Report:
    """Measure the three; ``posts`` is the site's size."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        isso = _isso(place / "isso")
        ours = measure_ours(
            place / "sqlite", posts, f"sqlite:///{place / 'sqlite' / 'replies.sqlite3'}"
        )
        with postgresql.server(durable=True) as server:
            url = postgresql.with_database(server, "postgres")
            several = measure_ours(place / "postgresql", posts, url, WORKERS)
    heads = ("", "replies a second", "p99", "memory for each worker", "CPU for each reply")
    rows = (isso.row("Isso"), ours.row("Parley, SQLite"), several.row("Parley, PostgreSQL"))
    claims = (
        Claim("replies a second, SQLite: Isso's / ours", isso.rate / ours.rate, 1 / TIMES),
        Claim("memory for each worker, SQLite: ours / Isso's", ours.memory / isso.memory, 1),
        Claim("memory for each worker, PostgreSQL: ours / Isso's", several.memory / isso.memory, 1),
    )
    return Report(posts, Table(heads, rows), claims)


def measure_ours(folder: Path, posts: int, database: str, workers: int = 1) -> Load:
    """Our service with a site of that many posts and that database, below ``folder``."""
    port = free_port()
    output = folder / "output"
    output.mkdir(parents=True)
    sites.write_targets(output, tuple(sites.target(f"post-{number}") for number in range(posts)))
    environment = {
        "DIALOGUE_DATABASE_URL": database,
        "DIALOGUE_SITE_URL": f"http://127.0.0.1:{port}",
        "DIALOGUE_OUTPUT": str(output),
        "DIALOGUE_REPLIES": str(folder / "replies"),
        "DIALOGUE_STATE": str(folder / "state"),
        "DIALOGUE_PORT": str(port),
        "DIALOGUE_WORKERS": str(workers),
    }
    command = [sys.executable, "-m", "dialogue", "serve"]
    with _running(command, peers.ROOT, environment, port, "/dialogue/health") as process:
        return _load(process, port, _by_form(port, posts), workers)


def _isso(folder: Path) -> Load:
    port = free_port()
    folder.mkdir()
    settings = folder / "isso.cfg"
    settings.write_text(
        f"[general]\ndbpath = {folder / 'comments.db'}\nhost = http://127.0.0.1:{port}/\n"
        f"[server]\nlisten = http://127.0.0.1:{port}\n"
        "[guard]\nenabled = false\n[moderation]\nenabled = true\n",
        encoding="utf-8",
    )
    command = [str(peers.isso()), "-c", str(settings), "run"]
    with _running(command, folder, {}, port, "/latest?limit=1") as process:
        return _load(process, port, _isso_reply, 1)


def _isso_reply(connection: http.client.HTTPConnection, number: int) -> bool:
    """One comment, as Isso's script sends it."""
    comment = {"author": "Ada", "text": f"A reply of a few words, number {number}.", "title": "A"}
    connection.request(
        "POST",
        f"/new?uri=%2Fpost-{number % 100}%2F",
        json.dumps(comment),
        {"Content-Type": "application/json"},
    )
    answer = connection.getresponse()
    answer.read()
    return answer.status in (201, 202)


def _by_form(port: int, posts: int) -> Send:
    """One reply with its preview, as the form without JavaScript sends it."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{port}",
    }
    mark = b'name="token" value="'

    def send(connection: http.client.HTTPConnection, number: int) -> bool:
        typed = {
            "target": f"post-{number % posts}",
            "name": "Ada",
            "text": f"A reply of a few words, number {number}.",
        }
        connection.request("POST", "/dialogue/replies", urlencode(typed), headers)
        answer = connection.getresponse()
        token = answer.read().partition(mark)[2].partition(b'"')[0].decode()
        if answer.status != 200 or not token:
            return False
        confirmed = urlencode({**typed, "token": token})
        connection.request("POST", "/dialogue/replies/confirm", confirmed, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 303

    return send


def _load(process: subprocess.Popen[bytes], port: int, send: Send, workers: int) -> Load:
    """Let some people reply at once, over and over, for a while."""
    found: list[list[float]] = [[] for _ in range(PEOPLE)]
    spent, end = cpu_of(process.pid), time.monotonic() + SECONDS

    def person(mine: int) -> None:
        number = mine
        with contextlib.closing(_connection(port)) as connection:
            while time.monotonic() < end:
                start = time.monotonic()
                if not send(connection, number):
                    raise FailedError("a reply was refused")
                found[mine].append(time.monotonic() - start)
                number += PEOPLE

    people = [threading.Thread(target=person, args=(mine,)) for mine in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    times = [seconds for one in found for seconds in one]
    if not all(found):
        raise FailedError("somebody's replies were refused")
    return Load(
        rate=len(times) / SECONDS,
        late=quantiles(times, n=100)[-1],
        memory=memory_of(process.pid) / workers,
        cpu=(cpu_of(process.pid) - spent) / len(times),
    )


@contextlib.contextmanager
def _running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], port: int, path: str
) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            _answers(process, port, path)
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _answers(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), contextlib.closing(_connection(port)) as connection:
            connection.request("GET", path)
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise FailedError("a service did not start")


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)
