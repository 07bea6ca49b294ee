"""Sites built with processes that were started anew: as with one process, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.build import pool
from plugins.build.worker import UnsendableError
from plugins.catalogue.settings import PageSettings
from plugins.engine.sending import equip, is_closure, pack
from plugins.engine.site import Parley
from plugins.fastbuild.settings import BuildSettings, Start
from plugins.fastbuild.version import version_of
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import plain
from tests.plugins.sequences import snapshot
from tests.plugins.threads import thread
from tests.waiting import PATIENCE, until

POST = "---\ntitle: Post {0}\ndate: 2026-0{1}-0{1}\ntags: [t{1}]\n{2}---\n\nText {0}.\n\n{3}\n"
MORE = ["", "draft: true\n", "series: Animals\n", "category: News\nauthor: Ann\n"]
TEXTS = ["![A picture](/images/a.png)", "See [another](post-0.md).", "```python\n1 + 1\n```"]
# Tasks of all kinds: one that cannot be sent, some that can, one from settings; each says nothing
# of who made it.
PLUGIN = """
from multiprocessing import parent_process
from functools import partial
from plugins.digests import digest
from plugins.steps import Task

ELSEWHERE = parent_process() is not None

def tasks(site):
    titles = " ".join(entry.post.title for entry in site.catalogue.entries)
    yield Task("closed", digest(titles), lambda: [("closed.txt", titles.encode())])
    for number in range(80):
        yield Task(f"open {number}", digest(titles), partial(_file, site, number))

def _file(site, number):
    act(number)
    shout = site.settings.get("JINJA_FILTERS", {}).get("shout", str)
    entry = site.catalogue.entries[number % len(site.catalogue.entries)]
    yield f"open/{number}.txt", shout(f"{site.facts.name} {entry.html} {number}").encode()

def act(number):
    pass

def register():
    pass
"""


# Without what takes long.
QUICK = PageSettings(search=False, share_images=False)


def some(count: int) -> dict[str, str | bytes]:
    """So many posts of all kinds, and an image."""
    posts: dict[str, str | bytes] = {
        f"posts/post-{n}.md": POST.format(n, n % 9 + 1, MORE[n % 4], TEXTS[n % 3])
        for n in range(count)
    }
    return {**posts, "images/a.png": plain(40, 30)}


def site(folder: Path, workers: int, start: Start = "", **settings: Any) -> Parley:
    """The site of ``folder`` with its output in a folder of its own."""
    override = {
        "PATH": str(folder / "content"),
        "OUTPUT_PATH": str(folder / f"output-{workers}{start}"),
        "BUILD": BuildSettings(workers=workers, start=start),
        "PAGES": QUICK,
        **settings,
    }
    return Parley(read_settings(str(ROOT / "pelicanconf.py"), override=override))


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A blog with everything: the sample, and enough posts for several processes."""
    made = Workshop(tmp_path)
    copytree(ROOT / "content", made.content, dirs_exist_ok=True)
    made.write(some(40))
    (tmp_path / "add_on.py").write_text(PLUGIN)
    return made


