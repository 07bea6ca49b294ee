"""The service and everything it leans on, each of which can fail: started, watched, put right."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.conftest import ROOT
from tests.dialogue.chaos.cluster import Away
from tests.dialogue.chaos.relay import Listening, Relay
from tests.dialogue.mail.server import free_port
from tests.dialogue.moderation.signing import HASH
from tests.dialogue.publishing.sites import write_site
from tests.dialogue.web import Answer, Request, web
from tests.waiting import PATIENCE, until

POST = "https://blog.example/tea/"
"""The post that other sites mention."""
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
"""libfaketime, which lets a process see another time; None where it is not installed."""


def faketime(clock: Path) -> dict[str, str]:
    """The environment of a process whose time is off by what is in the file ``clock``."""
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has waited for yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@dataclass
class World:
    """Where everything is, and how to break it."""

    folder: Path
    database: Away
    workers: int
    sources: str
    relay: Relay = field(default_factory=Relay)
    port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    restarts: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _mail: Listening | None = None

    @property
    def url(self) -> str:
        """The address of the service."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> Path:
        """The built site."""
        return self.folder / "output"

    @property
    def threads(self) -> Path:
        """The files of approved replies."""
        return self.folder / "replies"

    def all_pids(self) -> list[int]:
        """Every process of the service."""
        assert self._process is not None
        return [*{self._process.pid, *self.pids()}]

    def pids(self) -> list[int]:
        """The processes of the service that answer, or all where only one is there."""
        assert self._process is not None
        first = self._process.pid
        try:
            found = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii")
        except OSError:
            return []
        return list(map(int, found.split())) if self.workers > 1 else [first]

    def files(self) -> Iterator[Path]:
        """Every file that the service writes."""
        for folder in (self.output, self.threads, self.folder / "state"):
            yield from folder.rglob("*")
        yield from self.folder.glob("*.sqlite3*")

    def start(self) -> None:
        """Start the service and wait until it is ready."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.dialogue.chaos.launch",
                    self.sources.rpartition(":")[2],
                ],
                cwd=ROOT,
                env={**os.environ, **self._environ()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        process = self._process
        until(lambda: self.ready() or process.poll() is not None, lambda: self.log()[-4000:])
        assert process.poll() is None, self.log()[-4000:]

    def keep(self) -> None:
        """Start the service again where its first process has ended, without what is left of it.

        That is what systemd does with ``Restart=on-failure``.
        """
        assert self._process is not None
        # One that was killed just now is not reaped yet.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)
        if self._process.poll() is not None:
            self.kill()
            self.restarts += 1
            self.start()

    def ready(self) -> bool:
        """Whether the service says that it can take replies."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/dialogue/health", timeout=10).status_code == 200
        return False

    def stop(self) -> int:
        """Ask the service to end; its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """End all of it."""
        if self._process is None:
            return
        running = self.all_pids()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)
        until(lambda: not any(map(is_alive, running)), running)

    def log(self) -> str:
        """What the service said."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def clock(self, seconds: int) -> None:
        """Let the service see a time that is off by so much."""
        (self.folder / "clock").write_text(f"{seconds:+d}\n", encoding="ascii")

    def listen(self) -> None:
        """Start the relay."""
        self._mail = Listening(self.relay, self.mail_port)
        self._mail.start()

    def hang_up(self) -> None:
        """Stop the relay."""
        if self._mail is not None:
            self._mail.hang_up()
        self._mail = None

    @contextmanager
    def no_relay(self) -> Iterator[None]:
        """Nobody at the port of the relay."""
        self.hang_up()
        try:
            yield
        finally:
            self.listen()

    def _environ(self) -> dict[str, str]:
        return {
            **(faketime(self.folder / "clock") if FAKETIME else {}),
            "DIALOGUE_DATABASE_URL": self.database.url,
            "DIALOGUE_SITE_URL": self.url,
            "DIALOGUE_OUTPUT": str(self.output),
            "DIALOGUE_REPLIES": str(self.threads),
            "DIALOGUE_STATE": str(self.folder / "state"),
            "DIALOGUE_PORT": str(self.port),
            "DIALOGUE_WORKERS": str(self.workers),
            "DIALOGUE_TRUSTED_PROXIES": "127.0.0.0/8",
            "DIALOGUE_LEAST_SECONDS": "0",
            "DIALOGUE_HOURLY_REPLIES": "10000",
            "DIALOGUE_MODERATORS": "moderator@blog.example",
            # Every message and every notice goes out by itself, not in a digest.
            "DIALOGUE_MAIL_LIMITS": "message=999999/999999,waiting=999999/999999",
            "DIALOGUE_MODERATOR_PASSWORD_HASH": HASH,
            "DIALOGUE_CONTACT": "owner@blog.example",
            "DIALOGUE_MAIL_HOST": "127.0.0.1",
            "DIALOGUE_MAIL_PORT": str(self.mail_port),
            "DIALOGUE_MAIL_SECURITY": "none",
            "DIALOGUE_MAIL_FROM": "blog@blog.example",
        }


@contextmanager
def world(folder: Path, database: Away, workers: int) -> Iterator[World]:
    """All of it, running."""
    with ExitStack() as opened:
        sources = opened.enter_context(web(_source))
        made = World(folder, database, workers, sources.url)
        made.clock(0)
        write_site(made.output, {})
        made.listen()
        opened.callback(made.hang_up)
        opened.callback(made.kill)
        made.start()
        yield made


def _source(request: Request) -> Answer:
    """A page that links to a post, whatever its path; one in ten does not come well."""
    number = request.path.rpartition("/")[2]
    if number.endswith("3"):
        poison = rf'{{"items":[{{"type":["h-entry"],"properties":{{"content":["\ud800\u0000"],"in-reply-to":["{POST}"]}}}}]}}'
        return Answer(200, {"Content-Type": "application/mf2+json"}, poison.encode())
    if number.endswith("7"):
        return Answer(503)
    text = f'<div class="h-entry"><p class="e-content">mention {request.path}</p><a class="u-in-reply-to" href="{POST}">tea</a></div>'
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())
