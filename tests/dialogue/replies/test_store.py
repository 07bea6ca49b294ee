"""The store: what is approved is seen, nothing else is; each change that shows is told once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dialogue import moments
from dialogue.errors import UnknownReplyError
from dialogue.publishing.backlog import Backlog
from dialogue.replies.model import ParentError, State
from dialogue.replies.store import Store
from tests.dialogue.conftest import Published
from tests.dialogue.replies_made import mention, reply


def test_a_held_reply_is_seen_by_nobody(store: Store, published: Published) -> None:
    """It is stored as it came, and neither in the thread nor told to the publisher."""
    new = reply(reasons=("links",), email="ada@mail.example", url="https://ada.example/")
    held = store.hold(new)
    assert (held.fresh, held.twin) == (True, False)
    kept = store.find(new.id)
    assert kept == held.reply
    assert kept is not None
    assert (kept.state, kept.reasons, kept.email) == (State.HELD, ("links",), "ada@mail.example")
    assert kept.created == new.created
    assert store.approved("tea") == ()
    assert store.thread("tea").version == 0
    assert published.targets == []


def test_an_approved_reply_is_seen(store: Store, published: Published) -> None:
    """Approving it gives the thread its next version and tells the publisher, after the commit."""
    new = reply()
    store.hold(new)
    after = store.decide(new.id, State.APPROVED, note="Shortened.")
    thread = store.thread("tea")
    assert [(each.id, each.html, each.note) for each in thread.replies] == [
        (new.id, "<p>Yes!</p>", "Shortened.")
    ]
    assert after.decided is not None
    assert thread.version == 1
    assert published.targets == ["tea"]
    assert store.approved("coffee") == ()


@pytest.mark.parametrize("state", [State.REJECTED, State.SPAM, State.HELD])
def test_a_reply_taken_back_is_gone(store: Store, published: Published, state: State) -> None:
    """One that is no longer approved leaves the thread at once."""
    new = reply(state=State.APPROVED)
    store.hold(new)
    store.decide(new.id, state)
    assert store.approved("tea") == ()
    assert store.thread("tea").version == 2
    assert published.targets == ["tea", "tea"]


def test_the_same_reply_handed_in_twice_is_one(store: Store) -> None:
    """The second time it is answered with what became of the first."""
    new = reply(digest="d")
    first, second = store.hold(new), store.hold(new)
    assert (second.fresh, second.twin) == (False, False)
    assert second.reply == first.reply


def test_identical_replies_of_two_forms_are_one(store: Store) -> None:
    """The other one is kept, and it is said that it is not this one."""
    first = store.hold(reply(digest="d"))
    second = store.hold(reply(digest="d"))
    assert (second.fresh, second.twin) == (False, True)
    assert second.reply.id == first.reply.id


def test_fifty_identical_replies_at_once_are_one(store: Store) -> None:
    """Of fifty threads that hand in the same words, one stores them and no one fails."""
    with ThreadPoolExecutor(10) as pool:
        held = list(pool.map(lambda _: store.hold(reply(digest="d")), range(50)))
    assert sum(each.fresh for each in held) == 1
    assert store.counts() == {State.HELD: 1}


def test_replies_answer_approved_ones_of_the_same_post(store: Store) -> None:
    """A parent that is held, elsewhere or unknown is refused; an approved one counts the depth."""
    approved, held = reply(state=State.APPROVED), reply()
    store.hold(approved)
    store.hold(held)
    for wrong in (
        reply(parent=held.id),
        reply(parent=approved.id, target="coffee"),
        reply(parent="unknown"),
    ):
        with pytest.raises(ParentError):
            store.hold(wrong)
        assert store.find(wrong.id) is None
    assert store.hold(reply(parent=approved.id)).reply.depth == 1


def test_a_conversation_has_a_bottom(store: Store) -> None:
    """An answer deeper than the limit is refused."""
    shallow = Store(store.database, store.publisher, deepest=1)
    first = reply(state=State.APPROVED)
    second = reply(state=State.APPROVED, parent=first.id)
    shallow.hold(first)
    shallow.hold(second)
    with pytest.raises(ParentError, match="too deep"):
        shallow.hold(reply(parent=second.id))


def test_an_erased_reply_leaves_nothing(store: Store, published: Published) -> None:
    """Without answers its row is gone; erasing it again says that there is none."""
    new = reply(state=State.APPROVED)
    store.hold(new)
    store.erase(new.id)
    assert store.find(new.id) is None
    assert published.targets == ["tea", "tea"]
    with pytest.raises(UnknownReplyError):
        store.erase(new.id)


def test_an_erased_reply_with_answers_leaves_its_place(store: Store) -> None:
    """Its place stays for as long as an approved answer hangs on it, with no word of it."""
    first = reply(
        state=State.APPROVED, email="a@mail.example", url="https://a.example/", digest="d"
    )
    answer = reply(state=State.APPROVED, parent=first.id)
    store.hold(first)
    store.hold(answer)
    store.erase(first.id)
    place, kept = store.approved("tea")
    assert (place.id, place.erased, place.author, place.html, place.url) == (
        first.id,
        True,
        "",
        "",
        "",
    )
    assert (kept.id, kept.parent, kept.erased) == (answer.id, first.id, False)
    row = store.find(first.id)
    assert row is not None
    assert (row.text, row.email, row.digest, row.state) == ("", None, None, State.ERASED)
    with pytest.raises(UnknownReplyError):
        store.decide(first.id, State.APPROVED)
    store.erase(answer.id)
    assert store.approved("tea") == ()


def test_an_answer_outlives_the_approval_of_what_it_answers(store: Store) -> None:
    """A reply rejected later keeps an empty place where approved answers hang on it."""
    first = reply(state=State.APPROVED, words="secret")
    answer = reply(state=State.APPROVED, parent=first.id)
    store.hold(first)
    store.hold(answer)
    store.decide(first.id, State.REJECTED)
    place, kept = store.approved("tea")
    assert (place.erased, place.html, kept.id) == (True, "", answer.id)
    assert "secret" not in repr(store.approved("tea"))


def test_an_edited_reply_has_its_new_words(store: Store, published: Published) -> None:
    """The words change, the date of the edit is kept, and the state is what was asked for."""
    new = reply(state=State.APPROVED)
    store.hold(new)
    after = store.edit(new.id, "No!", "<p>No!</p>", state=State.HELD)
    assert (after.text, after.state) == ("No!", State.HELD)
    assert after.edited is not None
    assert store.approved("tea") == ()
    assert published.targets == ["tea", "tea"]


def test_a_mention_is_kept_once(store: Store) -> None:
    """The same page again brings the mention up to date; a moderator's no stays one."""
    first = store.add_mention(mention())
    store.decide(first.id, State.REJECTED)
    changed = mention(html="<p>Changed</p>", text="Changed")
    assert store.add_mention(changed, state=State.APPROVED).state is State.REJECTED
    store.decide(first.id, State.APPROVED)
    again = store.add_mention(mention(), state=State.APPROVED)
    assert (again.id, again.state) == (first.id, State.APPROVED)
    store.add_mention(changed, state=State.APPROVED)
    assert again.edited is not None
    assert [each.html for each in store.approved("tea")] == ["<p>Changed</p>"]
    assert store.remove_mention("tea", "https://other.example/1")
    assert not store.remove_mention("tea", "https://other.example/1")
    assert store.approved("tea") == ()


