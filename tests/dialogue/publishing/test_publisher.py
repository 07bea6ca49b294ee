"""From a decision in the database to the page that readers see, whatever comes between."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from dialogue import moments, queues
from dialogue.database import Database
from dialogue.publishing.backlog import Backlog
from dialogue.publishing.making import publishing_of
from dialogue.publishing.pages import Pages
from dialogue.publishing.publisher import Publishing
from dialogue.publishing.theme import Theme
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.replies.tables import replies
from dialogue.services import Unpublished, services
from dialogue.settings import Settings
from dialogue.supervision import attempts
from dialogue.targets import Targets
from tests.dialogue.publishing.sites import OWN, TEMPLATES, files, write_site
from tests.dialogue.replies_made import reply
from tests.dialogue.supervision.working import away, working
from tests.waiting import until
from thread import files as thread_files
from thread.lock import output_lock
from thread.model import Thread

Make = Callable[[], Store]


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a service beside a built site with twins and no replies."""
    write_site(settings.output, {})
    return replace(settings, templates=(str(TEMPLATES),))


@pytest.fixture
def publisher(site: Settings, database: Database) -> Publishing:
    """A publisher of the site."""
    return publishing_of(site, Targets(site.output), Store(database, Unpublished()))


class AtOnce:
    """Publishes what it hears of at once, so that a test need not wait for a worker."""

    def __init__(self, publisher: Publishing) -> None:
        self.publisher = publisher

    def notify(self, _target: str) -> None:
        """Publish."""
        self.publisher.catch_up()


@pytest.fixture
def store(database: Database, publisher: Publishing) -> Store:
    """A store whose decisions are published."""
    return Store(database, AtOnce(publisher))


def page(site: Settings) -> str:
    """The page about tea."""
    return (site.output / "tea" / "index.html").read_text(encoding="utf-8")


def as_built(site: Settings, folder: Path) -> dict[str, bytes]:
    """The site as a build that reads the folder of replies makes it."""
    write_site(folder, dict(thread_files.read_all(site.replies)))
    return files(folder)


def test_an_approved_reply_is_in_the_page(site: Settings, store: Store, tmp_path: Path) -> None:
    """And in its feeds, twins and the file for the build; the site is what a build would make."""
    held = store.hold(reply(words="Steep it longer.")).reply
    assert "Steep" not in page(site)
    assert not site.replies.exists()
    store.decide(held.id, State.APPROVED)
    assert "Steep it longer." in page(site)
    assert "feeds/replies/tea.atom.xml.br" in files(site.output)
    assert files(site.output) == as_built(site, tmp_path / "built")
    assert store.unpublished() == ()


def test_whatever_is_decided_the_site_is_what_a_build_makes(
    site: Settings, store: Store, tmp_path: Path
) -> None:
    """Approve, answer, edit, reject, erase: after each step byte for byte."""
    first = store.hold(reply(words="One.")).reply
    steps: list[Callable[[], object]] = [
        lambda: store.decide(first.id, State.APPROVED),
        lambda: store.hold(reply(words="Two.", parent=first.id, state=State.APPROVED)),
        lambda: store.edit(first.id, "New.", "<p>New.</p>", state=State.APPROVED, note="Shorter."),
        lambda: store.erase(first.id),
        lambda: store.hold(reply(words="Three.", target="coffee", state=State.APPROVED)),
    ]
    for number, step in enumerate(steps):
        step()
        assert files(site.output) == as_built(site, tmp_path / str(number)), number
    versions = {name: one.version for name, one in thread_files.read_all(site.replies).items()}
    assert versions == {"tea": 4, "coffee": 1}


