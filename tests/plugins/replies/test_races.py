"""Builds that are killed at any moment while replies are approved: no approved reply is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.thread.examples import reply
from thread import files, targets
from thread.lock import output_lock
from thread.model import Thread
from thread.splice import splice
from thread.templates import Templates

POST = "---\ntitle: {0}\ndate: 2026-05-1{0}\nsummary: {1}\n---\n\nText.\n"
NAMES = ("1", "2", "3")
CONF = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from pelicanconf import *
REPLIES = RepliesSettings(folder=Path({replies!r}))
"""


class Service:
    """Approves replies one after the other, as the service publishes them."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._templates = Templates(ROOT / "theme" / "templates")
        self.versions = dict.fromkeys(NAMES, 0)

    def approve(self, name: str) -> None:
        """A further reply to the post."""
        self.versions[name] += 1
        replies = tuple(reply(f"r{n}") for n in range(1, self.versions[name] + 1))
        thread = Thread(name, self.versions[name], replies)
        output = self._workshop.output
        with output_lock(output):
            files.write(self._workshop.replies, thread)
            known = targets.read(output)
            [target] = [one for one in known.targets if one.id == name]
            splice(output, known.site, target, thread, self._templates)

    def shown(self, name: str) -> int:
        """How many replies the page of the post has."""
        page = (self._workshop.output / name / "index.html").read_text(encoding="utf-8")
        return page.count('class="reply u-comment')


def started(workshop: Workshop, conf: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    command = [sys.executable, "-m", "pelican", str(workshop.content), "-o", str(workshop.output)]
    return subprocess.Popen(
        [*command, "-s", str(conf)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def race(tmp_path: Path, rounds: int, seed: int) -> None:
    """Change the posts, build, approve meanwhile, and kill most builds; check after each."""
    chance = random.Random(seed)
    workshop = Workshop(tmp_path)
    conf = tmp_path / "conf.py"
    conf.write_text(CONF.format(root=str(ROOT), replies=str(workshop.replies)))
    assert workshop.build({f"{n}.md": POST.format(n, "Old.") for n in NAMES}).problems == ()
    service = Service(workshop)
    for number in range(rounds):
        workshop.write({f"{n}.md": POST.format(n, f"Round {number}.") for n in NAMES})
        building = started(workshop, conf)
        deadline = time.monotonic() + chance.uniform(0.2, 4.0)
        whole = chance.random() < 0.3
        while building.poll() is None and (whole or time.monotonic() < deadline):
            service.approve(chance.choice(NAMES))
            time.sleep(chance.uniform(0, 0.1))
        building.kill()
        building.wait()
        assert {name: service.shown(name) for name in NAMES} == service.versions
    final = workshop.build()
    assert final.problems == ()
    assert {name: service.shown(name) for name in NAMES} == service.versions


def test_killed_builds_lose_no_reply(tmp_path: Path) -> None:
    """The short form: a few builds."""
    race(tmp_path, rounds=3, seed=1)


@pytest.mark.deep
def test_many_killed_builds_lose_no_reply(tmp_path: Path) -> None:
    """The long form."""
    race(tmp_path, rounds=60, seed=random.randrange(2**32))
