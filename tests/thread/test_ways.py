"""Ways to answer and to write: what each says of itself, and what it asks of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.thread.examples import SITE, TARGET
from thread.model import Way
from thread.ways.contact import ContactForm, FormEndpoint, Mailto, NoContact
from thread.ways.github import Giscus, Utterances
from thread.ways.registry import CONTACT_WAYS, REPLY_WAYS, contact_way, plain, reply_way
from thread.ways.replies import BuiltIn, NoReplies, WebmentionIo
from thread.ways.servers import Disqus, Isso, Remark42
from thread.ways.way import ContactWay, ReplyWay

REPLIES: tuple[ReplyWay, ...] = (
    BuiltIn(),
    Isso("https://isso.example.com"),
    Remark42("https://remark.example.com", "blog"),
    Giscus("o/r", "R_kg", "Blog", "DIC_kw"),
    Utterances("o/r", "replies"),
    Disqus("our-blog"),
    WebmentionIo("blog.example.com"),
    NoReplies(),
)
CONTACT: tuple[ContactWay, ...] = (
    ContactForm(),
    FormEndpoint("https://forms.example/f/abc", "https://forms.example/privacy"),
    Mailto("hello@example.com"),
    NoContact(),
)


def test_every_way_is_tested_here() -> None:
    """The registry has no other, and each has a name of its own."""
    assert {way.name for way in REPLIES} == set(REPLY_WAYS)
    assert {way.name for way in CONTACT} == set(CONTACT_WAYS)


@pytest.mark.parametrize("replies", REPLIES, ids=lambda way: way.name)
@pytest.mark.parametrize("contact", CONTACT, ids=lambda way: way.name)
def test_ways_survive_their_plain_form(replies: ReplyWay, contact: ContactWay) -> None:
    """What the build writes into targets.json is what the service makes pages with."""
    site = replace(SITE, ways=plain(replies, contact))
    assert reply_way(site) == replies
    assert contact_way(site) == contact
    assert list(replies.faults()) == list(contact.faults()) == []


@pytest.mark.parametrize(
    "way", [way for way in REPLIES if way.embed(TARGET, SITE)], ids=lambda way: way.name
)
def test_what_is_loaded_is_allowed_by_the_policy_it_asks_for(way: ReplyWay) -> None:
    """The script's host is among the sources, and nothing asks for scripts in the page itself."""
    shown = way.embed(TARGET, SITE)
    assert shown is not None
    hosts = [
        source.replace("*.", "") for directive, source in way.csp() if directive == "script-src"
    ]
    host = shown.script.split("/")[2]
    assert any(
        host == one.split("//")[1] or host.endswith("." + one.split("//")[1]) for one in hosts
    )
    assert ("script-src", "'unsafe-inline'") not in way.csp()
    assert shown.label
    if not isinstance(way, Isso | Remark42):
        assert shown.privacy.startswith("https://")


@pytest.mark.parametrize("way", [BuiltIn(), WebmentionIo("a.example"), NoReplies()])
def test_ways_without_scripts_ask_for_nothing(way: ReplyWay) -> None:
    """Replies that are in the page need no exception."""
    assert way.csp() == ()
    assert way.embed(TARGET, SITE) is None


def test_contact_says_where_a_message_goes() -> None:
    """A form of others names their host, mail has a subject, and headers cannot be added to it."""
    form = CONTACT[1].contact("hello", SITE)
    assert form is not None
    assert (form.action, form.service) == ("https://forms.example/f/abc", "forms.example")
    assert CONTACT[1].csp() == (("form-action", "https://forms.example"),)
    mail = Mailto("hello@example.com").contact("a&bcc=x@y.example\r\nb", SITE)
    assert mail is not None
    assert mail.address == (
        "mailto:hello@example.com?subject=Parley%3A%20a%26bcc%3Dx%40y.example%0D%0Ab"
    )
    assert NoContact().contact("", SITE) is None


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (Isso("http://plain.example"), "server"),
        (Isso("https://a.example", "javascript:x"), "privacy"),
        (Remark42("https://a.example", "a b"), "site_id"),
        (Giscus("nobody", "R_1", "Blog", "D_1"), "repo"),
        (Giscus("o/r", "R_1", " ", "D_1"), "category"),
        (Utterances('o/r"x'), "repo"),
        (Disqus("a.b"), "shortname"),
        (WebmentionIo("https://blog.example.com"), "domain"),
        (FormEndpoint("https://forms.example/?a=1"), "endpoint"),
        (Mailto("nobody"), "address"),
    ],
)
def test_a_setting_that_cannot_work_is_named(way: ReplyWay | ContactWay, field: str) -> None:
    """By its field."""
    assert [name for name, _ in way.faults()] == [field]


@pytest.mark.parametrize(
    "way",
    [
        Way("replies", "shouting"),
        Way("replies", "giscus", (("repo", "o/r"),)),
        Way("replies", "giscus", (("colour", "red"),)),
        Way("replies", "disqus", (("shortname", "x.y/"),)),
    ],
)
def test_a_plain_form_that_cannot_work_is_an_error(way: Way) -> None:
    """Somebody else may have written the file."""
    with pytest.raises(ValueError, match=r"is none of|incomplete|shortname"):
        reply_way(replace(SITE, ways=(way,)))
