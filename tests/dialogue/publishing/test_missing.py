"""A database that holds less than is published is refused, and nothing else is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from desk.errors import DeskError
from desk.preview.talk import talk
from dialogue.cli import main
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from dialogue.publishing import missing
from dialogue.publishing.making import publishing_of
from dialogue.ready import ready
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.replies.tables import replies, threads
from dialogue.services import Unpublished
from dialogue.settings import Settings, variable
from dialogue.targets import Targets
from tests.conftest import ROOT
from tests.dialogue.publishing.sites import TEMPLATES, write_site
from tests.dialogue.replies_made import reply
from tests.waiting import PATIENCE
from thread import files

APPROVED = State.APPROVED
Command = Callable[..., int]


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a service beside a built site."""
    write_site(settings.output, {})
    return replace(settings, templates=(str(TEMPLATES),))


@pytest.fixture
def store(site: Settings, database: Database) -> Store:
    """A store whose decisions are published, with two replies to tea and one to coffee."""
    made = store_on(database, site)
    for one in (("r1", "tea"), ("r2", "tea"), ("r3", "coffee")):
        made.hold(reply(id=one[0], target=one[1], words=f"This is {one[0]}.", state=APPROVED))
    catch_up(made, site)
    return made


def store_on(database: Database, site: Settings) -> Store:
    """A store that publishes."""
    reading = Store(database, Unpublished())
    return Store(database, publishing_of(site, Targets(site.output), reading))


def catch_up(store: Store, site: Settings) -> None:
    """What a service does first."""
    reading = replace(store, publisher=Unpublished())
    assert publishing_of(site, Targets(site.output), reading).catch_up()


@pytest.fixture
def quiet(store: Store) -> Store:
    """The same, in a process that is killed before it publishes."""
    return replace(store, publisher=Unpublished())


@pytest.fixture
def emptied(store: Store, site: Settings) -> Settings:
    """The settings, after an empty database took the place of the full one."""
    store.database.write(lambda at: [at.execute(delete(each)) for each in (replies, threads)])
    return site


def environ(settings: Settings) -> dict[str, str]:
    """The environment that gives ``settings``."""
    values = {variable(each.name): getattr(settings, each.name) for each in fields(Settings)}
    known = {
        name: str(value) for name, value in values.items() if isinstance(value, (str, int, Path))
    }
    return {**known, variable("templates"): ",".join(settings.templates)}


@pytest.fixture
def run(site: Settings) -> Command:
    """Runs commands of the service."""
    return lambda *words: main(words, environ(site))


def published(site: Settings) -> set[str]:
    """The ids of replies in the files that the build reads."""
    return {each.id for found in files.read_all(site.replies).values() for each in found.replies}


def page(site: Settings, name: str = "tea") -> str:
    """The page of a post."""
    return (site.output / name / "index.html").read_text(encoding="utf-8")


def test_a_new_site_starts(site: Settings, database: Database) -> None:
    """There is no folder of replies yet, or an empty one."""
    ready(site, database)
    site.replies.mkdir()
    ready(site, database)


def test_an_empty_database_is_refused(emptied: Settings, database: Database) -> None:
    """The message says how much is missing, and each way out."""
    with pytest.raises(DialogueError) as caught:
        ready(emptied, database)
    said = str(caught.value)
    assert said.startswith("published replies are missing: 3, of posts: 2")
    assert str(emptied.replies) in said
    assert database.url.render_as_string() in said
    for way in ("DIALOGUE_DATABASE_URL", "import parley FILE|URL", "drop-missing"):
        assert way in said


def test_the_service_does_not_start(emptied: Settings) -> None:
    """It ends with status 1 and one line, and the pages are as they were."""
    before = page(emptied)
    done = subprocess.run(
        [sys.executable, "-m", "dialogue", "serve"],
        cwd=ROOT,
        env=environ(emptied),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    (line,) = [each for each in done.stderr.splitlines() if each.startswith("dialogue: ")]
    assert "published replies are missing: 3, of posts: 2" in line
    assert published(emptied) == {"r1", "r2", "r3"}
    assert page(emptied) == before


def test_the_preview_does_not_start(
    emptied: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The development server says the same."""
    for name, value in environ(emptied).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DeskError, match="published replies are missing: 3, of posts: 2"):
        talk(tmp_path, emptied.output, "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "words",
    [
        ["moderate", "approve", "x"],
        ["export"],
        ["import", "isso", "x.db"],
        ["erase", "--email", "a@b.example", "--yes"],
    ],
    ids=lambda words: str(words[0]),
)
def test_nothing_that_publishes_does(
    emptied: Settings, run: Command, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """No command overwrites what is published with less."""
    assert run(*words) == 1
    assert "published replies are missing: 3, of posts: 2" in capsys.readouterr().err
    assert published(emptied) == {"r1", "r2", "r3"}


def test_the_doctor_says_so(
    emptied: Settings, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before a service is started."""
    assert run("doctor") == 1
    assert "published replies are missing: 3, of posts: 2" in capsys.readouterr().out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_older_copy_is_refused(
    store: Store, site: Settings, database: Database, tmp_path: Path
) -> None:
    """A backup from before the last reply lacks that one."""
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(str(database.url.database))) as file:
        file.execute("VACUUM INTO ?", [str(copy)])
    store.hold(reply(id="r4", state=APPROVED))
    catch_up(store, site)
    with (
        closing(Database(f"sqlite:///{copy}")) as older,
        pytest.raises(DialogueError, match="missing: 1, of posts: 1"),
    ):
        ready(site, older)


def _erase(quiet: Store) -> None:
    quiet.erase("r1")


def _erase_place(quiet: Store) -> None:
    quiet.hold(reply(id="answer", parent="r1", state=APPROVED))
    quiet.erase("r1")


def _erase_all(quiet: Store) -> None:
    for each in ("r1", "r2", "r3"):
        quiet.erase(each)


def _reject(quiet: Store) -> None:
    quiet.decide("r1", State.REJECTED)


@pytest.mark.parametrize("change", [_erase, _erase_place, _erase_all, _reject])
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "published"])
def test_what_was_erased_is_not_missed(
    change: Callable[[Store], None], killed: bool, store: Store, quiet: Store, site: Settings
) -> None:
    """Neither where that was published, nor where the service was killed before it could."""
    change(quiet if killed else store)
    if not killed:
        catch_up(store, site)
    ready(site, store.database)
    catch_up(store, site)
    ready(site, store.database)
    if change is not _reject:
        assert "This is r1." not in page(site)


