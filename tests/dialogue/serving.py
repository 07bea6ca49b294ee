"""The service as a process of its own, on a free port, and how to send it replies."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from dialogue.settings import Settings
from tests.conftest import ROOT
from tests.waiting import PATIENCE, until


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Running:
    """A running service, by its address."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def send(self, client: httpx.Client, text: str) -> httpx.Response:
        """Send one reply by preview and confirmation; what the confirmation is answered with."""
        headers = {"Origin": self.url, "Accept": "application/json"}
        typed = {"target": "tea", "name": "Ada", "text": text}
        shown = client.post(f"{self.url}/dialogue/replies", data=typed, headers=headers)
        shown.raise_for_status()
        confirmed = {**typed, "token": shown.json()["token"]}
        return client.post(f"{self.url}/dialogue/replies/confirm", data=confirmed, headers=headers)

    def kill(self) -> None:
        """End it and its workers as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Place:
    """Where a service is started: the same port and folders each time, by the same command."""

    settings: Settings
    log: Path
    port: int = field(default_factory=_free_port)
    wrapper: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def serve(self, **more: str) -> Iterator[Running]:
        """A service that answers; killed on leaving if it still runs."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*self.wrapper, sys.executable, "-m", "dialogue", "serve"],
                cwd=ROOT,
                env={**os.environ, **self._environ(), **more},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running = Running(self.url, process, self.log)
        try:
            _wait(running)
            yield running
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)

    def _environ(self) -> Mapping[str, str]:
        return {
            "DIALOGUE_DATABASE_URL": self.settings.database_url,
            "DIALOGUE_SITE_URL": self.url,
            "DIALOGUE_OUTPUT": str(self.settings.output),
            "DIALOGUE_REPLIES": str(self.settings.replies),
            "DIALOGUE_STATE": str(self.settings.state),
            "DIALOGUE_PORT": str(self.port),
            "DIALOGUE_LEAST_SECONDS": "0",
            "DIALOGUE_HOURLY_REPLIES": "10000",
        }


def _wait(running: Running) -> None:
    def answers() -> bool:
        assert running.process.poll() is None, running.log.read_text()
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{running.url}/dialogue/health", timeout=5).status_code == 200
        return False

    until(answers, running.log.read_text)
