"""The build in the background gives way to a save, and no save is lost on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desk.job import Job
from desk.preview.builder import Builder
from tests.conftest import ROOT
from tests.desk.preview.test_builder import is_alive
from tests.desk.preview.test_resident import Home, files
from tests.waiting import PATIENCE

# A plugin that stops where it is told to, for as long as a file is there.
PLUGIN = """
import os, time
from contextlib import contextmanager
from pathlib import Path
from plugins.digests import digest
from plugins.steps import Task

HERE = Path(__file__).parent


def stop(phase):
    while (HERE / f"stop-{phase}").exists():
        (HERE / f"at-{phase}").write_text(str(os.getpid()))
        time.sleep(0.005)


def watched(settings):
    stop("looking")
    return ()


def tasks(site):
    stop("planning")
    whole = digest([entry.whole for entry in site.catalogue.entries])
    yield Task("all", whole, lambda: [("all.txt", made(whole))])


def made(whole):
    stop("making")
    return whole.encode()


@contextmanager
def publishing(output, staged, settings):
    if (staged / "all.txt").exists():
        stop("publishing")
    yield


def register():
    pass
"""
PHASES = [
    pytest.param("looking", marks=pytest.mark.deep),
    pytest.param("planning", marks=pytest.mark.deep),
    "making",
    pytest.param("publishing", marks=pytest.mark.deep),
]


class Writing(Home):
    """A site whose builds can be held at each of their phases."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (folder / "phases.py").write_text(PLUGIN, encoding="utf-8")
        with self.settings.open("a", encoding="utf-8") as file:
            file.write(
                f"import sys\nsys.path.insert(0, {str(folder)!r})\n"
                "import phases\nPLUGINS = [*PLUGINS, phases]\n"
            )
        self.post("ant", "Small words.", "Ant")
        self.post("bee", "See [the ant](ant.md).", "Bee")
        self.builder = Builder(Job(str(self.settings), str(self.content), str(self.output)))

    async def saved(self, text: str) -> None:
        """Save a post, and see that its page is told at once."""
        outcome = await self.builder.build([self.post("ant", text, "Ant")])
        assert outcome.short, outcome
        assert text in self.page("ant")

    async def held(self, phase: str) -> tuple[asyncio.Task[object], int]:
        """Begin to settle and stop at a phase; what settles, and the process that does it."""
        (self.folder / f"stop-{phase}").touch()
        at = self.folder / f"at-{phase}"
        at.unlink(missing_ok=True)
        settling = asyncio.create_task(self.builder.settle())
        await until(lambda: at.exists() and at.read_text() != "")
        return settling, int(at.read_text())

    def release(self, phase: str) -> None:
        """Let a build go on."""
        (self.folder / f"stop-{phase}").unlink()

    async def settled(self) -> None:
        """Settle, and see that all is as a build from nothing makes it."""
        outcome = await self.builder.settle()
        assert outcome.ok, outcome
        assert files(self.output) == self.clean()[1]

    @property
    def process(self) -> int:
        """The process that builds."""
        process = self.builder._process
        assert process is not None
        return process.pid


async def let_go(settling: asyncio.Task[object]) -> None:
    """What the server does when a file is saved."""
    settling.cancel()
    await asyncio.gather(settling, return_exceptions=True)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.005)


@asynccontextmanager
async def writing(home: Writing) -> AsyncIterator[Writing]:
    """The site, built and in memory."""
    async with home.builder:
        assert (await home.builder.build()).ok
        yield home


def lives(home: Writing, scene: Callable[[Writing], Awaitable[None]]) -> None:
    """Play a scene."""

    async def play() -> None:
        async with asyncio.timeout(60), writing(home):
            await scene(home)

    asyncio.run(play())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writing:
    """A site of two posts."""
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return Writing(tmp_path)


