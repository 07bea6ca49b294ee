"""What moderators see and do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from dialogue.mail import outbox
from dialogue.mail.letter import Letter
from dialogue.moderation.export import as_csv, as_json
from dialogue.moderation.gate import LIST
from dialogue.moderation.lists import PER_PAGE
from dialogue.moments import now
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from tests.dialogue.browsing import Browser
from tests.dialogue.conftest import Published
from tests.dialogue.moderation.signing import HASH, moderator
from tests.dialogue.replies_made import mention, reply


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password."""
    return make_services(moderator_password_hash=HASH)


@pytest.fixture
def page(made: Services) -> Iterator[Browser]:
    """The browser of a moderator."""
    with moderator(made) as opened:
        yield opened


def held(made: Services, **fields: Any) -> Stored:
    """A reply in the store."""
    return made.store.hold(reply(**fields)).reply


def state(made: Services, found: Stored) -> State:
    """What became of it."""
    kept = made.store.find(found.id)
    assert kept is not None
    return kept.state


def test_the_list_shows_what_waits_and_why(made: Services, page: Browser) -> None:
    """Words, name, post, what it answers, and the reasons in words."""
    parent = held(made, author="Ben", words="A question", state=State.APPROVED)
    found = held(made, parent=parent.id, words="An answer", email="a@b.example", reasons=("links",))
    made.store.verify(found.id)
    shown = page.get(LIST).text
    for text in ("An answer", "About tea", "Ben", "A question", "many links", "a@b.example",
                 "address confirmed"):  # fmt: skip
        assert text in shown
    assert 'Waiting <span class="count">1</span>' in shown
    assert 'Approved <span class="count">1</span>' in shown


def test_one_button_decides_and_can_be_undone(
    made: Services, page: Browser, published: Published
) -> None:
    """Back to the same list, with a way back from the decision."""
    found = held(made)
    form = {"one": f"approved {found.id}", "back": "show=held&q=Yes"}
    answer = page.post(f"{LIST}decide", form)
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.startswith(f"{LIST}?show=held&q=Yes&done=")
    assert state(made, found) is State.APPROVED
    assert published.targets == ["tea"]
    shown = page.get(place).text
    assert "1 reply was decided." in shown
    batch = re.search(r'name="batch" value="([^"]+)"', shown)
    assert batch is not None
    answer = page.post(f"{LIST}undo", {"batch": batch[1], "back": "show=held"})
    assert answer.headers["location"].startswith(f"{LIST}?show=held&undone=1")
    assert state(made, found) is State.HELD
    assert published.targets == ["tea", "tea"]


@pytest.mark.parametrize(
    ("button", "wanted"),
    [("approved", State.APPROVED), ("rejected", State.REJECTED), ("spam", State.SPAM)],
)
def test_many_are_decided_at_once(
    made: Services, page: Browser, button: str, wanted: State
) -> None:
    """Those that are marked, not the others; one undo for all of them."""
    found = [held(made, words=f"{number}") for number in range(3)]
    form = {"all": button, f"id.{found[0].id}": "on", f"id.{found[2].id}": "on", "id.nobody": "on"}
    place = page.post(f"{LIST}decide", form).headers["location"]
    assert [state(made, each) for each in found] == [wanted, State.HELD, wanted]
    assert "2 replies were decided." in page.get(place).text
    batch = re.search(r"done=(\w+)", place)
    assert batch is not None
    page.post(f"{LIST}undo", {"batch": batch[1]})
    assert {state(made, each) for each in found} == {State.HELD}