def test_a_failure_is_made_good_later(
    site: Settings,
    store: Store,
    publisher: Publishing,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The folder cannot be written to: the decision stands, and the page follows."""
    blocked = site.replies
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where the folder should be")
    store.hold(reply(words="Late.", state=State.APPROVED))
    assert store.unpublished() == ("tea",)
    assert not publisher.catch_up()
    assert "Late." not in page(site)
    assert "cannot be published yet" in caplog.text
    blocked.unlink()
    assert publisher.catch_up()
    assert store.unpublished() == ()
    assert files(site.output) == as_built(site, tmp_path / "built")


def test_a_page_that_has_to_wait_keeps_no_other_waiting(
    site: Settings, database: Database, publisher: Publishing, caplog: pytest.LogCaptureFixture
) -> None:
    """Its file cannot be written: it is tried less and less often, and never set aside."""
    blocked = site.replies / thread_files.file_name("tea")
    blocked.mkdir(parents=True)
    store = Store(database, publisher)
    with working([publisher.worker()]) as supervisor:
        store.hold(reply(words="Late.", state=State.APPROVED))
        until(lambda: "cannot be published yet" in caplog.text)
        for number in range(5):
            store.hold(reply(words=f"No. {number}.", target="coffee", state=State.APPROVED))
            until(lambda n=number: f"No. {n}." in other(site))  # type: ignore[misc] # mypy does not see the default's type
        assert [each.failures for each in supervisor.statuses()] == [0]
        assert not database.read(queues.set_aside)
        assert caplog.text.count("cannot be published yet") == 1
        blocked.rmdir()
        until(lambda: "Late." in page(site))


def other(site: Settings) -> str:
    """The page about coffee."""
    return (site.output / "coffee" / "index.html").read_text(encoding="utf-8")


def test_whoever_decides_does_not_wait_for_a_build(
    site: Settings, database: Database, publisher: Publishing
) -> None:
    """The decision is stored at once; the page follows when the build lets go of the lock."""
    store = Store(database, publisher)
    with working([publisher.worker()]) as supervisor:
        with output_lock(site.output):
            start = time.monotonic()
            for number in range(5):
                store.hold(reply(words=f"No. {number}.", state=State.APPROVED))
            assert time.monotonic() - start < 20
            time.sleep(2.5)
            assert "No. 4." not in page(site)
            assert [each.failures for each in supervisor.statuses()] == [0]
        until(lambda: "No. 4." in page(site))
        until(lambda: not store.unpublished())


def test_many_decisions_about_one_post_are_few_splices(
    site: Settings, database: Database, publisher: Publishing
) -> None:
    """Each round takes what there is by then, however much that is."""
    store, spliced = Store(database, publisher), []
    publisher.tell(lambda: spliced.append(1))
    held = [store.hold(reply(words=f"No. {number}.")).reply for number in range(300)]
    with working([publisher.worker()]):
        start = time.monotonic()
        for each in held:
            store.decide(each.id, State.APPROVED)
        spent = time.monotonic() - start
        until(lambda: not store.unpublished())
    assert page(site).count("<p>No. ") == 300
    assert len(spliced) <= 3 + spent / 0.2


def test_a_decision_of_another_process_is_found(
    site: Settings, database: Database, publisher: Publishing
) -> None:
    """Nobody wakes the publisher; it looks for itself."""
    with working([publisher.worker()]):
        Store(database, Unpublished()).hold(reply(words="From afar.", state=State.APPROVED))
        until(lambda: "From afar." in page(site))


BAD_DATE = datetime(1, 1, 1, tzinfo=UTC)


def _date(database: Database, reply: str, date: datetime) -> None:
    """Date it as no release takes it any more; the rows of older ones are what they are."""
    change = update(replies).where(replies.c.id == reply).values(created=date)
    database.write(lambda at: at.execute(change))


def test_a_reply_that_cannot_be_rendered_is_set_aside_alone(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """The rest of its page is published; a moderator sees the reason and can try it again."""
    write_site(site.output, {}, site=replace(OWN, zone="America/New_York"))
    bare = Store(database, Unpublished())
    publisher = publishing_of(site, Targets(site.output), bare)
    store = Store(database, AtOnce(publisher))
    good = store.hold(reply(words="Good.", state=State.APPROVED)).reply
    bad = bare.hold(reply(words="Bad.", state=State.APPROVED)).reply
    _date(database, bad.id, BAD_DATE)
    store.hold(reply(words="Below.", state=State.APPROVED, parent=bad.id))
    store.hold(reply(words="Elsewhere.", target="coffee", state=State.APPROVED))
    assert store.unpublished() == ()
    assert "Good." in page(site)
    assert "Below." in page(site)
    assert "Bad." not in page(site)
    assert {each.id for each in thread_files.read(site.replies, "tea").replies} >= {good.id}
    (aside,) = database.read(queues.set_aside)
    assert (aside.fact.queue, aside.fact.job, aside.again) == ("replies", bad.id, True)
    assert "OverflowError" in aside.fact.reason
    database.write(lambda at: at.execute(update(replies).values(created=moments.now())))
    database.write(lambda at: queues.retry(at, "replies", bad.id))
    assert publisher.catch_up()
    assert "Bad." in page(site)
    assert not database.read(queues.set_aside)


def test_a_page_that_cannot_be_published_is_set_aside_after_some_attempts(
    site: Settings, database: Database, publisher: Publishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No single reply is to blame. The other pages are published in the same round."""
    store, real = Store(database, publisher), Pages.put_page

    def put_page(self: Pages, thread: Thread) -> Thread:
        if thread.target == "tea":
            raise ArithmeticError("no such page")
        return real(self, thread)

    monkeypatch.setattr(Pages, "put_page", put_page)
    monkeypatch.setattr(attempts, "_PAUSES", (timedelta(0),) * 3)
    store.hold(reply(words="One.", state=State.APPROVED))
    store.hold(reply(words="Two.", target="coffee", state=State.APPROVED))
    with working([publisher.worker()]):
        until(lambda: database.read(queues.set_aside))
    assert store.unpublished() == ("tea",)
    (aside,) = database.read(queues.set_aside)
    assert (aside.fact.queue, aside.fact.job, aside.fact.number) == ("pages", "tea", attempts.MOST)
    assert aside.fact.reason == "ArithmeticError: no such page"
    monkeypatch.undo()
    database.write(lambda at: queues.retry(at, "pages", "tea"))
    another = publishing_of(site, Targets(site.output), Store(database, Unpublished()))
    assert another.catch_up()
    assert "One." in page(site)


def test_a_broken_theme_is_no_replys_fault(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """It is waited for, and nothing is set aside."""
    theme = tmp_path / "theme"
    shutil.copytree(TEMPLATES, theme)
    macro = theme / "macros" / "replies.html"
    whole = macro.read_text()
    macro.write_text(f"{whole}{{% if %}}", encoding="utf-8")
    own, bare = replace(site, templates=(str(theme),)), Store(database, Unpublished())
    publisher = publishing_of(own, Targets(own.output), bare)
    bare.hold(reply(words="One.", state=State.APPROVED))
    assert not publisher.catch_up()
    assert not database.read(queues.set_aside)
    macro.write_text(whole, encoding="utf-8")
    assert publisher.catch_up()
    assert "One." in page(site)


def test_what_killed_writers_left_is_removed_at_the_start(
    site: Settings, database: Database, publisher: Publishing
) -> None:
    """Drafts in whatever folder of the output; files of others stay."""
    drafts = [site.output / ".parley-a.tmp", site.output / "tea" / ".parley-b.tmp"]
    mine = site.output / "tea" / "notes.tmp"
    for path in (*drafts, mine):
        path.write_text("half a page")
    with working([publisher.worker()]):
        until(lambda: not any(path.exists() for path in drafts))
    assert mine.exists()


def test_a_new_database_does_not_lose_to_old_files(site: Settings, store: Store) -> None:
    """Versions in files only grow, so a build never takes an old thread for a newer one."""
    old = store.hold(reply(words="Old.", state=State.APPROVED)).reply
    found = thread_files.read(site.replies, "tea")
    thread_files.write(site.replies, replace(found, version=40))
    store.decide(old.id, State.REJECTED)
    assert thread_files.read(site.replies, "tea").version == 41
    assert "Old." not in page(site)


def test_a_post_that_is_not_here_keeps_its_replies_in_the_file(
    site: Settings, store: Store
) -> None:
    """It was taken down, or is built elsewhere; that is no failure."""
    (site.output / "tea" / "index.html").unlink()
    store.hold(reply(words="Away.", state=State.APPROVED))
    store.hold(reply(words="Gone.", target="gone", state=State.APPROVED))
    assert store.unpublished() == ()
    assert set(thread_files.read_all(site.replies)) == {"tea", "gone"}


def test_a_page_without_a_place_for_replies_is_left_alone(
    site: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so; the next build shows them."""
    (site.output / "tea" / "index.html").write_text("<p>Another theme.</p>")
    store.hold(reply(words="Hidden.", state=State.APPROVED))
    assert page(site) == "<p>Another theme.</p>"
    assert "no place for replies" in caplog.text
    assert store.unpublished() == ()


def test_a_changed_theme_is_used_at_once(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """The service need not be started again."""
    theme = tmp_path / "theme"
    shutil.copytree(TEMPLATES, theme)
    own = replace(site, templates=(str(theme),))
    publisher = publishing_of(own, Targets(own.output), Store(database, Unpublished()))
    store = Store(database, AtOnce(publisher))
    store.hold(reply(words="One.", state=State.APPROVED))
    macro = theme / "macros" / "replies.html"
    macro.write_text(
        macro.read_text().replace("This reply was", "That reply was"), encoding="utf-8"
    )
    first = store.hold(reply(words="Two.", state=State.APPROVED)).reply
    store.hold(reply(words="Three.", parent=first.id, state=State.APPROVED))
    store.erase(first.id)
    assert "That reply was removed." in page(site)


def test_the_service_publishes_by_itself(site: Settings) -> None:
    """Without a publisher of somebody else's, the services bring their own."""
    made = services(site)
    assert isinstance(made.store.publisher, Publishing)
    made.database.close()


def test_a_leader_that_was_late_leaves_no_old_page(
    site: Settings, database: Database, publisher: Publishing, store: Store, tmp_path: Path
) -> None:
    """It wrote what it had read before another took over and published more: that comes back."""
    held = store.hold(reply(words="Steep it longer.")).reply
    late = Backlog(store)
    store.decide(held.id, State.APPROVED)
    before = late.thread("tea")
    more = store.hold(reply(id="r2", words="And cooler.")).reply
    store.decide(more.id, State.APPROVED)
    Pages(Targets(site.output), site.replies, site.output, Theme(TEMPLATES)).put_page(before)
    assert "And cooler." not in page(site)
    late.done({"tea": before.version})
    assert store.unpublished() == ("tea",)
    assert publisher.catch_up()
    assert "And cooler." in page(site)
    assert files(site.output) == as_built(site, tmp_path / "built")


def test_outages_are_no_attempts(
    publisher: Publishing, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the database goes away while a page is being published."""
    store = Store(database, Unpublished())
    store.decide(store.hold(reply()).reply.id, State.APPROVED)

    for _ in range(2 * attempts.MOST):
        with away(monkeypatch, Backlog, "done"), away(monkeypatch, Backlog, "release"):
            assert not publisher.catch_up()
    assert publisher.catch_up()
    assert store.unpublished() == ()


def test_a_page_that_ends_the_process_takes_no_other_with_it(database: Database) -> None:
    """After two such ends it is published alone: it is set aside, the others are published."""
    store = Store(database, Unpublished())
    names = {"tea", "coffee", "milk"}
    for name in names:
        store.hold(reply(target=name, state=State.APPROVED))
    backlog, ends = Backlog(store), 0
    while waiting := backlog.together(backlog.waiting()):
        backlog.begin(waiting)
        if "tea" in waiting:
            ends += 1
        else:
            backlog.done(dict.fromkeys(waiting, 1))
    assert ends == attempts.MOST
    backlog.give_up_lost()
    assert database.read(attempts.counts) == {"pages": 1}
    assert store.unpublished() == ("tea",)
