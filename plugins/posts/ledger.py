"""What one build has seen: the account that shows that no file was lost.

One ledger belongs to one build. It lives in the Pelican settings under a private key because that
is the one object that readers, generators and plugins share, and a new one is put there at the
start of every build, so nothing survives into the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from plugins.errors import Problem
from plugins.post import GUESSED, Body, Post
from plugins.posts.history import FileDates

_KEY = "_PARLEY_LEDGER"


@dataclass(slots=True)
class Ledger:
    """The posts read and held back, and every problem and notice, of one build.

    ``read`` maps each source that became a post to that post, ``held`` each source kept from the
    public (draft, scheduled), ``used`` the sources that serve something else (a series, a bio),
    ``beside`` the files kept back with the draft they belong to, ``aside`` those that are no posts
    and are published by nothing, with what they are (:data:`plugins.posts.asides.Aside`; a folder
    that git ignores ends in a slash), ``wants`` the addresses that each held source names, and ``failed`` the sources with
    problems. ``flawed`` is what is known of posts with problems, and their bodies. Paths are relative to the content folder. ``kept`` says that whoever runs the build
    opened this account, reads it, and raises its problems.
    """

    read: dict[str, Post] = field(default_factory=dict)
    held: dict[str, Post] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    aside: dict[str, str] = field(default_factory=dict)
    wants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    flawed: dict[str, tuple[Post, Body | None]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    kept: bool = False

    def problem(self, *problems: Problem) -> None:
        """Record what must stop the build."""
        self.problems.extend(problems)
        self.failed.update(problem.path for problem in problems)

    def notice(self, *notices: Problem) -> None:
        """Record what a writer should know and the build can live with."""
        self.notices.extend(notices)

    def guessed(self) -> list[Post]:
        """The posts whose date is known only of this copy of the files."""
        posts = [*self.read.values(), *self.held.values()]
        return [post for post in posts if post.kind == "post" and post.date_source in GUESSED]

    def doubts(self, history: FileDates) -> Iterator[Problem]:
        """A notice for each post whose date is where a shallow clone begins, and what git refused."""
        for post in self.guessed():
            if post.date_source == "shallow clone":
                day = f"{post.date:%Y-%m-%d}"
                message = (
                    f"{day} is where this shallow clone of the repository begins, not its date"
                )
                hint = "write date: into it, or fetch all of the history (git fetch --unshallow)"
                yield Problem(post.source, 1, "date", message, hint)
        if self.inferred_dates() and history.notice:
            yield Problem(".", 1, "date", history.notice, "give the posts concerned a date")

    def inferred_dates(self) -> Counter[str]:
        """How many posts took their date from each source other than front matter."""
        posts = [*self.read.values(), *self.held.values()]
        return Counter(
            str(post.date_source)
            for post in posts
            if post.kind == "post" and post.date_source != "front matter"
        )


def open_ledger(settings: MutableMapping[str, Any], *, kept: bool = False) -> Ledger:
    """Begin the account of a new build."""
    ledger = Ledger(kept=kept)
    settings[_KEY] = ledger
    return ledger


def ledger_of(settings: MutableMapping[str, Any]) -> Ledger:
    """The account of the build that is going on; begins one where none is."""
    ledger = settings.get(_KEY)
    return ledger if isinstance(ledger, Ledger) else open_ledger(settings)
