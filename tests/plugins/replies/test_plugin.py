"""Replies in a built site: the block, the feeds, the list of posts, and a splice at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import pelicanconf
from plugins.replies.settings import RepliesSettings
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.thread.examples import REPLY, reply
from thread import files, targets
from thread.lock import OutputBusyError, output_lock
from thread.model import Reply, Thread
from thread.splice import splice
from thread.templates import Templates
from thread.ways.contact import Mailto
from thread.ways.replies import NoReplies

POST = "---\ntitle: A\ndate: 2026-05-19\nauthor: Mara\n{}---\n\nText.\n"
TEMPLATES = Templates(ROOT / "theme" / "templates")
Contents = dict[str, bytes]


def built(workshop: Workshop, front: str = "", **settings: Any) -> str:
    """The page of a post with this front matter, built without a problem."""
    found = workshop.build({"a.md": POST.format(front)}, **settings)
    assert found.problems == ()
    return (workshop.output / "a" / "index.html").read_text(encoding="utf-8")


def approve(workshop: Workshop, version: int, *replies: Reply) -> Thread:
    """Write a thread of the post as the service does."""
    found = Thread("a", version, replies)
    files.write(workshop.replies, found)
    return found


def contents(output: Path) -> Contents:
    """Every public file with its bytes."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def spliced(output: Path, found: Thread) -> None:
    """Splice a thread as the service does."""
    known = targets.read(output)
    [target] = [one for one in known.targets if one.id == found.target]
    with output_lock(output):
        splice(output, known.site, target, found, TEMPLATES)


def test_approved_replies_are_in_the_page(tmp_path: Path) -> None:
    """As plain HTML inside the post, with a feed of their own."""
    workshop = Workshop(tmp_path)
    approve(workshop, 1, REPLY)
    page = built(workshop)
    article = page[page.index('<article class="h-entry"') : page.index("</article>")]
    assert 'id="reply-r1"' in article
    assert "Well said." in article
    assert (workshop.output / "feeds/replies/a.atom.xml").is_file()
    assert (workshop.output / "feeds/replies/a.rss.xml").is_file()


def test_nothing_else_of_the_site_depends_on_replies(tmp_path: Path) -> None:
    """Only the block, and the feeds of replies, change with the first reply."""
    workshop = Workshop(tmp_path)
    built(workshop)
    before = contents(workshop.output)
    approve(workshop, 1, REPLY)
    built(workshop)
    after = contents(workshop.output)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"a/index.html", "feeds/replies/a.atom.xml", "feeds/replies/a.rss.xml"}
    begin, end = b"<!--replies-->", b"<!--/replies-->"
    was, now = before["a/index.html"], after["a/index.html"]
    assert was.split(begin)[0] == now.split(begin)[0]
    assert was.split(end)[1] == now.split(end)[1]


def test_a_spliced_site_is_the_one_a_build_makes(tmp_path: Path) -> None:
    """Byte for byte, over replies that come, change and go."""
    workshop = Workshop(tmp_path)
    built(workshop)
    history = [
        (REPLY,),
        (REPLY, reply("r2", parent="r1", author="Bob")),
        (
            replace(REPLY, edited=REPLY.date, html="<p>Changed &amp; well.</p>"),
            reply("l", kind="like"),
        ),
        (replace(REPLY, erased=True), reply("r2", parent="r1")),
        (),
    ]
    for version, replies in enumerate(history, start=1):
        spliced(workshop.output, approve(workshop, version, *replies))
        by_splice = contents(workshop.output)
        built(workshop)
        assert by_splice == contents(workshop.output)


def test_a_build_never_overwrites_a_newer_splice(tmp_path: Path) -> None:
    """A reply approved after a build read the replies, and before it is done, stays."""
    workshop = Workshop(tmp_path)
    built(workshop)

    @contextmanager
    def publishing(output: Path, staged: Path, settings: object) -> Iterator[None]:
        spliced(output, approve(workshop, 1, REPLY))
        yield

    late = ModuleType("late")
    late.__dict__.update({"register": lambda: None, "publishing": publishing})
    page = built(workshop, "summary: New.\n", PLUGINS=[late, *pelicanconf.PLUGINS])
    assert "New." in page
    assert 'id="reply-r1"' in page
    by_race = contents(workshop.output)
    assert "feeds/replies/a.atom.xml" in by_race
    built(workshop, "summary: New.\n")
    assert contents(workshop.output) == by_race


