"""What becomes of a webmention (W3C 3.2.2 to 3.2.4), from a real page to the replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue.moments import now
from dialogue.replies.model import State as ReplyState
from dialogue.replies.model import Stored
from dialogue.webmention.queue import State
from dialogue.webmention.worker import LANES, Verifier
from tests.dialogue.web import Answer
from tests.dialogue.webmention.conftest import LINK, POST, Bench, Elsewhere, later, page

REPLY = f"""<article class="h-entry"><a class="u-in-reply-to" href="{POST}">re</a>
<p class="p-author h-card"><a class="p-name u-url" href="https://ada.example/">Ada</a></p>
<div class="e-content"><p>I <b>agree</b>.</p></div></article>"""


def replies(bench: Bench) -> list[Stored]:
    """All replies, in whatever state."""
    return [reply for state in ReplyState for reply in bench.store.listed(state)]


def test_a_page_with_a_link_becomes_a_reply_that_waits(bench: Bench, elsewhere: Elsewhere) -> None:
    """Its author, words and kind come from its microformats; nobody sees it yet."""
    elsewhere.pages["/note"] = page(REPLY)
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    (reply,) = replies(bench)
    assert (reply.author, reply.url, reply.kind) == ("Ada", "https://ada.example/", "reply")
    assert (reply.text, reply.html) == ("I agree.", "<p>I <b>agree</b>.</p>")
    assert (reply.state, reply.source) == (ReplyState.HELD, elsewhere.url("/note"))
    assert bench.store.approved("tea") == ()


@pytest.mark.parametrize("element", ["a href", "img src", "video src", "audio src"])
def test_a_link_is_any_of_these(bench: Bench, elsewhere: Elsewhere, element: str) -> None:
    """As the W3C lists them."""
    elsewhere.pages["/note"] = page(f'<{element}="{POST}">')
    assert bench.look(elsewhere, "/note").state is State.VERIFIED


@pytest.mark.parametrize(
    "body",
    [f"see {POST}", f'<!-- <a href="{POST}">x</a> -->', f'<a href="{POST}more/">x</a>', "nothing"],
    ids=["text", "comment", "another", "none"],
)
def test_a_page_without_a_link_is_refused(bench: Bench, elsewhere: Elsewhere, body: str) -> None:
    """Text and comments are none; and its sender may know why."""
    elsewhere.pages["/note"] = page(f'<p>{body}</p><a href="https://blog.example/">home</a>')
    job = bench.look(elsewhere, "/note")
    assert (job.state, job.note) == (State.REFUSED, "The source has no link to the target.")
    assert replies(bench) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", f'{{"a": "{POST}"}}'), ("text/plain", f"See {POST}.")],
)
def test_other_kinds_of_documents_are_read_by_their_own_rules(
    bench: Bench, elsewhere: Elsewhere, kind: str, body: str
) -> None:
    """A value in JSON, a word in a text."""
    elsewhere.pages["/note"] = page(body, kind=kind)
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    assert [reply.kind for reply in replies(bench)] == ["mention"]


def test_a_source_is_asked_for_what_can_be_read(bench: Bench, elsewhere: Elsewhere) -> None:
    """By its Accept header, and told what for."""
    elsewhere.pages["/note"] = page(LINK)
    bench.look(elsewhere, "/note")
    (asked,) = elsewhere.web.requests
    assert asked.headers["Accept"].startswith("text/html, ")
    assert "Webmention" in asked.headers["User-Agent"]


def test_redirects_are_followed_to_an_end(bench: Bench, elsewhere: Elsewhere) -> None:
    """Ten of them; a circle is no page."""
    elsewhere.pages.update(
        {f"/{n}": Answer(301, {"Location": f"/{n + 1}"}) for n in range(10)},
    )
    elsewhere.pages["/10"] = page(LINK)
    assert bench.look(elsewhere, "/0").state is State.VERIFIED
    elsewhere.pages["/10"] = Answer(302, {"Location": "/0"})
    assert bench.look(elsewhere, "/1").state is State.REFUSED


@pytest.mark.parametrize("answer", [Answer(404), Answer(403), page(LINK, kind="application/pdf")])
def test_what_cannot_be_read_is_refused(bench: Bench, elsewhere: Elsewhere, answer: Answer) -> None:
    """Nobody can say whether it mentions us."""
    elsewhere.pages["/note"] = answer
    assert bench.look(elsewhere, "/note").state is State.REFUSED


def test_a_page_too_large_is_not_read(bench: Bench, elsewhere: Elsewhere) -> None:
    """Also one that is small only as long as it is packed."""
    elsewhere.pages["/note"] = page(LINK + "x" * 1_000_000)
    assert bench.look(elsewhere, "/note").state is State.REFUSED


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_what_is_in_our_own_network_is_not_looked_at(bench: Bench, host: str) -> None:
    """And the answer does not say what is there: its sender reads it."""
    job = bench.put(f"http://{host}/note")
    verifier = Verifier(bench.queue, bench.settler, lanes=LANES[:1])
    (claimed,) = bench.queue.claim(later(1), most=1, tried=False)
    bench.settler.settle(claimed, verifier.look(claimed, LANES[0]), now())
    found = bench.now(job)
    assert host not in found.note
    assert found.note in ("The source cannot be fetched.", "The source did not answer.")


def shown(bench: Bench, elsewhere: Elsewhere, change: Callable[[], None]) -> list[str]:
    """The HTML of what readers see after a reply was approved and then announced again."""
    elsewhere.pages["/note"] = page(REPLY)
    bench.settings = replace(bench.settings, moderation="none")
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    assert [reply.html for reply in bench.store.approved("tea")] == ["<p>I <b>agree</b>.</p>"]
    change()
    bench.look(elsewhere, "/note")
    return [reply.html for reply in bench.store.approved("tea")]


def test_the_same_again_is_no_second_reply(bench: Bench, elsewhere: Elsewhere) -> None:
    """Receiving is idempotent."""
    assert len(shown(bench, elsewhere, lambda: None)) == 1


def test_an_update_changes_the_reply(bench: Bench, elsewhere: Elsewhere) -> None:
    """All that was read of it."""

    def change() -> None:
        changed = REPLY.replace("agree", "disagree").replace("Ada<", "Eve<")
        elsewhere.pages["/note"] = page(changed.replace("u-in-reply-to", "u-url"))

    assert shown(bench, elsewhere, change) == ["<p>I disagree.</p>"]
    (reply,) = bench.store.approved("tea")
    assert (reply.author, reply.kind) == ("Eve", "mention")


def test_a_reply_that_was_approved_waits_again_when_it_changes(
    bench: Bench, elsewhere: Elsewhere
) -> None:
    """Or a harmless page could be approved and then turned into another."""
    elsewhere.pages["/note"] = page(REPLY)
    bench.look(elsewhere, "/note")
    (reply,) = replies(bench)
    bench.store.decide(reply.id, ReplyState.APPROVED)
    elsewhere.pages["/note"] = page(REPLY.replace("agree", "sell watches"))
    bench.look(elsewhere, "/note")
    assert bench.store.approved("tea") == ()
    assert [each.state for each in replies(bench)] == [ReplyState.HELD]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(410),
        page("nothing here"),
        page(f'<a href="https://blog.example/coffee/">{POST}</a>'),
        page(f'<meta http-equiv="Status" content="410 Gone">{LINK}'),
    ],
    ids=["410", "empty", "no link", "says so"],
)
def test_a_reply_goes_when_its_page_or_its_link_does(
    bench: Bench, elsewhere: Elsewhere, answer: Answer
) -> None:
    """On 410, or when the page has no link any more."""
    assert shown(bench, elsewhere, lambda: elsewhere.pages.update({"/note": answer})) == []
    assert replies(bench) == []
    found = bench.queue.known(elsewhere.url("/note"), "tea")
    assert found is not None
    assert found.state is State.GONE


@pytest.mark.parametrize(
    "answer",
    [Answer(404), Answer(403), Answer(500), Answer(503), page(LINK, kind="image/png"),
     page("x" * 1_000_001), Answer(302, {"Location": "/note"})],
    ids=["404", "403", "500", "503", "image", "too large", "circle"],
)  # fmt: skip
def test_nothing_else_takes_a_reply_away(
    bench: Bench, elsewhere: Elsewhere, answer: Answer
) -> None:
    """A site that is down for a night has taken nothing back."""
    assert len(shown(bench, elsewhere, lambda: elsewhere.pages.update({"/note": answer}))) == 1


def test_another_address_of_the_post_does_not_take_a_reply_away(
    bench: Bench, elsewhere: Elsewhere
) -> None:
    """Or anybody could, by announcing it with an address that the page does not have."""
    elsewhere.pages["/note"] = page(REPLY)
    bench.look(elsewhere, "/note")
    job = bench.look(elsewhere, "/note", target="http://blog.example/tea")
    assert job.state is State.VERIFIED
    assert len(replies(bench)) == 1


def test_a_page_that_comes_back_is_a_reply_again(bench: Bench, elsewhere: Elsewhere) -> None:
    """Once it is announced again."""
    shown(bench, elsewhere, lambda: elsewhere.pages.update({"/note": Answer(410)}))
    elsewhere.pages["/note"] = page(REPLY)
    bench.look(elsewhere, "/note")
    assert len(bench.store.approved("tea")) == 1


def test_trusted_hosts_need_no_moderator(bench: Bench, elsewhere: Elsewhere) -> None:
    """Those that a setting names."""
    bench.settings = replace(bench.settings, trusted_sources=("127.0.0.1",))
    elsewhere.pages["/note"] = page(REPLY)
    bench.look(elsewhere, "/note")
    assert len(bench.store.approved("tea")) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [("Play at our casino", "words"), ('<a href="https://a.example/">a</a>' * 3, "links")],
)
def test_suspicion_waits_also_where_nobody_else_does(
    bench: Bench, elsewhere: Elsewhere, words: str, reason: str
) -> None:
    """By the words and links that make other replies wait; moderators are told why."""
    bench.settings = replace(bench.settings, moderation="none")
    elsewhere.pages["/note"] = page(REPLY.replace("I <b>agree</b>.", words))
    bench.look(elsewhere, "/note")
    (reply,) = replies(bench)
    assert (reply.state, reply.reasons) == (ReplyState.HELD, (reason,))


def test_nothing_on_a_page_reaches_ours_alive(bench: Bench, elsewhere: Elsewhere) -> None:
    """Scripts, styles, frames, images and handlers are taken out of its words."""
    evil = (
        "<script>x</script><img src=x onerror=alert(1)><iframe src=x></iframe><p onclick=x>Hi"
        "<a href='javascript:x'>a</a><a href='https://fine.example/' onmouseover=x>b</a>"
        "<style>p{}</style><svg onload=x></svg><form action=x><input name=y></form>"
    )
    elsewhere.pages["/note"] = page(REPLY.replace("<p>I <b>agree</b>.</p>", evil))
    bench.look(elsewhere, "/note")
    (reply,) = replies(bench)
    assert reply.html == (
        '<p>Hi<a rel="nofollow ugc noopener">a</a>'
        '<a href="https://fine.example/" rel="nofollow ugc noopener">b</a></p>'
    )
