"""A preview that really runs: a small site in a folder of its own and ``desk serve`` in it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import ROOT
from tests.waiting import PATIENCE, until

POST = """---
title: {title}
date: 2024-01-0{day}
status: {status}
summary: One sentence.
---

{text}
"""


def write_post(
    site: Path, name: str, text: str, *, status: str = "published", day: int = 1
) -> Path:
    """Write a post named ``name``, whole at once as an editor does, and return its path."""
    path = site / "content" / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".md~")
    beside.write_text(
        POST.format(title=f"Title of {name}", text=text, status=status, day=day), encoding="utf-8"
    )
    return beside.replace(path)


def make_site(folder: Path) -> Path:
    """Copy the kit's settings, plugins and theme to ``folder``; three posts, one of them a draft."""
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for settings in ROOT.glob("*conf.py"):
        shutil.copy(settings, folder)
    write_post(folder, "first", "First words.")
    write_post(folder, "second", "Second words.", day=2)
    write_post(folder, "unfinished", "Not for the public.", status="draft")
    return folder


def environment() -> dict[str, str]:
    """The environment of a site whose desk is this repository's, and Python as it is by default."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**ours, "PYTHONPATH": str(ROOT)}


class Preview:
    """``desk serve`` in ``site`` as a process; ``url`` is where, ``lines`` what it has printed."""

    def __init__(self, site: Path, *options: str) -> None:
        command = [sys.executable, "-m", "desk", "serve", "--port", "0", *options]
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            command,
            cwd=site,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.client = httpx.Client(timeout=PATIENCE)
        try:
            self.url = self.line("Parley is at ").split()[3]
        except BaseException:
            self.stop(signal.SIGKILL)
            raise
        self.client.base_url = self.url

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as printed:
            for line in printed:
                self.lines.append(line.rstrip("\n"))

    def line(self, text: str, after: int = 0) -> str:
        """Wait for a printed line that holds ``text``, the first ``after`` lines aside."""
        until(lambda: any(text in line for line in self.lines[after:]), self.lines)
        return next(line for line in self.lines[after:] if text in line)

    def get(self, path: str) -> httpx.Response:
        """Ask for ``path``."""
        return self.client.get(path)

    def shows(self, path: str, text: str) -> None:
        """Wait until ``path`` shows ``text``."""
        until(lambda: text in self.get(path).text, self.lines)

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, int]]]:
        """The states that an open page is sent, from now on."""
        with self.client.stream("GET", "/_desk/events") as answer:
            yield (
                json.loads(line.removeprefix("data: "))
                for line in answer.iter_lines()
                if line.startswith("data: ")
            )

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Send a signal, Ctrl-C unless told otherwise; return the exit status. Once is enough."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join()
            self.client.close()


@contextmanager
def previewing(site: Path, *options: str) -> Iterator[Preview]:
    """A preview of ``site`` that is stopped at the end."""
    preview = Preview(site, *options)
    try:
        yield preview
    finally:
        preview.stop()