def test_a_build_holds_the_lock_while_it_changes_the_output(tmp_path: Path) -> None:
    """So no splice can come between."""
    workshop = Workshop(tmp_path)
    seen: list[bool] = []

    @contextmanager
    def publishing(output: Path, staged: Path, settings: object) -> Iterator[None]:
        yield
        with pytest.raises(OutputBusyError), output_lock(output, 0.05):
            pass
        seen.append(True)

    late = ModuleType("late")
    late.__dict__.update({"register": lambda: None, "publishing": publishing})
    built(workshop, PLUGINS=[*pelicanconf.PLUGINS, late])
    assert seen == [True]
    with output_lock(workshop.output, 0.05):
        pass


@pytest.mark.parametrize(
    ("front", "form", "block"),
    [
        ("", True, True),
        ("replies: false\n", False, False),
        ("comments: closed\n", False, True),
        ("disable_comments: true\n", False, False),
        ("status: hidden\n", False, False),
    ],
)
def test_a_post_says_whether_it_takes_replies(
    tmp_path: Path, front: str, form: bool, block: bool
) -> None:
    """Closed posts keep what was said; who is not listed is in no public list of targets."""
    workshop = Workshop(tmp_path)
    approve(workshop, 1, REPLY)
    page = built(workshop, front)
    assert ('action="/dialogue/replies"' in page) is form
    assert ('id="reply-r1"' in page) is block
    known = targets.read(workshop.output).targets
    assert [(one.id, one.open) for one in known] == ([("a", form)] if block else [])


def test_posts_close_after_some_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From their date; before that they say until when."""
    closing = RepliesSettings(folder=tmp_path / "replies", close_after=30)
    workshop = Workshop(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())))
    assert "Replies are open until" in built(workshop, REPLIES=closing)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 7, 1, tzinfo=UTC).timestamp())))
    assert "Replies are closed." in built(workshop, REPLIES=closing)


def test_a_post_that_moved_keeps_its_replies(tmp_path: Path) -> None:
    """Its oldest path names it for good."""
    workshop = Workshop(tmp_path)
    approve(workshop, 1, REPLY)
    workshop.build({"a.md": POST.format("permalink: /b/\naliases: [/a/]\n")})
    assert 'id="reply-r1"' in (workshop.output / "b" / "index.html").read_text()


def test_replies_without_a_post_are_told(tmp_path: Path) -> None:
    """They are kept, and whoever moved the post learns what to do."""
    workshop = Workshop(tmp_path)
    files.write(workshop.replies, Thread("gone", 1, (REPLY,)))
    report = workshop.build({"a.md": POST.format("")}).report
    assert report is not None
    [notice] = [str(one) for one in report.notices if "gone" in str(one)]
    assert "give it the old path as an alias" in notice


def test_a_broken_file_of_replies_stops_the_build(tmp_path: Path) -> None:
    """By its name, and the output stays as it was."""
    workshop = Workshop(tmp_path)
    built(workshop)
    before = contents(workshop.output)
    (workshop.replies).mkdir()
    (workshop.replies / "x.json").write_text("{")
    found = workshop.build({"a.md": POST.format("summary: New.\n")})
    assert "x.json:1: file: this is no JSON" in found.problems[0]
    assert contents(workshop.output) == before


def test_the_contact_page_is_the_writers_own_with_a_form(tmp_path: Path) -> None:
    """Without one of theirs, it is made and linked in the foot."""
    workshop = Workshop(tmp_path)
    page = built(workshop)
    made = (workshop.output / "contact" / "index.html").read_text()
    assert 'action="/dialogue/contact"' in made
    assert 'href="/contact/"' in page
    workshop.build({"pages/contact.md": "---\ntitle: Reach us\n---\n\nWords.\n"})
    own = (workshop.output / "contact" / "index.html").read_text()
    assert "Words." in own
    assert 'action="/dialogue/contact"' in own
    assert own.count('href="/contact/"') == 1


def test_a_site_may_offer_no_way_at_all(tmp_path: Path) -> None:
    """No form, no contact page; mail is a link."""
    workshop = Workshop(tmp_path)
    mail = RepliesSettings(folder=workshop.replies, way=NoReplies(), contact=Mailto("a@b.example"))
    page = built(workshop, REPLIES=mail)
    assert "<form" not in page
    assert "mailto:a@b.example" in page


def test_a_site_without_replies_has_nothing_of_them(tmp_path: Path) -> None:
    """A site whose settings do not speak of replies is as it was before there were any."""
    workshop = Workshop(tmp_path)
    page = built(workshop, REPLIES=None)
    assert 'id="replies"' not in page
    assert not (workshop.output / targets.FILE).exists()
    assert not (workshop.output / "contact").exists()


def test_drafts_in_a_preview_take_no_replies(tmp_path: Path) -> None:
    """Nobody can read them yet."""
    workshop = Workshop(tmp_path)
    page = built(workshop, "draft: true\n", PREVIEW=True)
    assert "<!--replies-->" not in page
    assert targets.read(workshop.output).targets == ()
