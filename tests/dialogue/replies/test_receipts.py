"""The page about one's own reply: for who has its link, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from dialogue import moments
from dialogue.app import app_of
from dialogue.replies.model import NewReply, State
from dialogue.services import Services
from dialogue.tokens import Purpose
from dialogue.web.places import receipt_path
from tests.dialogue.browsing import ORIGIN, Browser, browser
from tests.dialogue.replies_made import reply


@pytest.fixture
def services(make_services: Callable[..., Services]) -> Services:
    """The services under test."""
    return make_services(moderation="none")


@pytest.fixture
def client(services: Services) -> Iterator[Browser]:
    """A browser at the service."""
    with browser(app_of(services)) as opened:
        yield opened


def place(services: Services, new: NewReply) -> str:
    """Store the reply; return the path of its receipt."""
    services.store.hold(new)
    return receipt_path(services.tokens.sign(Purpose.RECEIPT, new.id))


def test_it_shows_the_reply_and_what_became_of_it(client: Browser, services: Services) -> None:
    """A held reply is read by who has its link, although by nobody else."""
    new = reply(author="Ada & Co", words="Precious")
    path = place(services, new)
    page = client.get(path)
    assert "Precious" in page.text
    assert "Ada &amp; Co" in page.text
    assert "waiting for a moderator" in page.text
    services.store.decide(new.id, State.APPROVED)
    assert "Everybody can read it" in client.get(path).text


@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.RECEIPT])
def test_other_tokens_open_nothing(client: Browser, services: Services, purpose: Purpose) -> None:
    """A token signed for something else about the same reply is no receipt."""
    new = reply(words="Precious")
    place(services, new)
    answer = client.get(receipt_path(services.tokens.sign(purpose, new.id)))
    assert answer.status_code == 404
    assert "Precious" not in answer.text


def test_the_words_can_be_changed_soon_after(client: Browser, services: Services) -> None:
    """They are checked and cleaned as new ones are; the page follows."""
    new = reply(state=State.APPROVED)
    path = place(services, new)
    answer = client.post(f"{path}/edit", {"text": "*Changed* <script>x</script>"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    (shown,) = services.store.approved("tea")
    assert shown.html == "<p><em>Changed</em> &lt;script&gt;x&lt;/script&gt;</p>"
    assert shown.edited is not None


def test_changed_words_are_judged_again(client: Browser, services: Services) -> None:
    """An approved reply that is given suspicious words is taken back until somebody looked."""
    new = reply(state=State.APPROVED)
    path = place(services, new)
    client.post(f"{path}/edit", {"text": "https://a.example https://b.example https://c.example"})
    assert services.store.approved("tea") == ()
    (held,) = services.store.listed(State.HELD)
    assert held.reasons == ("links",)


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED, State.SPAM])
def test_changing_the_words_is_no_way_around_moderators(
    client: Browser, services: Services, state: State
) -> None:
    """What waits, was rejected or called spam is not approved by changing it."""
    new = reply(reasons=("honeypot",))
    path = place(services, new)
    services.store.decide(new.id, state)
    client.post(f"{path}/edit", {"text": "Harmless"})
    kept = services.store.find(new.id)
    assert kept is not None
    assert (kept.state, kept.text) == (state, "Harmless")


def test_moderated_replies_wait_again_after_a_change(
    make_services: Callable[..., Services],
) -> None:
    """Where moderators look at everything, they look at changed words too."""
    services = make_services(moderation="all")
    with browser(app_of(services)) as client:
        new = reply(state=State.APPROVED)
        client.post(f"{place(services, new)}/edit", {"text": "Quite different"})
        assert services.store.approved("tea") == ()


def test_after_a_while_words_stay(client: Browser, services: Services) -> None:
    """A change that comes too late is refused, with the words given back."""
    new = reply(created=moments.now() - timedelta(minutes=16), words="Old")
    path = place(services, new)
    assert "Change it" not in client.get(path).text
    answer = client.post(f"{path}/edit", {"text": "Much too late"})
    assert answer.status_code == 409
    assert "Much too late" in answer.text
    kept = services.store.find(new.id)
    assert kept is not None
    assert kept.text == "Old"


@pytest.mark.parametrize("text", ["", "x" * 10_001, "> " * 100 + "x"])
def test_wrong_words_are_given_back(client: Browser, services: Services, text: str) -> None:
    """What cannot be a reply is refused as in the form."""
    path = place(services, reply(words="Old"))
    answer = client.post(f"{path}/edit", {"text": text})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_it_is_erased_at_any_time(client: Browser, services: Services) -> None:
    """Long after it was sent; afterwards its link leads nowhere."""
    new = reply(created=moments.now() - timedelta(days=900), state=State.APPROVED)
    path = place(services, new)
    answer = client.post(f"{path}/erase")
    assert "has been erased" in answer.text
    assert services.store.find(new.id) is None
    for again in (client.get(path), client.get(f"{path}/export"), client.post(f"{path}/erase")):
        assert again.status_code == 404


def test_looking_changes_nothing(client: Browser, services: Services) -> None:
    """A link checker that opens every address of the page erases nothing."""
    new = reply(words="Old")
    path = place(services, new)
    for suffix in ("", "/edit", "/erase", "/export"):
        client.get(f"{path}{suffix}", params={"text": "New"})
    kept = services.store.find(new.id)
    assert kept is not None
    assert kept.text == "Old"


def test_other_sites_change_nothing(client: Browser, services: Services) -> None:
    """A form of another site that knows the link is refused, with the words given back."""
    new = reply(words="Old")
    path = place(services, new)
    evil = {"Origin": "https://evil.example"}
    assert client.post(f"{path}/erase", headers=evil).status_code == 403
    answer = client.post(f"{path}/edit", {"text": "Theirs"}, headers=evil)
    assert answer.status_code == 403
    assert "Theirs" in answer.text
    kept = services.store.find(new.id)
    assert kept is not None
    assert kept.text == "Old"


def test_everything_kept_can_be_downloaded(client: Browser, services: Services) -> None:
    """As a JSON file, with what was typed and never shown, and without what is not the writer's."""
    new = reply(email="ada@mail.example", url="https://ada.example", reasons=("links",))
    answer = client.get(f"{place(services, new)}/export")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == f'attachment; filename="reply-{new.id}.json"'
    facts = answer.json()
    assert (facts["email"], facts["site"], facts["text"]) == (
        "ada@mail.example",
        "https://ada.example",
        "Yes!",
    )
    assert "links" not in answer.text


def test_the_receipt_is_offered_before_sending(client: Browser, services: Services) -> None:
    """The link on the preview leads nowhere yet, and to the reply once it was sent."""
    headers = {"Accept": "application/json", "Origin": ORIGIN}
    typed = {"target": "tea", "name": "Ada", "text": "Hello"}
    shown = client.post("/dialogue/replies", typed, headers=headers).json()
    assert client.get(shown["receipt"]).status_code == 404
    client.post("/dialogue/replies/confirm", {**typed, "token": shown["token"]})
    assert "Hello" in client.get(shown["receipt"]).text