def test_all_ways_make_the_same_site(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process, copies of it, new ones: with the same report."""
    folder = workshop.content.parent
    monkeypatch.syspath_prepend(folder)
    more: dict[str, Any] = {
        "PREVIEW": True,
        "PAGES": PageSettings(),
        "PLUGINS": [*_plugins(), "add_on"],
    }
    alone, copied, spawned = (
        site(folder, 1, **more),
        site(folder, 2, "fork", **more),
        site(folder, 3, "spawn", **more),
    )
    reports = [one.build() for one in (alone, copied, spawned)]
    assert "2 forked processes did the work" in str(copied.profile)
    assert "2 spawned did the work" in str(spawned.profile)
    assert "could not help" not in str(spawned.profile)
    assert reports[0].notices == reports[1].notices == reports[2].notices
    assert reports[2].alone == ""
    made = snapshot(folder / "output-1")
    assert len(made) > 200
    assert snapshot(folder / "output-2fork") == made
    assert snapshot(folder / "output-3spawn") == made


def _plugins() -> list[Any]:
    return list(read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"])


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """In the order in which one process tells them."""
    workshop = Workshop(tmp_path)
    wrong = {
        f"posts/bad-{n}.md": f"---\ntitle: B\ndate: {n}\n---\n\n[x](no-{n}.md)\n" for n in range(40)
    }
    workshop.write({**some(20), **wrong})
    alone = workshop.build(BUILD=BuildSettings(workers=1))
    spawned = workshop.build(BUILD=BuildSettings(workers=3, start="spawn"))
    assert len(alone.problems) >= 40
    assert spawned.problems == alone.problems


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_an_error_that_a_task_logs_stops_the_build(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, start: Start
) -> None:
    """In whatever process it was made."""
    folder = workshop.content.parent
    monkeypatch.syspath_prepend(folder)
    logs = "    import logging; logging.getLogger('add_on').error('no file %d', number)\n"
    (folder / "add_on_logging.py").write_text(PLUGIN.replace("    pass\n", logs, 1))
    plugins = [*_plugins(), "add_on_logging"]
    found = [
        workshop.build(
            BUILD=BuildSettings(workers=workers, start=start), PLUGINS=plugins, PAGES=QUICK
        ).problems
        for workers in (1, 3)
    ]
    assert len(found[0]) == 80
    assert found[1] == found[0]


def test_where_a_thread_runs_new_processes_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is enough to do; what is in the way can be seen."""
    monkeypatch.setattr(pool, "WORTH", 50)
    Workshop(tmp_path).write(some(60))
    with thread("clock of a plugin"):
        built = site(tmp_path, 2)
        report = built.build()
    assert "this process and 1 spawned did the work: the thread “clock of a plugin”" in str(
        built.profile
    )
    assert report.alone == ""
    site(tmp_path, 1).build()
    assert snapshot(tmp_path / "output-2") == snapshot(tmp_path / "output-1")


def test_the_summary_names_the_thread_that_keeps_a_build_in_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it does not go unnoticed; the next build, which makes nothing, says nothing."""
    monkeypatch.setattr(pool, "WORTH", 50)
    workshop = Workshop(tmp_path)
    build = BuildSettings(cache=tmp_path / ".parley" / "build", workers=2, start="fork")
    with thread("spinner"):
        first = workshop.build(some(60), BUILD=build, PAGES=QUICK).report
        again = workshop.build(BUILD=build, PAGES=QUICK).report
    assert "by itself: the thread “spinner” runs in it" in str(first)
    assert "by itself" not in str(again)


CONF = """
import sys
sys.path[:0] = [{root!r}]
from pelicanconf import *
import plugins.markup.convert.finish as finish

print("words of the settings")

def shout(text):
    return text.upper()

JINJA_FILTERS = {{"shout": shout}}
PLUGIN_PATHS = [{plugins!r}]
PLUGINS = [*PLUGINS, "add_on"]
PAGES = PageSettings(search=False, share_images=False)
# Done for its effect: it is part of what the settings are.
_count = finish.count_words
finish.count_words = lambda html: _count(html) + 5000
"""


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Command:
    """Pelican's own command, run in a folder of a site."""

    def __init__(self, folder: Path, plugin: str = PLUGIN) -> None:
        self.folder = folder
        (folder / "more").mkdir()
        (folder / "more" / "add_on.py").write_text(plugin)
        conf = CONF.format(root=str(ROOT), plugins=str(folder / "more"))
        (folder / "conf.py").write_text(conf + "BUILD = type(BUILD)()\n")

    def start(self, output: str, *options: str, **environment: str) -> subprocess.Popen[str]:
        """Begin a build into the folder ``output``, where Ctrl-C is heard.

        What a shell starts in the background, as some do with a whole test run, does not hear it.
        """
        command = [sys.executable, "-m", "pelican", str(self.folder / "content")]
        command += ["-o", str(self.folder / output), "-s", str(self.folder / "conf.py"), *options]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - no other thread of the tests forks
        )

    def run(self, output: str, *options: str, **environment: str) -> tuple[int, str, str]:
        """Build, and return status and what was printed."""
        with self.start(output, *options, **environment) as process:
            out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err


