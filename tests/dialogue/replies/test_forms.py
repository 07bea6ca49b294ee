"""The way of a reply without JavaScript: form, preview, confirmation, back to the post."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from dialogue.app import app_of
from dialogue.database import Database
from dialogue.guard.judge import Reason
from dialogue.guard.work import Challenge
from dialogue.replies.model import State
from dialogue.services import Services
from tests.dialogue.browsing import ORIGIN, Browser, browser
from tests.dialogue.conftest import Published
from tests.dialogue.guard.test_work import solve
from tests.dialogue.replies_made import reply

TYPED = {"target": "tea", "name": "Ada", "text": "First\r\n\r\n*second* & <b>third</b>"}


@pytest.fixture
def services(make_services: Callable[..., Services]) -> Services:
    """The services under test, with what tests usually ask for."""
    return make_services()


@pytest.fixture
def client(services: Services) -> Iterator[Browser]:
    """A browser at the service."""
    with browser(app_of(services)) as opened:
        yield opened


def fields(page: str, action: str) -> dict[str, str]:
    """The names and values of the form that is sent to ``action``, as a browser reads them."""
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None, page
    found = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name is not None
        found[name[1]] = html.unescape(value[1]) if value else ""
    area = re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', form[0], re.DOTALL)
    assert area is not None
    return {**found, "text": html.unescape(area[1])}


def send(client: Browser, typed: Mapping[str, str]) -> httpx.Response:
    """Preview and confirm, as a person does."""
    shown = client.post("/dialogue/replies", typed)
    assert shown.status_code == 200, shown.text
    return client.post("/dialogue/replies/confirm", fields(shown.text, "/dialogue/replies/confirm"))


def receipt_of(page: str) -> str:
    """The path of the receipt that the preview offers."""
    found = re.search(rf'href="{ORIGIN}(/dialogue/replies/[^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_reply_is_sent_without_a_script(client: Browser, services: Services) -> None:
    """It is shown first, then stored and held, and the browser is led back to the post."""
    answer = send(client, {**TYPED, "email": "ada@mail.example", "site": "ada.example"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/tea/#reply-received"
    (held,) = services.store.listed(State.HELD)
    assert (held.author, held.email, held.url) == ("Ada", "ada@mail.example", "https://ada.example")
    assert held.text == "First\n\n*second* & <b>third</b>"
    assert held.html == ("<p>First</p>\n<p><em>second</em> &amp; &lt;b&gt;third&lt;/b&gt;</p>")
    assert held.reasons == ()


def test_the_preview_stores_nothing(client: Browser, services: Services) -> None:
    """It shows the reply as it will look, and nothing is kept yet."""
    shown = client.post("/dialogue/replies", TYPED)
    assert "<em>second</em> &amp; &lt;b&gt;third&lt;/b&gt;" in shown.text
    assert services.store.counts() == {}
    assert "Origin" in shown.headers["vary"]


def test_a_form_sent_twice_stores_one_reply(client: Browser, services: Services) -> None:
    """Going back and sending again leads to the same place and stores nothing more."""
    shown = client.post("/dialogue/replies", TYPED)
    form = fields(shown.text, "/dialogue/replies/confirm")
    answers = [client.post("/dialogue/replies/confirm", form) for _ in range(2)]
    assert [each.headers["location"] for each in answers] == ["/tea/#reply-received"] * 2
    assert services.store.counts() == {State.HELD: 1}


def test_fifty_identical_posts_at_once_are_one_reply(client: Browser, services: Services) -> None:
    """Also when each has a preview of its own; all of them are answered as received."""

    def both(_: int) -> int:
        return send(client, TYPED).status_code

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(both, range(50))) == {303}
    assert services.store.counts() == {State.HELD: 1}


def test_who_sends_the_same_words_gets_no_right_to_the_first(
    client: Browser, services: Services
) -> None:
    """A second person who sends identical words is told they were received, and no receipt works."""
    send(client, TYPED)
    shown = client.post("/dialogue/replies", TYPED)
    form = fields(shown.text, "/dialogue/replies/confirm")
    headers = {"Accept": "application/json", "Origin": ORIGIN}
    again = client.post("/dialogue/replies/confirm", form, headers=headers)
    assert again.json() == {"state": "held", "location": "/tea/#reply-received"}
    assert client.get(receipt_of(shown.text)).status_code == 404


def test_what_is_confirmed_is_what_was_shown(client: Browser, services: Services) -> None:
    """Words changed after the preview are shown again before they are stored."""
    form = fields(client.post("/dialogue/replies", TYPED).text, "/dialogue/replies/confirm")
    answer = client.post("/dialogue/replies/confirm", {**form, "text": "Other words"})
    assert answer.status_code == 409
    assert "Look at it once more" in answer.text
    assert "Other words" in answer.text
    assert services.store.counts() == {}
    again = fields(answer.text, "/dialogue/replies/confirm")
    assert client.post("/dialogue/replies/confirm", again).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\x00", "é.é.é"])
def test_without_a_token_nothing_is_stored(client: Browser, services: Services, token: str) -> None:
    """A forged or missing token leads to the preview."""
    answer = client.post("/dialogue/replies/confirm", {**TYPED, "token": token})
    assert answer.status_code == 409
    assert services.store.counts() == {}


def test_a_preview_grows_old(
    client: Browser, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its time the words are shown again, not lost."""
    form = fields(client.post("/dialogue/replies", TYPED).text, "/dialogue/replies/confirm")
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4_000_000_000)
    answer = client.post("/dialogue/replies/confirm", form)
    assert answer.status_code == 409
    assert fields(answer.text, "/dialogue/replies/confirm")["text"] == form["text"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Write your name"),
        ({"name": "x" * 81}, "80 characters at most"),
        ({"text": " \n "}, "Write something"),
        ({"text": "x" * 10_001}, "This has 10,001 characters"),
        ({"text": ">" * 200 + "deep"}, "too deep"),
        ({"text": "[" * 2000}, "too deep"),
        ({"email": "no address"}, "no mail address"),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "no mail address"),
        ({"site": "javascript:alert(1)"}, "no address of a site"),
        ({"site": "https://user:word@x.example/"}, "no address of a site"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Browser, services: Services, changed: dict[str, str], said: str
) -> None:
    """A clear 422 names the field and gives everything back; both steps check the same."""
    typed = {**TYPED, "email": "", "site": "", **changed}
    for step in ("/dialogue/replies", "/dialogue/replies/confirm"):
        answer = client.post(step, typed)
        assert answer.status_code == 422
        assert said in html.unescape(answer.text)
        back = fields(answer.text, "/dialogue/replies")
        assert back["text"].split() == typed["text"].split()
        assert back["name"].split() == typed["name"].split()
    assert services.store.counts() == {}