def test_an_approved_mention_that_says_something_else_waits_again(
    store: Store, published: Published
) -> None:
    """What nobody approved of is not shown, and the page is published without it."""
    store.add_mention(mention(), state=State.APPROVED)
    held = store.add_mention(mention(html="<p>Buy</p>", text="Buy"))
    assert held.state is State.HELD
    assert store.approved("tea") == ()
    assert published.targets == ["tea", "tea"]
    assert store.thread("tea").version == 2


def test_a_mention_that_says_the_same_changes_nothing(store: Store, published: Published) -> None:
    """Bringing it up to date with what it was makes no new version."""
    store.add_mention(mention(), state=State.APPROVED)
    store.add_mention(mention())
    assert store.thread("tea").version == 1


def test_what_is_not_published_yet_is_known(store: Store) -> None:
    """A version that was not published stays on the list, an older one does not clear it."""
    new = reply(state=State.APPROVED)
    store.hold(new)
    store.decide(new.id, State.APPROVED)
    assert store.unpublished() == ("tea",)
    Backlog(store).done({"tea": 1})
    assert store.unpublished() == ("tea",)
    Backlog(store).done({"tea": 2})
    assert store.unpublished() == ()


def test_lists_are_newest_first_and_go_on(store: Store) -> None:
    """A page of the list ends where the next one begins."""
    start = moments.now()
    news = [reply(created=start + timedelta(seconds=number)) for number in range(5)]
    for new in news:
        store.hold(new)
    first = store.listed(State.HELD, limit=3)
    rest = store.listed(State.HELD, limit=3, before=first[-1].created)
    assert [each.id for each in (*first, *rest)] == [new.id for new in reversed(news)]


def test_replies_from_one_network_are_counted(store: Store) -> None:
    """Those since a moment, from any of the traces given."""
    now = moments.now()
    for address, hours in (("a", 0), ("b", 0), ("a", 2), ("c", 0)):
        store.hold(reply(address=address, created=now - timedelta(hours=hours)))
    assert store.recent(("a", "b"), now - timedelta(hours=1), 10) == 2
    assert store.recent(("a", "b"), now - timedelta(hours=1), 1) == 1