def test_undo_leaves_later_decisions_alone(made: Services, page: Browser) -> None:
    """What somebody else decided since stays decided."""
    found = held(made)
    place = page.post(f"{LIST}decide", {"one": f"approved {found.id}"}).headers["location"]
    made.store.decide(found.id, State.SPAM)
    batch = re.search(r"done=(\w+)", place)
    assert batch is not None
    page.post(f"{LIST}undo", {"batch": batch[1]})
    assert state(made, found) is State.SPAM


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"one": "erased X"},
        {"one": "approved"},
        {"one": "approved  "},
        {"all": "approved"},
        {"all": "nothing", "id.X": "on"},
        {"one": "approved nobody"},
    ],
)
def test_strange_forms_change_nothing(
    made: Services, page: Browser, form: dict[str, str], published: Published
) -> None:
    """Unknown decisions, unknown replies, nothing marked."""
    found = held(made)
    sent = {
        name.replace("X", found.id): value.replace("X", found.id) for name, value in form.items()
    }
    assert page.post(f"{LIST}decide", sent).status_code == 303
    assert state(made, found) is State.HELD
    assert published.targets == []


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "show=held\r\nX: y", "next=https://e.example"],
)
def test_the_way_back_leads_to_the_list_only(made: Services, page: Browser, back: str) -> None:
    """Whatever the form says."""
    found = held(made)
    answer = page.post(f"{LIST}decide", {"one": f"spam {found.id}", "back": back})
    assert answer.headers["location"].startswith(f"{LIST}?show=held&done=")
    assert "evil" not in answer.headers["location"]
    assert "x" not in answer.headers


def test_the_list_is_filtered_and_paged(made: Services, page: Browser) -> None:
    """By state, post and words; percent signs are words, too."""
    for number in range(PER_PAGE + 2):
        held(made, words=f"No. {number}", author="Counter")
    held(made, words="100% coffee", target="coffee", author="Zoë")
    assert page.get(LIST).text.count("<article") == PER_PAGE
    assert page.get(f"{LIST}?page=2").text.count("<article") == 3
    assert page.get(f"{LIST}?page=99").text.count("<article") == 3
    for query in ("post=coffee", "q=100%25", "q=COFFEE"):
        shown = page.get(f"{LIST}?{query}").text
        assert shown.count("<article") == 1, query
        assert "100% coffee" in shown
    assert page.get(f"{LIST}?q=%25%25").text.count("<article") == 0
    assert page.get(f"{LIST}?show=spam").text.count("<article") == 0
    for odd in (
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999",
        "show=erased",
        "page=²",
    ):
        assert page.get(f"{LIST}?{odd}").status_code == 200


def test_words_are_changed_with_a_note(made: Services, page: Browser) -> None:
    """The reply keeps its state and says that it was changed."""
    found = held(made, state=State.APPROVED)
    place = f"{LIST}replies/{found.id}"
    assert "Note, shown below" in page.get(place).text
    answer = page.post(f"{place}/edit", {"text": "*Milder*", "note": "  A link\r\nwas removed "})
    assert answer.status_code == 303
    kept = made.store.find(found.id)
    assert kept is not None
    assert (kept.text, kept.html) == ("*Milder*", "<p><em>Milder</em></p>")
    assert (kept.note, kept.state) == ("A link was removed", State.APPROVED)
    assert kept.edited is not None


def test_words_that_cannot_be_are_given_back(made: Services, page: Browser) -> None:
    """Too long or empty: nothing is changed, and nothing typed is lost."""
    found = held(made)
    place = f"{LIST}replies/{found.id}"
    answer = page.post(f"{place}/edit", {"text": "long " * 4000, "note": "my note"})
    assert answer.status_code == 422
    assert "long long" in answer.text
    assert "my note" in answer.text
    assert page.post(f"{place}/answer", {"answer": "  "}).status_code == 422
    assert made.store.find(found.id) == found


def test_an_author_answers(made: Services, page: Browser, published: Published) -> None:
    """What is answered is approved by that; the answer carries the mark, once."""
    found = held(made)
    place = f"{LIST}replies/{found.id}/answer"
    form = {"answer": "Thank **you**", "name": "Mara Lindqvist"}
    for _ in range(2):
        assert page.post(place, form).status_code == 303
    asked, answer = made.store.approved("tea")
    assert asked.id == found.id
    assert (answer.parent, answer.author, answer.by_author) == (found.id, "Mara Lindqvist", True)
    assert answer.html == "<p>Thank <strong>you</strong></p>"
    assert published.targets


