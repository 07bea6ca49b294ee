"""The letter that brings a message to whom it is for: people the settings name, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogue.contact.store import Message
from dialogue.mail.letter import Letter, excerpt, shown
from dialogue.notices.links import Links
from dialogue.settings import Settings
from thread.model import Site, Target
from wording import wording_for


def recipients(settings: Settings, post: Target | None) -> tuple[str, ...]:
    """Whom a message goes to: the authors of ``post``, else the site's contact, else moderators."""
    wrote = {name.casefold() for name in post.authors} if post else set()
    authors = tuple(mail for name, mail in settings.authors if name.casefold() in wrote)
    return authors or settings.contact or settings.moderators


def brought(to: str, message: Message, post: Target | None, site: Site, links: Links) -> Letter:
    """The message for ``to``; an answer to the letter goes to whoever wrote the message."""
    w = wording_for(site.lang)
    name = shown(message.name)
    facts = {"name": name, "site": site.name, "title": shown(post.title) if post else ""}
    subject = w.gettext("Message from %(name)s, to %(site)s") % facts
    if post:
        subject = w.gettext("Message from %(name)s about “%(title)s”") % facts
    parts = [
        f"{w.gettext('From')}: {name} <{message.email}>",
        *([f"{w.gettext('The post')}: {post.url}"] if post else []),
        message.text,
        "-- ",
        w.gettext("This address was typed into a form, nobody has checked it."),
    ]
    text = "\n\n".join(parts) + "\n"
    return Letter(f"message/{message.id}/{links.mark(to)}", to, subject, text, message.email)


def digest(
    to: str,
    found: Sequence[Message],
    posts: Mapping[str, Target],
    site: Site,
    links: Links,
    now: datetime,
) -> Letter:
    """Several messages for ``to`` in one letter: who wrote each, and how it begins."""
    w = wording_for(site.lang)
    facts = {"count": w.number(len(found)), "site": shown(site.name)}
    said = w.ngettext(
        "%(count)s message came in after the hourly limit for single mails was reached.",
        "%(count)s messages came in after the hourly limit for single mails was reached.",
        len(found),
    )
    parts = [
        said % facts,
        *(_entry(message, posts.get(message.target)) for message in found),
        f"{w.gettext('All of them')}: {site.url}/dialogue/moderate/messages",
        w.gettext("These addresses were typed into a form, nobody has checked them."),
    ]
    subject = w.ngettext(
        "%(count)s message to %(site)s", "%(count)s messages to %(site)s", len(found)
    )
    key = f"message-digest/{now:%Y-%m-%dT%H:%M:%S.%f}/{links.mark(to)}"
    return Letter(key, to, subject % facts, "\n\n".join(parts) + "\n")


def _entry(message: Message, post: Target | None) -> str:
    """One message in a digest."""
    about = [f"{shown(post.title)}: {post.url}"] if post else []
    sender = f"{shown(message.name)} <{message.email}>"
    return "\n".join([sender, *about, excerpt(message.text)])
