"""Every way there is by its name, and ways to and from the plain form in ``targets.json``."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeVar

from thread.model import Site, Way
from thread.ways.contact import ContactForm, FormEndpoint, Mailto, NoContact
from thread.ways.github import Giscus, Utterances
from thread.ways.replies import BuiltIn, NoReplies, WebmentionIo
from thread.ways.servers import Disqus, Isso, Remark42
from thread.ways.way import ContactWay, ReplyWay

_REPLIES: tuple[type[ReplyWay], ...] = (
    *(BuiltIn, Isso, Remark42, Giscus, Utterances, Disqus, WebmentionIo, NoReplies),
)
_CONTACT: tuple[type[ContactWay], ...] = (ContactForm, FormEndpoint, Mailto, NoContact)
REPLY_WAYS = {kind.name: kind for kind in _REPLIES}
CONTACT_WAYS = {kind.name: kind for kind in _CONTACT}

AnyWay = TypeVar("AnyWay", ReplyWay, ContactWay)


def plain(replies: ReplyWay, contact: ContactWay) -> tuple[Way, ...]:
    """Both ways in their plain form, for :attr:`thread.model.Site.ways`."""
    return (
        Way("replies", replies.name, _options(replies)),
        Way("contact", contact.name, _options(contact)),
    )


def reply_way(site: Site) -> ReplyWay:
    """How posts of ``site`` are answered; not at all where nothing is said. Raises ValueError."""
    found = next((way for way in site.ways if way.use == "replies"), None)
    return _made(found, REPLY_WAYS) if found else NoReplies()


def contact_way(site: Site) -> ContactWay:
    """How to write to ``site``; not at all where nothing is said. Raises ValueError."""
    found = next((way for way in site.ways if way.use == "contact"), None)
    return _made(found, CONTACT_WAYS) if found else NoContact()


def _options(way: ReplyWay | ContactWay) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, getattr(way, field.name)) for field in fields(way))


def _made(way: Way, kinds: dict[str, type[AnyWay]]) -> AnyWay:
    kind = kinds.get(way.name)
    if kind is None:
        raise ValueError(f"{way.name!r} is none of {', '.join(kinds)}")
    try:
        made = kind(**dict(way.options))
    except TypeError as error:
        raise ValueError(f"the settings of {way.name} are incomplete: {error}") from error
    for field, fault in made.faults():
        raise ValueError(f"{way.name}: {field}: {fault}")
    return made
