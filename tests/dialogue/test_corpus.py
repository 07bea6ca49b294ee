"""Public collections of attacks through everything that shows what strangers wrote: nothing lives."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from dialogue.app import app_of
from dialogue.fetch.fetcher import Response
from dialogue.guard import judge
from dialogue.moderation.export import as_csv
from dialogue.moderation.gate import LIST
from dialogue.moderation.lists import PER_PAGE
from dialogue.moments import now
from dialogue.publishing.making import publishing_of
from dialogue.replies import markup
from dialogue.replies.model import State, Stored
from dialogue.services import Services, Unpublished, services
from dialogue.settings import Settings
from dialogue.targets import Targets
from dialogue.tokens import Purpose
from dialogue.webmention.queue import Queue
from dialogue.webmention.settling import Settler
from dialogue.webmention.verifying import Finding, look
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.corpora import corpus
from tests.dialogue.hostile import PAYLOADS
from tests.dialogue.moderation.signing import HASH, moderator
from tests.dialogue.moderation.test_hostile import (
    test_files_open_as_files as files_open_as_files,
)
from tests.dialogue.moderation.test_hostile import (
    test_letters_stay_letters as letters_stay_letters,
)
from tests.dialogue.publishing.sites import PAGES, TEMPLATES, write_site
from tests.dialogue.reparsed import aliens, count, feed_names, feed_texts, usual, written
from tests.dialogue.replies_made import reply
from tests.dialogue.serving import Place
from tests.waiting import PATIENCE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Every fourth text of the collections takes seconds, all of them a minute.
SOME_OR_ALL = pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.deep)])
HARMLESS = ("harmless", "*a* [b](https://b.example)")
WELL = "https://ada.example/"
WEBMENTION = """<title>{text}</title><article class="h-entry">
<a class="u-in-reply-to" href="https://blog.example/tea/">tea</a>
<p class="p-name">{text}</p><p class="p-author h-card"><a class="u-url" href="{text}">{text}</a></p>
<div class="e-content">{text}<p>So they say.</p></div></article>"""


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a service with a password, beside a built site."""
    write_site(settings.output, {})
    return replace(
        settings, templates=(str(TEMPLATES),), moderator_password_hash=HASH, hourly_replies=10_000
    )


def stored(site: Settings, texts: Sequence[str], state: State = State.APPROVED) -> Services:
    """Services whose store has each text as every part of a reply to the post about tea."""
    made = services(site, Unpublished())
    for number, text in enumerate(texts):
        said = text.replace("\x00", "")
        words = {"author": said, "words": f"{number} {said}", "html": markup.html(said)}
        more = {"url": said, "email": said, "source": said, "reasons": (said,)}
        held = made.store.hold(reply(**words, **more, state=state)).reply
        made.store.edit(held.id, said, markup.html(said), state=state, note=said)
    made.store.hold(
        reply(author="A", words="B", url=WELL, source=WELL, email="a@b.example", state=state)
    )
    return made


def published(site: Settings, made: Services) -> tuple[str, tuple[bytes, ...]]:
    """The page about tea and the feeds of its replies, as the service writes them."""
    publishing_of(site, Targets(site.output), made.store).catch_up()
    (post,) = (post for post in PAGES if post.id == "tea")
    page = (site.output / post.file).read_text(encoding="utf-8")
    return page, tuple((site.output / feed).read_bytes() for feed in post.feeds)


def test_what_lives_is_seen(database_url: str) -> None:
    """The eyes of these tests: an element, an attribute, an address, in a page and in a reply."""
    page = '<p><a href="/x">x</a></p><div class="reply-text"><p>{}</p></div>'
    known = usual(page.format(""))
    for more in ("<img src=x>", '<a href="javascript:x">', "<p onclick=x>", "<a href=x id=y>"):
        assert aliens(page.format(more), known) != []
        assert written(more) != []
    assert aliens(page.format("<em>x</em>"), known) == [] == written("<em>x</em>")
    assert aliens(page.format("") + "<em>x</em>", known) != []


def clear(made: Services) -> None:
    """Remove every reply."""
    for state in State:
        for each in made.store.listed(state, limit=5000):
            made.store.erase(each.id)