def test_nobody_else_is_answered_for(made: Services, page: Browser) -> None:
    """The name is an author's or the site's, whatever the form says."""
    found = held(made)
    page.post(f"{LIST}replies/{found.id}/answer", {"answer": "x", "name": "The Pope"})
    assert made.store.approved("tea")[1].author == "Mara Lindqvist"


def test_a_conversation_too_deep_is_said(make_services: Callable[..., Services]) -> None:
    """The answer that was typed is given back."""
    made = make_services(moderator_password_hash=HASH, thread_depth=1)
    first = held(made, state=State.APPROVED)
    second = held(made, words="2", parent=first.id, state=State.APPROVED)
    with moderator(made) as page:
        answer = page.post(f"{LIST}replies/{second.id}/answer", {"answer": "my words"})
    assert answer.status_code == 409
    assert "my words" in answer.text


def test_a_mention_is_shown_but_not_reworded(made: Services, page: Browser) -> None:
    """Its page is named; it is another site's."""
    found = made.store.add_mention(mention())
    shown = page.get(f"{LIST}replies/{found.id}").text
    assert "https://other.example/1" in shown
    assert "/edit" not in shown


def test_what_is_gone_is_said(page: Browser) -> None:
    """No such reply."""
    assert page.get(f"{LIST}replies/nobody").status_code == 404
    assert page.post(f"{LIST}replies/nobody/edit", {"text": "x"}).status_code == 404


def test_the_page_speaks_the_language_of_the_site(made: Services, page: Browser) -> None:
    """And has what keyboards and screen readers need."""
    held(made)
    shown = page.get(LIST).text
    assert '<html lang="en"' in shown
    assert 'href="#list"' in shown
    assert shown.count("<h1") == 1
    for tag in re.findall(r"<input[^>]*>", shown):
        if "hidden" in tag or "checkbox" in tag:
            continue
        name = re.search(r'id="([^"]+)"', tag)
        assert name is not None
        assert f'for="{name[1]}"' in shown


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "\uff1d1",
    '=cmd|" /C calc"!A0',
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(made: Services, formula: str) -> None:
    """Whatever was typed, a spreadsheet shows it and computes nothing."""
    found = held(made, author=formula, words=formula)
    (row,) = csv.DictReader(io.StringIO(as_csv([found]).decode("utf-8-sig"), newline=""))
    for name in ("author", "text"):
        assert row[name] == f"'{formula}"


def test_the_list_is_exported_whole(made: Services, page: Browser) -> None:
    """As a file that is downloaded, never opened as a page."""
    for number in range(PER_PAGE + 5):
        held(made, words=f"<b>{number}</b>")
    answer = page.get(f"{LIST}export.json?show=held")
    assert answer.headers["content-disposition"] == 'attachment; filename="replies-held.json"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<" not in answer.text
    assert {each["text"] for each in json.loads(answer.text)} == {
        f"<b>{number}</b>" for number in range(PER_PAGE + 5)
    }
    answer = page.get(f"{LIST}export.csv?show=held")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(list(csv.reader(io.StringIO(answer.text, newline="")))) == PER_PAGE + 6
    assert json.loads(as_json([])) == []


def test_mail_that_cannot_be_sent_is_told(made: Services, page: Browser) -> None:
    """What was given up, and what has waited for an hour; not what was put in just now."""

    def put(key: str, at: datetime) -> None:
        letter = Letter(key, "a@b.example", "s", "t")
        made.database.write(lambda found: outbox.put(found, letter, "b.example", at))

    put("new", now())
    assert "could not be sent" not in page.get(LIST).text
    put("old", now() - timedelta(hours=2))
    assert "1 mail could not be sent." in page.get(LIST).text
    leased = made.database.write(lambda found: outbox.lease(found, now()))
    assert leased is not None
    made.database.write(lambda found: outbox.failed(found, leased, now(), "550 no"))
    assert "1 mail could not be sent." in page.get(f"{LIST}messages").text
