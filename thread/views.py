"""What the block of replies shows: everything its template may read, and nothing else.

Views are frozen and hold text, numbers and other views only, so equal views mean equal blocks.
URLs that readers follow are root-relative or absolute; ``html`` is finished HTML, all other text is
plain and is escaped by the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class MomentView:
    """A day for people (``text``) and the moment for ``<time datetime>`` (``iso``)."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who answered: the name, and their page, empty where there is none."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as shown, with the answers nested below it.

    ``anchor`` is its id on the page, ``url`` the link to it. ``source`` is the page of another site
    that it was found on, with ``site`` for its name; both are empty for one written here. ``to`` is
    whom it answers where that is not seen from its place, ``to_url`` the link there. ``answer``
    is the page on which it can be answered, empty where it cannot. An ``erased`` one has no text
    and no author.
    """

    anchor: str
    url: str
    author: PersonView
    date: MomentView
    html: Markup
    by_author: bool
    mention: bool
    source: str
    site: str
    edited: MomentView | None
    note: str
    erased: bool
    to: str
    to_url: str
    answer: str
    answers: tuple[ReplyView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReactionView:
    """Somebody on another site who liked the post or passed it on, and where they did."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A form of the dialogue service: where it is sent, and the post it is about, if any."""

    action: str
    target: str


@dataclass(frozen=True, slots=True)
class EmbedView:
    """Replies kept by somebody else, which are loaded when a reader asks for them.

    ``name`` names the adapter and ``label`` whom the replies are kept by. ``script`` is loaded with
    ``attributes`` on its element, once a place with the id ``place`` is there and ``config`` is
    set as the service wants it. ``page`` is where the replies can be read without scripts, and
    ``privacy`` what the service says about privacy; each is empty where there is no such page.
    """

    name: str
    label: str
    script: str
    place: str
    attributes: tuple[tuple[str, str], ...]
    config: tuple[tuple[str, str], ...]
    page: str
    privacy: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """How to write to the site in private: with a form of ours, another's, or by mail.

    ``action`` is where a form is sent and ``address`` a ``mailto:`` link; one of them is empty.
    ``target`` is the post it is about, if any. ``service`` is the host that a foreign form goes to,
    ``privacy`` its own page about that.
    """

    action: str
    address: str
    target: str
    service: str
    privacy: str


@dataclass(frozen=True, slots=True)
class RepliesView:
    """The block of replies below a post.

    ``lang`` is the language of its words, the post's. ``count`` counts replies and mentions. ``state`` says
    whether the post takes replies, and ``closes`` until when. ``form`` is there for replies to our
    own service, ``embed`` for those kept elsewhere, ``contact`` for writing in private. ``feed``
    is the URL of the feed of replies, empty before the first.
    """

    lang: str
    count: int
    replies: tuple[ReplyView, ...]
    likes: tuple[ReactionView, ...]
    reposts: tuple[ReactionView, ...]
    state: Literal["open", "closed"]
    closes: MomentView | None
    form: FormView | None
    embed: EmbedView | None
    contact: ContactView | None
    feed: str
