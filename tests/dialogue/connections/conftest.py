"""What the tests of connections share: a service with a site, attackers beside it, an honest reader."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import pytest

from dialogue.settings import Settings
from tests.conftest import ROOT
from tests.dialogue.publishing.sites import write_site
from tests.dialogue.serving import Place, Running

_PATIENCE = 60.0


@pytest.fixture
def place(sqlite_template: Path, tmp_path: Path) -> Place:
    """Where a service can be started, beside a site with a large file; SQLite is enough here."""
    return laid_out(tmp_path, sqlite_template)


def laid_out(folder: Path, template: Path) -> Place:
    """A place in ``folder`` with a copy of that database."""
    output, database = folder / "output", folder / "dialogue.sqlite3"
    shutil.copy(template, database)
    write_site(output, {})
    (output / "large.bin").write_bytes(bytes(20_000_000))
    settings = Settings(
        database_url=f"sqlite:///{database}",
        output=output,
        replies=folder / "replies",
        state=folder / "state",
    )
    return Place(settings, folder / "log")


@contextlib.contextmanager
def attacked(port: int, name: str, count: int, *, spread: bool = False) -> Iterator[None]:
    """So many connections of one attack, from one address or from many."""
    words = [name, str(port), str(count), *(["spread"] if spread else [])]
    command = [sys.executable, "-m", "tests.dialogue.connections.attacks", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"attacking\n"
            yield
        finally:
            process.kill()


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a page and replies; once more where a browser would try once more."""

    running: Running

    def waits(self, times: int) -> list[float]:
        """The seconds that each of so many visits took."""
        return [self._visit(number) for number in range(times)]

    def _visit(self, number: int) -> float:
        start = time.monotonic()
        while time.monotonic() - start < _PATIENCE:
            with contextlib.suppress(httpx.TransportError, httpx.HTTPStatusError):
                with httpx.Client(timeout=_PATIENCE) as client:
                    client.get(f"{self.running.url}/tea/").raise_for_status()
                    self.running.send(client, f"Visit {number}").raise_for_status()
                return time.monotonic() - start
        return time.monotonic() - start


def is_served(running: Running, times: int = 7) -> None:
    """An honest reader is served within seconds, of several visits in the middle."""
    waits = Reader(running).waits(times)
    assert median(waits) < 5, waits
    assert max(waits) < _PATIENCE, waits


def memory_of(running: Running) -> int:
    """The resident memory of the service's one process, in bytes."""
    status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024
