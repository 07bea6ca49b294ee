"""From a decision in the database to the page that readers see, whatever comes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.database import Database
from dialogue.publishing.making import publishing_of
from dialogue.publishing.publisher import Publishing
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished, services
from dialogue.settings import Settings
from dialogue.targets import Targets
from tests.dialogue.publishing.sites import TEMPLATES, files, write_site
from tests.dialogue.replies_made import reply
from thread import files as thread_files
from thread.lock import output_lock

Make = Callable[[], Store]


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a service beside a built site with twins and no replies."""
    write_site(settings.output, {})
    return replace(settings, templates=(str(TEMPLATES),))


@pytest.fixture
def store(site: Settings, database: Database) -> Store:
    """A store whose decisions are published."""
    reading = Store(database, Unpublished())
    return Store(database, publishing_of(site, Targets(site.output), reading))


def page(site: Settings) -> str:
    """The page about tea."""
    return (site.output / "tea" / "index.html").read_text(encoding="utf-8")


def as_built(site: Settings, folder: Path) -> dict[str, bytes]:
    """The site as a build that reads the folder of replies makes it."""
    write_site(folder, dict(thread_files.read_all(site.replies)))
    return files(folder)


def test_an_approved_reply_is_in_the_page_at_once(
    site: Settings, store: Store, tmp_path: Path
) -> None:
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
    site: Settings, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody holds the lock or the disk is full: the decision stands, and the page follows."""
    publisher = store.publisher
    assert isinstance(publisher, Publishing)
    blocked = site.replies
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where the folder should be")
    store.hold(reply(words="Late.", state=State.APPROVED))
    assert store.unpublished() == ("tea",)
    assert not publisher.catch_up()
    assert "Late." not in page(site)
    assert "could not be published" in caplog.text
    blocked.unlink()
    assert publisher.catch_up()
    assert store.unpublished() == ()
    assert files(site.output) == as_built(site, tmp_path / "built")


def test_a_splice_waits_for_a_build(site: Settings, store: Store) -> None:
    """It comes after the build that holds the lock, not into the middle of it."""
    import threading

    with output_lock(site.output):
        waiting = threading.Thread(
            target=lambda: store.hold(reply(words="After.", state=State.APPROVED))
        )
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        assert "After." not in page(site)
    waiting.join(10)
    assert "After." in page(site)


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
    import shutil

    theme = tmp_path / "theme"
    shutil.copytree(TEMPLATES, theme)
    own = replace(site, templates=(str(theme),))
    store = Store(database, publishing_of(own, Targets(own.output), Store(database, Unpublished())))
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
