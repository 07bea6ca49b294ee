"""How long people wait for their answer: readers who reply, and the moderator who approves.

An answer waits for the commit only, so it takes no longer beside a running build, nor on a page with
thousands of replies, whose publishing takes seconds. The same load on a site of that many posts, in
turns: a post with few replies, one with 5,000, and one with few while the site is built again and
again, all of it each time.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import peers
from benchmarks.corpus import make_post
from benchmarks.processes import FailedError, run
from benchmarks.tables import Claim, Report, Table
from dialogue.database import Database
from dialogue.migrate import migrate
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.settings import Settings
from tests.dialogue.conftest import Published
from tests.dialogue.mixed_load import Person
from tests.dialogue.moderation.signing import HASH, PASSWORD
from tests.dialogue.replies_made import reply
from tests.dialogue.serving import Place

MANY = 5_000
P99 = 0.050
READERS, SECONDS = 3, 30.0
# One in a hundred is seen only among many: each load comes that often, and all its answers count.
ROUNDS = 3
# What a person takes to read before the next click, at the least.
_PAUSE = 0.1
_TOKEN = re.compile(rb'name="token" value="([^"]+)"')
_ID = re.compile(rb'name="id\.([\w-]+)"')


@dataclass(frozen=True, slots=True)
class Answers:
    """Seconds that each answer took: of confirmed replies, of decisions."""

    confirmed: tuple[float, ...]
    decided: tuple[float, ...]

    @property
    def late(self) -> tuple[float, float]:
        """The 99th percentile of both."""
        return quantiles(self.confirmed, n=100)[-1], quantiles(self.decided, n=100)[-1]

    def __add__(self, other: Answers) -> Answers:
        """These and those."""
        return Answers(self.confirmed + other.confirmed, self.decided + other.decided)

    def row(self, name: str) -> tuple[str, ...]:
        """All of it as text."""
        middle = median(self.confirmed), median(self.decided)
        times = (middle[0], self.late[0], middle[1], self.late[1])
        return (name, *(f"{seconds * 1000:.0f} ms" for seconds in times))


def measure(posts: int) -> Report:
    """Measure the three on a site of that many posts."""
    found: defaultdict[str, Answers] = defaultdict(lambda: Answers((), ()))
    with TemporaryDirectory() as folder:
        program = peers.parley(theme="full")
        site = peers.lay_out(program, Path(folder), posts)
        run(program.build, site)
        few, many = make_post(0).slug, make_post(1).slug
        place = _place(Path(folder), site / program.output)
        _fill(place, many)
        with place.serve(DIALOGUE_MODERATOR_PASSWORD_HASH=HASH):
            for _ in range(ROUNDS):
                found["a post with few replies"] += _load(place.port, few)
                found[f"a post with {MANY:,} replies"] += _load(place.port, many)
                with _building(program, site):
                    found["few replies, beside a build"] += _load(place.port, few)
    heads = ("", "reply: median", "reply: p99", "decision: median", "decision: p99")
    rows = tuple(answers.row(name) for name, answers in found.items())
    claims = tuple(
        Claim(f"{what}, {name}: p99 in seconds", seconds, P99)
        for name, answers in found.items()
        for what, seconds in zip(("reply", "decision"), answers.late, strict=True)
    )
    return Report(posts, Table(heads, rows), claims)


def _place(folder: Path, output: Path) -> Place:
    url = f"sqlite:///{folder / 'dialogue.sqlite3'}"
    settings = Settings(
        database_url=url, output=output, replies=folder / "replies", state=folder / "state"
    )
    return Place(settings, folder / "log")


def _fill(place: Place, target: str) -> None:
    """Store thousands of approved replies to a post."""
    database = Database(place.settings.database_url)
    migrate(database)
    store = Store(database, Published())
    for number in range(MANY):
        words = {"words": f"Reply number {number}, of a few words.", "target": target}
        store.hold(replace(reply(**words), state=State.APPROVED))
    database.close()


@contextmanager
def _building(program: peers.Program, site: Path) -> Iterator[None]:
    """The site is built from nothing, again and again."""
    stop, failures = threading.Event(), list[FailedError]()

    def build() -> None:
        while not stop.is_set():
            shutil.rmtree(site / ".parley", ignore_errors=True)
            try:
                run(program.build, site)
            except FailedError as error:
                failures.append(error)
                return

    builder = threading.Thread(target=build)
    builder.start()
    try:
        yield
    finally:
        stop.set()
        builder.join()
    if failures:
        raise failures[0]


def _load(port: int, target: str) -> Answers:
    """Let some readers reply to a post, and a moderator approve it, for a while."""
    confirmed, decided = list[float](), list[float]()
    end = time.monotonic() + SECONDS

    def reader(name: int) -> None:
        with closing(Person(port)) as person:
            number = 0
            while time.monotonic() < end:
                number += 1
                text = f"Reader {name} says for the {number}. time."
                confirmed.append(_reply(person, {"target": target, "name": "Ada", "text": text}))
                time.sleep(_PAUSE)

    def moderator() -> None:
        with closing(Person(port)) as person:
            person.ask("POST", "/dialogue/moderate/sign-in", {"password": PASSWORD})
            while time.monotonic() < end:
                if waiting := _ID.findall(person.ask("GET", "/dialogue/moderate/")[1]):
                    decided.append(_approve(person, waiting[0].decode()))
                time.sleep(_PAUSE)

    people = [threading.Thread(target=reader, args=(name,)) for name in range(READERS)]
    people.append(threading.Thread(target=moderator))
    for one in people:
        one.start()
    for one in people:
        one.join()
    return Answers(tuple(confirmed), tuple(decided))


def _reply(person: Person, typed: dict[str, str]) -> float:
    """Reply by the form; how long the confirmation took."""
    token = _TOKEN.search(person.ask("POST", "/dialogue/replies", typed)[1])
    if token is None:
        raise FailedError("no preview came")
    return _timed(person, "/dialogue/replies/confirm", {**typed, "token": token[1].decode()})


def _approve(person: Person, reply_id: str) -> float:
    form = {f"id.{reply_id}": "on", "all": "approved", "back": ""}
    return _timed(person, "/dialogue/moderate/decide", form)


def _timed(person: Person, path: str, form: dict[str, str]) -> float:
    start = time.monotonic()
    status, said = person.ask("POST", path, form)
    if status != 303:
        raise FailedError(f"{path}: {status} {said.decode(errors='replace')[:400]}")
    return time.monotonic() - start
