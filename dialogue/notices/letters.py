"""The letters: what each says, in the language of the post.

To moderators, who are the operator's own, a letter shows what was written. To everybody else it
shows nothing that a visitor wrote, not even a name: nobody can send words of theirs through us.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogue import ids
from dialogue.mail.letter import Letter, body, excerpt, shown
from dialogue.notices.links import Links
from dialogue.replies.model import Stored
from thread.model import Site, Target
from wording import Wording, wording_for

_LONGEST = 5000


def held(to: str, reply: Stored, post: Target, site: Site, links: Links) -> Letter:
    """To a moderator: ``reply`` waits, with what it says and a link for each decision."""
    w = wording_for(site.lang)
    facts = {"name": shown(reply.author), "title": shown(post.title), "site": site.name}
    said = w.gettext("%(name)s wrote a reply to “%(title)s”. It waits for you.") % facts
    choices = [
        f"{w.gettext('Approve')}: {links.decide(reply.id, 'approved')}",
        f"{w.gettext('Reject')}: {links.decide(reply.id, 'rejected')}",
        f"{w.gettext('Spam')}: {links.decide(reply.id, 'spam')}",
    ]
    parts = [
        said,
        _quoted(reply.text),
        *([_reasons(reply, w)] if reply.reasons else []),
        f"{w.gettext('The post')}: {post.url}",
        "\n".join(choices),
        w.gettext("Each link shows the reply first and decides only when you press its button."),
    ]
    subject = w.gettext("Reply to “%(title)s” by %(name)s") % facts
    return _letter(f"held/{reply.id}/{links.mark(to)}", to, subject, parts)


def held_digest(
    to: str,
    found: Sequence[Stored],
    count: int,
    posts: Mapping[str, Target],
    site: Site,
    links: Links,
    now: datetime,
) -> Letter:
    """To a moderator: ``count`` more replies wait than single letters are sent for.

    ``found`` are the first of them, of which the letter shows how each begins.
    """
    w = wording_for(site.lang)
    facts = {"count": w.number(count), "site": shown(site.name)}
    said = w.ngettext(
        "%(count)s reply waits for moderation. The hourly limit for single mails was reached.",
        "%(count)s replies wait for moderation. The hourly limit for single mails was reached.",
        count,
    )
    parts = [
        said % facts,
        *(_entry(reply, posts.get(reply.target)) for reply in found),
        f"{w.gettext('All of them')}: {site.url}/dialogue/moderate/",
    ]
    subject = w.ngettext(
        "%(count)s reply waits on %(site)s", "%(count)s replies wait on %(site)s", count
    )
    key = f"held-digest/{now:%Y-%m-%dT%H:%M:%S.%f}/{links.mark(to)}"
    return _letter(key, to, subject % facts, parts)


def device(to: str, site: Site, links: Links) -> Letter:
    """To a moderator: a link that makes the device it is opened on known."""
    w = wording_for(site.lang)
    facts = {"site": shown(site.name)}
    parts = [
        w.gettext("Somebody, hopefully you, wants to sign in on a new device to moderate %(site)s.")
        % facts,
        links.device(),
        w.gettext("Open this link on that device, then sign in. It works once, within two days."),
        w.gettext("If that was not you, do nothing: nobody gets in without the password."),
    ]
    subject = w.gettext("New device for moderating %(site)s") % facts
    return _letter(f"device/{ids.new()}", to, subject, parts)


def confirm(reply: Stored, post: Target, site: Site, links: Links, *, publishes: bool) -> Letter:
    """To an address that came with ``reply``: is it yours? ``publishes``: a yes also publishes."""
    w = wording_for(post.lang)
    facts = {"title": shown(post.title), "site": shown(site.name)}
    parts = [
        w.gettext(
            "Somebody, hopefully you, wrote a reply to “%(title)s” on %(site)s and gave this "
            "address."
        )
        % facts,
        _promise(w, publishes),
        links.confirm(reply),
        w.gettext("If that was not you, do nothing: you will hear no more of it."),
        f"{w.gettext('No mail from this site at all')}: {links.unsubscribe(reply)}",
    ]
    subject = w.gettext("Is this your address? A reply on %(site)s") % facts
    to = reply.email or ""
    return _letter(f"confirm/{reply.id}", to, subject, parts, links.unsubscribe(reply))


def answered(
    parent: Stored, answer: Stored, post: Target, site: Site, links: Links, *, last: bool = False
) -> Letter:
    """To the confirmed writer of ``parent``: ``answer`` is there; ``last`` if no more follow today."""
    w = wording_for(post.lang)
    facts = {"title": shown(post.title), "site": shown(site.name)}
    parts = [
        w.gettext("Your reply to “%(title)s” on %(site)s was answered.") % facts,
        f"{w.gettext('Read the answer')}: {post.url}#reply-{answer.id}",
        *(
            [
                w.gettext(
                    "This is the last mail about answers today; you can read all of them at the post."
                )
            ]
            if last
            else []
        ),
        f"{w.gettext('No more of this')}: {links.unsubscribe(parent)}",
    ]
    subject = w.gettext("Your reply to “%(title)s” was answered") % facts
    key = f"answer/{answer.id}"
    return _letter(key, parent.email or "", subject, parts, links.unsubscribe(parent))


def _entry(reply: Stored, post: Target | None) -> str:
    """One reply in a digest: by whom, to which post, and how it begins."""
    about = shown(post.title) if post else shown(reply.target)
    return f"{shown(reply.author)}: {about}\n{excerpt(reply.text)}"


def _promise(w: Wording, publishes: bool) -> str:
    if publishes:
        return w.gettext(
            "Confirm it, and the reply is published. You are told when it is answered."
        )
    return w.gettext("Confirm it, and you are told when the reply is answered.")


def _reasons(reply: Stored, w: Wording) -> str:
    return f"{w.gettext('Why it waits')}: {', '.join(map(shown, reply.reasons))}"


def _quoted(text: str) -> str:
    """What a visitor wrote, marked as such in each line and cut where it gets long."""
    kept = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return "\n".join(f"> {line}".rstrip() for line in body(kept).split("\n"))


def _letter(key: str, to: str, subject: str, parts: list[str], unsubscribe: str = "") -> Letter:
    return Letter(key, to, subject, "\n\n".join(parts) + "\n", unsubscribe=unsubscribe)