def test_one_process_does_it_all(home: Writing) -> None:
    """From save to save, from what it has in memory."""

    async def scene(home: Writing) -> None:
        first = home.process
        for text in ("One.", "Two.", "Three."):
            await home.saved(text)
            await home.settled()
        assert home.process == first

    lives(home, scene)


@pytest.mark.parametrize("phase", PHASES[:-1])
def test_a_save_stops_the_build_in_the_background(home: Writing, phase: str) -> None:
    """At its next step: then nothing of it has reached the output."""

    async def scene(home: Writing) -> None:
        await home.saved("Old words.")
        before = (home.output / "all.txt").read_bytes()
        settling, process = await home.held(phase)
        assert process == home.process
        await let_go(settling)
        saving = asyncio.create_task(home.saved("New words."))
        await asyncio.sleep(0.05)
        home.release(phase)
        await saving
        assert (home.output / "all.txt").read_bytes() == before
        await home.settled()

    lives(home, scene)


def test_a_save_comes_after_what_is_being_published(home: Writing) -> None:
    """Never before it: an older text must not come over a newer one. It is not lost either."""

    async def scene(home: Writing) -> None:
        await home.saved("Old words.")
        settling, _ = await home.held("publishing")
        await let_go(settling)
        saving = asyncio.create_task(home.saved("New words."))
        await asyncio.sleep(0.2)
        assert "Old words." in home.page("ant")
        home.release("publishing")
        await saving
        await home.settled()

    lives(home, scene)


@pytest.mark.parametrize("phase", PHASES)
def test_a_process_that_is_killed_is_told_of(home: Writing, phase: str) -> None:
    """Another one takes its place, and puts everything right."""

    async def scene(home: Writing) -> None:
        await home.saved("Old words.")
        settling, process = await home.held(phase)
        os.kill(process, signal.SIGKILL)
        outcome = await settling
        assert "SIGKILL" in str(outcome)
        home.release(phase)
        assert (await home.builder.build([home.post("ant", "New words.", "Ant")])).ok
        assert home.process != process
        assert "New words." in home.page("ant")
        await home.settled()

    lives(home, scene)


def test_a_fault_in_the_background_is_told(home: Writing) -> None:
    """As in any other build; the process goes on, and builds as ever until it is mended."""

    async def scene(home: Writing) -> None:
        process = home.process
        await home.saved("Old words.")
        broken = home.post("bee", "See [nothing](nothing.md).", "Bee")
        outcome = await home.builder.settle()
        assert "nothing.md" in outcome.problems[0].text
        assert home.process == process
        assert not (await home.builder.build([home.post("ant", "New.", "Ant")])).ok
        broken.write_text(broken.read_text().replace("nothing.md", "ant.md"))
        assert (await home.builder.build([broken])).ok
        await home.settled()

    lives(home, scene)


def test_nothing_piles_up(home: Writing) -> None:
    """After many saves and stopped builds: no open files, no folders."""

    async def scene(home: Writing) -> None:
        async def live(text: str) -> tuple[int, list[str]]:
            await home.saved(f"{text} one.")
            settling, process = await home.held("making")
            await let_go(settling)
            saving = asyncio.create_task(home.saved(f"{text} two."))
            await asyncio.sleep(0.05)
            home.release("making")
            await saving
            await home.builder.settle()
            files = list(Path(f"/proc/{process}/fd").iterdir())
            return len(files), sorted(path.name for path in home.folder.iterdir())

        first = await live("Begin")
        for number in range(5):
            assert await live(str(number)) == first

    lives(home, scene)


@pytest.mark.parametrize("phase", PHASES)
def test_everything_ends_with_the_builder(home: Writing, phase: str) -> None:
    """Also in the middle of a build in the background."""

    async def scene(home: Writing) -> None:
        await home.saved("Old words.")
        settling, process = await home.held(phase)
        await let_go(settling)
        processes.append(process)

    processes: list[int] = []
    lives(home, scene)
    assert not any(is_alive(process) for process in processes)
