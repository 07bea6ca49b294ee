"""The feed of a post's replies, and what the post's own entry says about them (RFC 4685)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from plugins.canonical.addresses import quote_path
from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.feeds.addresses import absolute_web
from plugins.feeds.content import stand_alone
from plugins.feeds.entries import Author, FeedChannel, FeedEntry, Replies, for_feeds
from plugins.feeds.formats import ATOM, RSS, Format
from plugins.feeds.identity import identity
from plugins.feeds.rss_atom import Envelope, SharedEntry, render, xml_entry
from plugins.feeds.settings import FeedSettings
from plugins.feeds.text import one_line
from plugins.markup.summaries import summarise
from plugins.post import Post
from wording import wording_for

ANCHOR = "replies"


@dataclass(frozen=True, slots=True)
class Reply:
    """An approved reply. ``id`` is its lasting name within the site and its anchor on the page.

    ``html`` is its text, ``url`` the author's home page if they gave one, ``parent`` the id of the
    reply it answers; without one it answers the post. ``date`` carries a time zone.
    """

    id: str
    author: str
    date: datetime
    html: str
    url: str = ""
    parent: str | None = None


def replies_stem(post: Post) -> str:
    """The path of a post's reply feed, without the ending of a format."""
    return f"feeds/replies/{post.url.strip('/') or 'home'}"


def replies_to(entry: Entry, total: int, facts: Facts) -> Replies:
    """What the entry of a post with ``total`` replies says about them."""
    stem = f"/{replies_stem(entry.post)}"
    return Replies(
        total=total,
        page=f"{entry.policy.item_link}#{ANCHOR}",
        atom=facts.urls.absolute(f"{stem}{ATOM.ending}"),
        rss=facts.urls.absolute(f"{stem}{RSS.ending}"),
    )


def render_reply_feed(
    form: Format, entry: Entry, replies: Sequence[Reply], facts: Facts, settings: FeedSettings
) -> bytes:
    """All replies to a post in RSS or Atom, newest first."""
    ordered = sorted(replies, key=lambda reply: (reply.date, reply.id), reverse=True)
    values = [_value(reply, entry, settings) for reply in ordered]
    updated = max((value.updated for value in values), default=for_feeds(entry.post.date))
    urls = facts.urls
    envelope = Envelope(
        url=urls.absolute(f"/{replies_stem(entry.post)}{form.ending}"),
        updated=updated,
        replies=bool(values),
    )
    answers = zip(values, ordered, strict=True)
    entries = [_answering(value, reply, entry, settings) for value, reply in answers]
    return render(form, _channel(entry, facts, settings), envelope, entries)


def _channel(entry: Entry, facts: Facts, settings: FeedSettings) -> FeedChannel:
    title, words = one_line(entry.post.title), wording_for(entry.post.lang)
    return FeedChannel(
        id=f"{identity(entry.post, settings).id}#{ANCHOR}",
        title=f"{words.say('Replies to “%(title)s”', title=title)} · {one_line(facts.name)}",
        description=words.say("What people reply to “%(title)s”.", title=title),
        lang=entry.post.lang,
        page=entry.policy.item_link,
        author=Author(one_line(facts.name), facts.urls.absolute("/")),
        hub=settings.hub,
    )


def _value(reply: Reply, entry: Entry, settings: FeedSettings) -> FeedEntry:
    page = entry.policy.item_link
    url = f"{page}#{quote_path(reply.id)}"
    name = _id(reply.id, settings)
    html = stand_alone(reply.html, page).html
    published = for_feeds(reply.date)
    words = wording_for(entry.post.lang)
    author = one_line(reply.author) or words.gettext("Anonymous")
    title = words.say("%(author)s on “%(title)s”", author=author, title=one_line(entry.post.title))
    return FeedEntry(
        id=name,
        guid=name,
        url=url,
        title=title,
        lang=entry.post.lang,
        published=published,
        updated=published,
        summary=one_line(summarise(html)),
        html=html or Markup("<p>{}</p>").format(title),
        full=True,
        authors=(Author(author, absolute_web(reply.url, url) or url),),
    )


def _answering(value: FeedEntry, reply: Reply, entry: Entry, settings: FeedSettings) -> SharedEntry:
    made = xml_entry(value, entry.post.lang)
    page = entry.policy.item_link
    if reply.parent is None:
        made.replies.in_reply_to(identity(entry.post, settings).id, page)
    else:
        made.replies.in_reply_to(_id(reply.parent, settings), f"{page}#{quote_path(reply.parent)}")
    return made


def _id(reply: str, settings: FeedSettings) -> str:
    return f"tag:{settings.authority},{settings.authority_date}:reply:{quote_path(reply)}"