def test_erasing_is_not_missed_after_a_loss_was_accepted(
    emptied: Settings, run: Command, database: Database
) -> None:
    """A database that counts on from the files has erased what it does not hold."""
    assert run("drop-missing", "--yes") == 0
    quiet = Store(database, Unpublished())
    for number in range(3):
        quiet.hold(reply(id=f"n{number}", state=APPROVED))
    catch_up(quiet, emptied)
    assert published(emptied) == {"n0", "n1", "n2"}
    quiet.erase("n1")
    ready(emptied, database)
    catch_up(quiet, emptied)
    assert published(emptied) == {"n0", "n2"}


def test_a_database_that_counts_behind_its_files_catches_up(
    store: Store, quiet: Store, site: Settings, database: Database
) -> None:
    """As one that was begun anew by an earlier release: an erasure is none the less not missed."""
    database.write(lambda at: at.execute(text("UPDATE threads SET version = 1, published = 1")))
    ready(site, database)
    quiet.erase("r1")
    ready(site, database)
    catch_up(quiet, site)
    assert published(site) == {"r2", "r3"}


def test_dropping_shows_first(
    emptied: Settings, run: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --yes each reply is listed and all is as it was."""
    assert run("drop-missing") == 0
    said = capsys.readouterr()
    assert sorted(said.out.splitlines()) == ["coffee r3", "tea r1", "tea r2"]
    assert "3 replies are missing, none dropped; add --yes" in said.err
    assert published(emptied) == {"r1", "r2", "r3"}


def test_dropping_takes_them_off_the_pages(
    emptied: Settings, run: Command, database: Database
) -> None:
    """The ones that the database has stay, and the service starts."""
    store = store_on(database, emptied)
    replace(store, publisher=Unpublished()).hold(reply(id="r2", words="Kept.", state=APPROVED))
    assert run("drop-missing", "--yes") == 0
    assert published(emptied) == {"r2"}
    assert "This is r1." not in page(emptied)
    ready(emptied, database)
    assert run("drop-missing") == 0


def test_importing_brings_them_back(
    store: Store, site: Settings, run: Command, tmp_path: Path
) -> None:
    """From a file of everything: the pages are untouched, and the service starts."""
    assert run("export", "--all", str(tmp_path / "all.gz")) == 0
    store.database.write(lambda at: [at.execute(delete(each)) for each in (replies, threads)])
    before = page(site)
    assert run("import", "parley", str(tmp_path / "all.gz")) == 0
    ready(site, store.database)
    assert published(site) == {"r1", "r2", "r3"}
    assert page(site) == before


def test_many_may_start_at_once(store: Store, site: Settings, database: Database) -> None:
    """Several processes that catch up with the files at the same time agree."""
    database.write(lambda at: at.execute(text("UPDATE threads SET version = 1, published = 0")))
    opened = [Database(database.url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: ready(site, each), opened))
    for each in opened:
        each.close()
    assert missing.behind(database, site.replies) == ()


def test_a_damaged_file_is_not_in_the_way(
    store: Store, site: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """It is named in the log; whoever builds or publishes that one post refuses it."""
    (site.replies / files.file_name("tea")).write_bytes(b"{")
    ready(site, database)
    assert "a file of replies cannot be compared" in caplog.text


def test_a_new_machine_gets_the_files_of_the_build(
    store: Store, site: Settings, run: Command, tmp_path: Path
) -> None:
    """With the database alone nothing is missing, and an import writes what the build reads."""
    assert run("export", "--all", str(tmp_path / "all.gz")) == 0
    before = {each.name: each.read_bytes() for each in site.replies.iterdir()}
    place = f"sqlite:///{tmp_path}/new.sqlite3"
    new = replace(site, database_url=place, replies=tmp_path / "new", state=tmp_path / "state2")
    assert main(["import", "parley", str(tmp_path / "all.gz")], environ(new)) == 0
    assert {each.name: each.read_bytes() for each in new.replies.iterdir()} == before


@pytest.fixture(autouse=True)
def closed(database: Database) -> Iterator[None]:
    """No connection of a test is left open."""
    yield
    database.close()


def test_the_migration_comes_first(site: Settings, tmp_path: Path) -> None:
    """A database without tables is made ready."""
    with closing(Database(f"sqlite:///{tmp_path}/fresh.sqlite3")) as fresh:
        ready(site, fresh)
        migrate(fresh)
        assert Store(fresh, Unpublished()).counts() == {}