def test_the_page_and_its_feeds(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply has its words and no element more; what readers may take for HTML in a feed is tame."""
    monkeypatch.setattr("thread.feed.NEWEST", len(corpus()) + 1)
    made = stored(site, HARMLESS)
    page, feeds = published(site, made)
    known, names = usual(page), [feed_names(feed) for feed in feeds]
    clear(made)
    made = stored(site, corpus())
    page, feeds = published(site, made)
    assert aliens(page, known) == []
    assert count(page, "li", "reply") == len(corpus()) + 1
    assert count(page, "article") == 1
    for feed, expected in zip(feeds, names, strict=True):
        assert feed_names(feed) <= expected
        found = [(name, written(text)) for name, text in feed_texts(feed)]
        assert len(found) > 2 * len(corpus())
        assert [each for each in found if each[1]] == []
    made.database.close()


def test_the_pages_of_moderators(site: Settings) -> None:
    """Each list has its entries, and like the page of one it has nothing that a harmless one has not."""
    made = stored(site, HARMLESS * 20, State.HELD)
    with moderator(made) as page:
        lists = [page.get(f"{LIST}?page={number}").text for number in (1, 2)]
        ones = [page.get(f"{LIST}replies/{each.id}").text for each in made.store.listed(State.HELD)]
        known = usual(*lists, *ones)
        clear(made)
        made = stored(site, corpus(), State.HELD)
        last = -(-(len(corpus()) + 1) // PER_PAGE)
        shown = [page.get(f"{LIST}?page={number}").text for number in range(1, last + 1)]
        assert sum(count(text, "article") for text in shown) == len(corpus()) + 1
        for text in shown:
            assert aliens(text, known) == []
        for each in made.store.listed(State.HELD, limit=5000)[::15]:
            assert aliens(page.get(f"{LIST}replies/{each.id}").text, known) == [], each.text
    made.database.close()


@SOME_OR_ALL
def test_letters_and_files(database_url: str, every: int) -> None:
    """Notifications stay letters, an export stays a file, and no spreadsheet runs it."""
    for text in corpus()[::every]:
        if len(text) > 12:  # shorter ones are in any letter
            letters_stay_letters(text)
        files_open_as_files(text)
        (_, row) = csv.reader(io.StringIO(as_csv([_stored(text)]).decode("utf-8-sig")))
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def _stored(text: str) -> Stored:
    return Stored(
        id="0" * 16, target="tea", author=text, text=text, html="", url=text, source=text,
        created=now(), depth=0, note=text, verified=None, edited=None, decided=None,
    )  # fmt: skip


@SOME_OR_ALL
def test_webmentions(site: Settings, every: int) -> None:
    """A page of another site may hold anything, in its words, names and addresses."""
    texts = corpus()[::every]
    made = stored(site, HARMLESS)
    known = usual(published(site, made)[0])
    queue = Queue(made.database)
    settler = Settler(queue, made.store, replace(site, moderation="none"), judge.rules(site, ()))
    taken = 0
    for number, text in enumerate(texts):
        source = f"https://other.example/{number}"
        body = WEBMENTION.format(text=text).encode("utf-8", "replace")
        answer = Response(source, 200, {"content-type": "text/html; charset=utf-8"}, body)
        job = queue.put(source, "tea", "https://blog.example/tea/", now())
        verdict = look(job, partial(_answered, answer), now())
        taken += verdict.finding is Finding.MENTIONS
        settler.settle(job, verdict, now())
        for mention in made.store.listed(State.HELD):
            made.store.decide(mention.id, State.APPROVED)
    page, feeds = published(site, made)
    assert taken > 0.9 * len(texts)
    assert count(page, "li", "reply") >= 0.9 * taken
    assert aliens(page, known) == []
    assert [each for feed in feeds for _, text in feed_texts(feed) for each in written(text)] == []
    made.database.close()


def _answered(answer: Response, _: str) -> Response:
    return answer


@pytest.mark.parametrize("texts", [PAYLOADS, pytest.param(None, marks=pytest.mark.deep)])
def test_forms(site: Settings, texts: tuple[str, ...] | None) -> None:
    """Preview, what is wrong, receipt and message: what was typed is given back, and does nothing."""
    made = services(replace(site, text_limit=1000), Unpublished())
    with browser(app_of(made)) as page:
        known = [usual(*shown(page, made, text)) for text in ("harmless", "harmless " * 200)]
        for text in corpus() if texts is None else texts:
            for found in shown(page, made, text):
                assert aliens(found, known[0] | known[1]) == [], text


def shown(page: Browser, made: Services, text: str) -> list[str]:
    """Every page of the service that gives back what was typed."""
    all_of_it = dict.fromkeys(("name", "email", "site", "text", "website_url", "parent"), text)
    fine = {"target": "tea", "name": text[:80], "text": text}
    said = [
        page.post("/dialogue/replies", {"target": "tea", **all_of_it}),
        page.post("/dialogue/replies", {**all_of_it, "target": text}),
        page.post("/dialogue/replies", {**fine, "site": WELL, "email": "a@b.example"}),
        page.post("/dialogue/replies", {**fine, "name": ""}),
        page.post("/dialogue/replies", fine, headers={"Origin": "https://evil.example"}),
        page.post("/dialogue/replies/confirm", {**fine, "token": text}),
        page.post("/dialogue/contact", {"target": "", **all_of_it}),
        page.post("/dialogue/contact", {**fine, "email": "a@b.example"}),
        page.post("/dialogue/contact", {**fine, "target": text, "email": "a@b.example"}),
    ]
    held = made.store.hold(reply(author=_kept(text), words=_kept(text), html=text)).reply
    receipt = f"/dialogue/replies/{made.tokens.sign(Purpose.RECEIPT, held.id)}"
    said += [page.get(receipt), page.post(f"{receipt}/edit", {"text": text + "x" * 1000})]
    assert {answer.status_code for answer in said} <= {200, 303, 403, 404, 409, 422}
    return [answer.text for answer in said]


def _kept(text: str) -> str:
    return text.replace("\x00", "")


def test_the_log(site: Settings, tmp_path: Path) -> None:
    """Every line is JSON of our own making: nothing that was typed or asked for is in it."""
    place = Place(site, tmp_path / "log")
    with place.serve() as running, httpx.Client(base_url=running.url, timeout=PATIENCE) as client:
        for text in [text for text in corpus() if len(text) > 8][::10]:
            headers = {"Origin": running.url}
            client.get("/dialogue/replies/new", params={"target": text, "parent": text})
            client.get(f"/dialogue/replies/{quote(text, safe='')}")
            client.get("/", headers={"User-Agent": quote(text), "X-Forwarded-For": quote(text)})
            client.post(
                "/dialogue/replies", data=dict.fromkeys(("text", "name"), text), headers=headers
            )
            client.post("/dialogue/webmention", data={"source": text, "target": text})
    lines = place.log.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 300
    for line in lines:
        assert set(json.loads(line)) <= {"time", "level", "from", "said", "route", "method",
                                         "status", "milliseconds"}, line  # fmt: skip
        assert line.isascii()
        assert line.isprintable()
        assert "alert" not in line
