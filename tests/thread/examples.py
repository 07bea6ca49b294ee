"""Replies, threads and targets to test with, and a generator of many different ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from tests.conftest import ROOT
from thread.block import block, replies_view
from thread.model import KINDS, Reply, Site, Target, Thread
from thread.templates import Templates
from thread.ways.contact import ContactForm
from thread.ways.registry import plain
from thread.ways.replies import BuiltIn

SITE = Site("Parley", "https://blog.example.com", "en")
TARGET = Target(
    id="hello",
    url="https://blog.example.com/hello/",
    path="/hello/",
    title="Hello & welcome",
    lang="en",
    file="hello/index.html",
    feeds=("feeds/replies/hello.atom.xml", "feeds/replies/hello.rss.xml"),
    open=True,
    authors=("Mara Lindqvist",),
)
REPLY = Reply(
    id="r1",
    kind="reply",
    author="Ada",
    url="https://ada.example/",
    date=datetime(2026, 5, 1, 12, 30, tzinfo=UTC),
    html="<p>Well said.</p>",
    parent=None,
    by_author=False,
    source="",
    edited=None,
    note="",
    erased=False,
)


def reply(name: str, **changes: object) -> Reply:
    """The example with another id, and whatever else is to be different."""
    return replace(REPLY, id=name, **changes)  # type: ignore[arg-type] # any field of a reply


def thread(*replies: Reply, version: int = 1) -> Thread:
    """A thread of the example target."""
    return Thread(TARGET.id, version, replies)


_MOMENTS = st.integers(946_684_800, 1_767_225_600).map(
    lambda when: datetime.fromtimestamp(when, UTC)
)
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
_ADDRESSES = st.sampled_from(["", "https://ada.example/", "http://b.example/~x?a=1&b=2"])


@st.composite
def threads(draw: st.DrawFn, target: str = TARGET.id) -> Thread:
    """Threads of up to twelve replies of every kind, some that answer each other or nobody."""
    names = draw(
        st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), unique=True, max_size=12)
    )
    replies = tuple(_drawn(draw, name, names) for name in names)
    return Thread(target, draw(st.integers(1, 1000)), replies)


def _drawn(draw: st.DrawFn, name: str, names: list[str]) -> Reply:
    return Reply(
        id=name,
        kind=draw(st.sampled_from(KINDS)),
        author=draw(_TEXTS),
        url=draw(_ADDRESSES),
        date=draw(_MOMENTS),
        html=draw(
            st.sampled_from(["", "<p>Yes.</p>", "<p>a <em>b</em> &amp; c</p><ul><li>d</li></ul>"])
        ),
        parent=draw(st.none() | st.sampled_from([*names, "gone"])),
        by_author=draw(st.booleans()),
        source=draw(_ADDRESSES),
        edited=draw(st.none() | _MOMENTS),
        note=draw(_TEXTS),
        erased=draw(st.booleans()),
    )


TEMPLATES = Templates(ROOT / "theme" / "templates")
OWN_SITE = replace(
    SITE, tag="tag:blog.example.com,2026-01-01", ways=plain(BuiltIn(), ContactForm())
)


def page(found: Thread, site: Site = OWN_SITE, target: Target = TARGET) -> str:
    """The smallest page that has the block of a thread, as a build writes it."""
    made = block(TEMPLATES, replies_view(site, target, found))
    return f'<!doctype html>\n<title>x</title>\n<article class="h-entry">{made}</article>\n'