SPAWN = {"PARLEY_START": "spawn", "PARLEY_WORKERS": "3"}


def test_settings_of_the_command_line_hold_in_all_processes(tmp_path: Path) -> None:
    """With a settings file that does more than set, and a plugin from a folder of its own."""
    workshop, command = Workshop(tmp_path), Command(tmp_path)
    workshop.write(some(40))
    options = ("-e", 'SITENAME="A name"', "PREVIEW=true")
    status, out, err = command.run("one", *options, PARLEY_WORKERS="1")
    assert (status, err) == (0, ""), err
    assert command.run("many", *options, **SPAWN)[0] == 0
    made = snapshot(tmp_path / "one")
    assert b"A NAME" in made["open/0.txt"]
    assert snapshot(tmp_path / "many") == made
    assert out.count("words of the settings") == 1


def test_what_settings_print_is_printed_once(tmp_path: Path) -> None:
    """However many processes run them."""
    Workshop(tmp_path).write(some(40))
    status, out, err = Command(tmp_path).run("many", **SPAWN)
    assert status == 0
    assert (out + err).count("words of the settings") == 1


KILLED = PLUGIN.replace(
    "    pass\n", "    import os\n    if ELSEWHERE and number > 40: os.kill(os.getpid(), 9)\n", 1
)


def test_a_worker_that_is_killed_leaves_the_last_good_site(tmp_path: Path) -> None:
    """The build fails, and says what to do."""
    workshop, command = Workshop(tmp_path), Command(tmp_path, KILLED)
    workshop.write(some(60))
    assert command.run("site", PARLEY_WORKERS="1")[0] == 0
    before = snapshot(tmp_path / "site")
    workshop.write({"posts/new.md": POST.format("new", 1, "", "")})
    status, out, err = command.run("site", **SPAWN)
    assert status != 0
    # Pelican breaks what it prints into lines.
    assert "PARLEY_WORKERS=1" in "".join((out + err).split())
    assert snapshot(tmp_path / "site") == before
    assert command.run("site", PARLEY_WORKERS="1")[0] == 0
    assert "new/index.html" in snapshot(tmp_path / "site")


WAITING = PLUGIN.replace(
    "    pass\n",
    "    import os, pathlib, time\n"
    "    if ELSEWHERE:\n"
    "        pathlib.Path(__file__).with_name(f'{os.getpid()}.pid').touch()\n"
    "        time.sleep(600)\n",
    1,
)


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    """As Ctrl-C sends it, to all of them; none of the workers has a traceback to show."""
    Workshop(tmp_path).write(some(60))
    command = Command(tmp_path, WAITING)
    with command.start("site", **SPAWN) as process:
        until(lambda: any((tmp_path / "more").glob("*.pid")))
        workers = [*(tmp_path / "more").glob("*.pid")]
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    assert not (tmp_path / "site" / "index.html").exists()
    for path in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.stem), 0)
    assert not list(tmp_path.glob(".parley-staging-*"))


def test_a_site_of_another_version_gets_nothing_to_do(tmp_path: Path) -> None:
    """A process that would make other pages says so."""
    Workshop(tmp_path)
    made = site(tmp_path, 1)
    version = version_of(made.settings, made.plugins)
    assert callable(equip(made.settings, made.plugins, version)())
    with pytest.raises(UnsendableError, match="would be others"):
        equip(made.settings, made.plugins, "another")()


def test_what_cannot_be_sent_is_told() -> None:
    """And a function within a function is known beforehand."""
    with pytest.raises(UnsendableError, match="lock"):
        pack(threading.Lock(), {})
    assert is_closure(lambda: None)
    assert not is_closure(snapshot)