def test_what_is_typed_stays_text(client: Browser) -> None:
    """Hostile input is text in every field of every page."""
    hostile = "\"'><script>alert(1)</script>"
    answer = client.post(
        "/dialogue/replies",
        dict.fromkeys(("name", "email", "text", "site"), hostile)
        | {"target": "tea", "parent": hostile},
    )
    assert answer.status_code == 422
    assert "<script" not in answer.text
    shown = client.post("/dialogue/replies", {"target": "tea", "name": hostile, "text": hostile})
    assert shown.status_code == 200
    assert "<script" not in shown.text


@pytest.mark.parametrize(
    ("target", "status"), [("nothing", 404), ("", 404), ("closed", 403), ("//evil.example", 404)]
)
def test_replies_go_to_open_posts_only(
    client: Browser, services: Services, target: str, status: int
) -> None:
    """A post that is not there, or takes no replies, is said to be so; the words come back."""
    for step in ("/dialogue/replies", "/dialogue/replies/confirm"):
        answer = client.post(step, {**TYPED, "target": target, "text": "Precious words"})
        assert answer.status_code == status
        assert "Precious words" in answer.text
        assert "location" not in answer.headers


def test_an_answer_goes_to_an_approved_reply(client: Browser, services: Services) -> None:
    """The form for an answer names who is answered; one that is gone leaves the words to send."""
    first = reply(state=State.APPROVED, author="Grace & Co")
    services.store.hold(first)
    form = client.get(f"/dialogue/replies/new?target=tea&parent={first.id}")
    assert "what Grace &amp; Co wrote" in form.text
    typed = {**TYPED, "parent": first.id}
    answer = send(client, typed)
    assert answer.status_code == 303
    assert services.store.listed(State.HELD)[0].parent == first.id
    shown = client.post("/dialogue/replies", {**typed, "text": "Late"})
    services.store.decide(first.id, State.REJECTED)
    late = client.post("/dialogue/replies/confirm", fields(shown.text, "/dialogue/replies/confirm"))
    assert late.status_code == 409
    assert "cannot be answered any more" in late.text
    assert fields(late.text, "/dialogue/replies/confirm")["parent"] == ""


