"""What is known about the replies to each post: the post as a target, and its thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from plugins.canonical.policy import Policy
from plugins.errors import Problem, SiteError
from plugins.feeds.identity import identity
from plugins.feeds.settings import FeedSettings
from plugins.post import Post
from plugins.replies.settings import RepliesSettings
from thread import files
from thread.errors import FileError
from thread.feed import feed_paths
from thread.model import Site, Target, Thread
from thread.ways.registry import contact_way, plain, reply_way
from thread.ways.way import Csp

# Beside the ledger in Pelican's settings, which one build shares with its plugins.
_KEY = "_PARLEY_ANSWERS"


@dataclass(frozen=True, slots=True)
class Answers:
    """The replies of one build; ``site`` is absent where a site has none.

    ``threads`` are those in the folder of approved replies when the build began.
    """

    site: Site | None = None
    settings: RepliesSettings | None = None
    feeds: FeedSettings | None = None
    now: datetime | None = None
    threads: Mapping[str, Thread] = field(default_factory=dict)

    def of(self, post: Post, policy: Policy) -> tuple[Target | None, Thread | None]:
        """A post as replies know it, and its thread; nothing for one that takes and shows none.

        A post that is not listed has none either: the list of targets is public.
        """
        if self.settings is None or post.kind != "post" or not post.listed or post.preview:
            return None, None
        if post.replies == "none":
            return None, None
        name = target_id(post)
        return self._target(name, post, policy), self.threads.get(name, Thread(name, 0, ()))

    def _target(self, name: str, post: Post, policy: Policy) -> Target:
        closes = _closes(post, self.settings.close_after if self.settings else 0)
        return Target(
            id=name,
            url=policy.own_url,
            path=post.url,
            title=post.title,
            lang=post.lang,
            file=post.save_as,
            feeds=feed_paths(name) if self.feeds else (),
            open=post.replies == "open" and not self._is_past(closes),
            authors=tuple(person.name for person in post.authors),
            closes=closes,
            entry=identity(post, self.feeds).id if self.feeds else "",
            aliases=post.aliases[1:],
        )

    def _is_past(self, closes: datetime | None) -> bool:
        return closes is not None and self.now is not None and closes <= self.now

    def strangers(self, posts: Iterable[Post]) -> Iterator[Problem]:
        """Yield a notice for each thread of a post that is not there, or not under that name."""
        known = {target_id(post) for post in posts} if self.threads else set()
        for name in sorted(set(self.threads) - known):
            message = f"these replies are to {name!r}, where no post is"
            hint = "if the post has moved, give it the old path as an alias; else remove the file"
            yield Problem(files.file_name(name), 1, "target", message, hint, "reply-without-post")


def open_answers(settings: MutableMapping[str, Any], now: datetime) -> Answers:
    """Read the replies for a build with Pelican's ``settings``; raises :class:`SiteError`."""
    found: RepliesSettings | None = settings.get("REPLIES")
    answers = Answers()
    if found is not None:
        feeds: FeedSettings | None = settings.get("FEEDS")
        site = _site(settings, found, feeds)
        answers = Answers(site, found, feeds, now, read_threads(found.folder))
    settings[_KEY] = answers
    return answers


def answers_of(settings: Mapping[str, Any]) -> Answers:
    """What the build with these settings read; nothing where it has not read any."""
    found = settings.get(_KEY)
    return found if isinstance(found, Answers) else Answers()


def read_threads(folder: Path) -> Mapping[str, Thread]:
    """Every thread in ``folder`` by the id of its post; raises :class:`SiteError`."""
    try:
        return files.read_all(folder)
    except FileError as error:
        problem = Problem(Path(error.path).name, 1, error.field, error.message, error.hint)
        raise SiteError([problem]) from error
    except OSError as error:
        message = f"the replies cannot be read: {error.strerror}"
        hint = "let whoever builds the site read this folder"
        raise SiteError([Problem(str(folder), 1, "replies", message, hint)]) from error


def asked_by_ways(site: Site | None) -> Csp:
    """What a Content-Security-Policy must allow for the ways to answer and to write."""
    return (*reply_way(site).csp(), *contact_way(site).csp()) if site else ()


def target_id(post: Post) -> str:
    """The id of a post as a target: its oldest path, so that replies stay with it when it moves."""
    return (post.aliases or (post.url,))[0].strip("/")


def _site(settings: Mapping[str, Any], found: RepliesSettings, feeds: FeedSettings | None) -> Site:
    return Site(
        name=settings["SITENAME"],
        url=settings["SITEURL"].rstrip("/"),
        lang=settings["DEFAULT_LANG"],
        zone=settings["TIMEZONE"],
        tag=f"tag:{feeds.authority},{feeds.authority_date}" if feeds else "",
        hub=(feeds.hub or "") if feeds else "",
        service=found.service,
        depth=found.depth,
        ways=plain(found.way, found.contact),
    )


def _closes(post: Post, days: int) -> datetime | None:
    return post.date + timedelta(days=days) if days and post.replies == "open" else None
