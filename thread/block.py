"""The block of replies in a page: everything on it that depends on replies, between two markers.

The build puts it into the page, the service puts a newer one in its place. Both make it here, from
the same values and the same templates, so both make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from thread.model import SPOKEN, Kind, Reply, Site, Target, Thread
from thread.reading import is_web_address
from thread.safe import safe
from thread.templates import Templates
from thread.text import one_line
from thread.tree import Node, arrange
from thread.views import FormView, MomentView, PersonView, ReactionView, RepliesView, ReplyView
from thread.ways.registry import contact_way, reply_way
from wording import Wording, wording_for

BEGIN, END = "<!--replies-->", "<!--/replies-->"
# The heading of the block, and the note that is shown to whoever just sent a reply.
ANCHOR, RECEIVED = "replies", "reply-received"


def block(templates: Templates, view: RepliesView) -> Markup:
    """The block with its markers; raises :class:`jinja2.TemplateError`."""
    return Markup(f"{BEGIN}\n{templates.replies(view)}\n{END}")  # noqa: S704 - the template escapes


def replies_view(site: Site, target: Target, thread: Thread) -> RepliesView:
    """What the block below the post ``target`` shows; raises ValueError for ways that are unknown."""
    return _Viewer(site, target).view(thread)


class _Viewer:
    """Makes the views of one post's replies."""

    def __init__(self, site: Site, target: Target) -> None:
        self._site = site
        self._target = target
        self._words: Wording = wording_for(target.lang)
        self._zone = ZoneInfo(site.zone)
        self._way = reply_way(site)
        self._form = FormView(f"{site.service}replies", target.id) if self._takes() else None

    def view(self, thread: Thread) -> RepliesView:
        """The whole block."""
        nodes = arrange(thread.replies, self._site.depth)
        way, target = self._way, self._target
        return RepliesView(
            lang=target.lang,
            count=sum(reply.kind in SPOKEN and not reply.erased for reply in thread.replies),
            replies=tuple(self._node(node, nested_in=None) for node in nodes),
            likes=self._reactions(thread.replies, "like"),
            reposts=self._reactions(thread.replies, "repost"),
            state="open" if target.open and way.name != "none" else "closed",
            closes=self._moment(target.closes) if target.closes and target.open else None,
            form=self._form,
            embed=way.embed(target, self._site) if target.open else None,
            contact=contact_way(self._site).contact(target.id, self._site),
            feed=f"{self._site.base}/{target.feeds[0]}" if target.feeds and thread.version else "",
        )

    def _takes(self) -> bool:
        return self._target.open and self._way.own

    def _node(self, node: Node, nested_in: Reply | None) -> ReplyView:
        """A reply with its answers; it says whom it answers where its place does not."""
        reply, parent = node.reply, node.parent
        aside = parent if parent is not nested_in else None
        answers = tuple(self._node(answer, nested_in=reply) for answer in node.answers)
        return ReplyView(
            anchor=reply.anchor,
            url=f"#{reply.anchor}",
            author=PersonView(self._name(reply), _web(reply.url)),
            date=self._moment(reply.date),
            html=Markup("") if reply.erased else safe(reply.html),
            by_author=reply.by_author and not reply.erased,
            mention=reply.kind == "mention",
            source="" if reply.erased else _web(reply.source),
            site="" if reply.erased else _host(reply.source),
            edited=self._moment(reply.edited) if reply.edited and not reply.erased else None,
            note="" if reply.erased else one_line(reply.note),
            erased=reply.erased,
            to=self._name(aside) if aside else "",
            to_url=f"#{aside.anchor}" if aside else "",
            answer=self._answer(reply),
            answers=answers,
        )

    def _answer(self, reply: Reply) -> str:
        """The page to answer on; the id of a reply is safe in a URL as it is."""
        if self._form is None or reply.erased:
            return ""
        target = quote(self._target.id, safe="")
        return f"{self._site.service}replies/new?target={target}&parent={reply.id}"

    def _reactions(self, replies: Iterable[Reply], kind: Kind) -> tuple[ReactionView, ...]:
        found = sorted(
            (reply for reply in replies if reply.kind == kind and not reply.erased),
            key=lambda reply: (reply.date, reply.id),
        )
        return tuple(
            ReactionView(self._name(reply), _web(reply.url) or _web(reply.source))
            for reply in found
        )

    def _name(self, reply: Reply) -> str:
        if reply.erased:
            return ""
        return one_line(reply.author) or _host(reply.source) or self._words.gettext("Anonymous")

    def _moment(self, moment: datetime) -> MomentView:
        local = moment.astimezone(self._zone)
        return MomentView(local.isoformat(timespec="seconds"), self._words.date(local))


def _web(address: str) -> str:
    """``address`` if a link may lead there."""
    return address if is_web_address(address) else ""


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.") if _web(address) else ""