def test_a_held_reply_is_named_to_nobody(client: Browser, services: Services) -> None:
    """The form for an answer to a reply that is not approved says nothing of it."""
    held = reply(author="Secret name")
    services.store.hold(held)
    form = client.get(f"/dialogue/replies/new?target=tea&parent={held.id}")
    assert form.status_code == 200
    assert "Secret name" not in form.text


@pytest.mark.parametrize(
    ("headers", "status", "reasons"),
    [
        ({"Origin": ORIGIN}, 303, ()),
        ({"Origin": "https://evil.example"}, 403, None),
        ({"Origin": "null"}, 403, None),
        ({"Origin": f"{ORIGIN}:8443"}, 403, None),
        ({"Origin": "http://blog.example"}, 403, None),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, 403, None),
        ({"Sec-Fetch-Site": "same-origin"}, 303, ()),
        ({"Sec-Fetch-Site": "same-site"}, 403, None),
        ({"Sec-Fetch-Site": "cross-site", "Referer": f"{ORIGIN}/tea/"}, 403, None),
        ({"Referer": f"{ORIGIN}/tea/"}, 303, ()),
        ({"Referer": "https://blog.example.evil.example/"}, 403, None),
        ({}, 303, (Reason.ORIGIN,)),
    ],
)
def test_forms_of_other_sites_store_nothing(
    client: Browser,
    services: Services,
    headers: dict[str, str],
    status: int,
    reasons: tuple[str, ...] | None,
) -> None:
    """Another site's form is refused with the words kept; where nobody can say, it is held."""
    form = fields(client.post("/dialogue/replies", TYPED).text, "/dialogue/replies/confirm")
    answer = client.post("/dialogue/replies/confirm", form, headers=headers)
    assert answer.status_code == status
    assert "Origin" in answer.headers["vary"]
    held = services.store.listed(State.HELD)
    assert [each.reasons for each in held] == ([] if reasons is None else [reasons])
    if reasons is None:
        assert fields(answer.text, "/dialogue/replies")["text"].split() == form["text"].split()


def test_without_moderation_a_reply_is_there_at_once(
    make_services: Callable[..., Services], published: Published
) -> None:
    """It is approved, published, and the browser is led to it; a suspicious one waits."""
    services = make_services(moderation="none")
    with browser(app_of(services)) as client:
        answer = send(client, TYPED)
        (shown,) = services.store.approved("tea")
        assert answer.headers["location"] == f"/tea/#reply-{shown.id}"
        assert published.targets == ["tea"]
        answer = send(client, {**TYPED, "text": "Buy", "website_url": "x"})
        assert answer.headers["location"] == "/tea/#reply-received"
        assert [each.reasons for each in services.store.listed(State.HELD)] == [(Reason.HONEYPOT,)]


def test_many_replies_from_one_network_are_suspicious(
    make_services: Callable[..., Services],
) -> None:
    """The one too many waits for a moderator; another network is another matter."""
    services = make_services(moderation="none", hourly_replies=2)
    with browser(app_of(services), "203.0.113.7") as client:
        for number in range(2):
            send(client, {**TYPED, "text": f"Number {number}"})
        send(client.at("203.0.113.99"), {**TYPED, "text": "One more"})
        send(client.at("198.51.100.1"), {**TYPED, "text": "From elsewhere"})
        held = services.store.listed(State.HELD)
        assert [(each.text, each.reasons) for each in held] == [("One more", (Reason.RATE,))]
        assert services.store.counts()[State.APPROVED] == 3


def test_no_address_is_kept(services: Services, client: Browser) -> None:
    """What is stored of the visitor's network is a trace that does not name it."""
    send(client, TYPED)
    (held,) = services.store.listed(State.HELD)
    assert held.address is not None
    assert re.fullmatch(r"[0-9a-f]{64}", held.address)
    assert "203.0.113" not in repr(held)


def test_a_script_is_answered_in_json(client: Browser, services: Services) -> None:
    """The same steps, as values: faults by field, the preview, what became of it."""
    headers = {"Accept": "application/json", "Origin": ORIGIN}
    wrong = client.post("/dialogue/replies", {**TYPED, "name": ""}, headers=headers)
    assert (wrong.status_code, list(wrong.json()["faults"])) == (422, ["name"])
    shown = client.post("/dialogue/replies", TYPED, headers=headers).json()
    assert "<em>second</em>" in shown["html"]
    form = {**TYPED, "token": shown["token"]}
    done = client.post("/dialogue/replies/confirm", form, headers=headers)
    assert done.status_code == 201
    assert (done.json()["state"], done.json()["location"]) == ("held", "/tea/#reply-received")
    assert client.get(done.json()["receipt"]).status_code == 200
    assert client.post("/dialogue/replies", {}, headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["/dialogue/replies", "/dialogue/replies/confirm"])
def test_getting_changes_nothing(client: Browser, services: Services, path: str) -> None:
    """No step can be taken by a link."""
    form = fields(client.post("/dialogue/replies", TYPED).text, "/dialogue/replies/confirm")
    assert client.get(path, params=form).status_code in (404, 405)
    assert services.store.counts() == {}


def test_pages_speak_the_language_of_the_post(client: Browser) -> None:
    """A form for a German post is in German."""
    form = client.get("/dialogue/replies/new?target=tee")
    assert '<html lang="de"' in form.text
    assert "Vorschau" in form.text


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"{}", "application/json", 415),
        (b"&".join(b"a%d=1" % number for number in range(200)), None, 400),
        ("name=é".encode(), None, 400),
    ],
)
def test_what_is_no_form_is_refused(
    client: Browser, content: bytes, content_type: str | None, status: int
) -> None:
    """Other bodies than a form of ours are refused with a clear status."""
    headers = {
        "Content-Type": content_type or "application/x-www-form-urlencoded",
        "Origin": ORIGIN,
    }
    answer = client.post("/dialogue/replies", content=content, headers=headers)
    assert answer.status_code == status


def test_while_the_database_is_away_nothing_typed_is_lost(
    client: Browser, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is answered with 503 and the words that were sent, as text that cannot run."""
    form = fields(client.post("/dialogue/replies", TYPED).text, "/dialogue/replies/confirm")

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {"name": "Ada"}, Exception("database or disk is full"))

    monkeypatch.setattr(Database, "write", full)
    answer = client.post("/dialogue/replies/confirm", form)
    assert answer.status_code == 503
    assert form["text"] in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    headers = {"Accept": "application/json", "Origin": ORIGIN}
    assert (
        "form" in client.post("/dialogue/replies/confirm", form, headers=headers).json()["faults"]
    )


def test_work_is_asked_for_where_the_settings_say_so(
    make_services: Callable[..., Services],
) -> None:
    """With it done the reply is there at once; without it, as without a script, it waits."""
    services = make_services(moderation="none", proof_of_work=50)
    with browser(app_of(services)) as client:
        shown = client.post("/dialogue/replies", TYPED)
        task = re.search(r'data-work="([^"]*)"', shown.text)
        assert task is not None
        solution = solve(Challenge(**json.loads(html.unescape(task[1]))))
        form = fields(shown.text, "/dialogue/replies/confirm")
        client.post("/dialogue/replies/confirm", {**form, "altcha": solution})
        other = client.post("/dialogue/replies", {**TYPED, "text": "Without"})
        form = fields(other.text, "/dialogue/replies/confirm")
        client.post("/dialogue/replies/confirm", {**form, "altcha": solution})
        assert services.store.counts() == {State.APPROVED: 1, State.HELD: 1}
        assert services.store.listed(State.HELD)[0].reasons == (Reason.WORK,)
