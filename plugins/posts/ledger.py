"""What one build has seen: the account that shows that no file was lost.

One ledger belongs to one build. It lives in the Pelican settings under a private key because that
is the one object that readers, generators and plugins share, and a new one is put there at the
start of every build, so nothing survives into the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from plugins.checks.judge import Judge, judge_from
from plugins.checks.rules import Level
from plugins.errors import Problem, SiteError
from plugins.post import GUESSED, Body, Post
from plugins.posts.history import FileDates

_KEY = "_PARLEY_LEDGER"


class HoldError(Exception):
    """Posts have faults that hold them back, and the build has to begin again without them.

    ``withheld`` are the faults by the source of the post.
    """

    def __init__(self, withheld: Mapping[str, frozenset[Problem]]) -> None:
        super().__init__(", ".join(sorted(withheld)))
        self.withheld = withheld


@dataclass(slots=True)
class Ledger:
    """The posts read and held back, and every problem and notice, of one build.

    ``read`` maps each source that became a post to that post, ``held`` each source kept from the
    public (draft, scheduled), ``used`` the sources that serve something else (a series, a bio),
    ``beside`` the files kept back with the draft they belong to, ``aside`` those that are no posts
    and are published by nothing, with what they are (:data:`plugins.posts.asides.Aside`; a folder
    that git ignores ends in a slash), ``wants`` the addresses that each held source names, and ``failed`` the sources with
    problems. ``flawed`` is what is known of posts with problems, and their bodies.
    Paths are relative to the content folder. ``kept`` says that whoever runs the build
    opened this account, reads it, and raises its problems.

    ``judge`` says what each fault does. ``faulty`` has the faults that hold a post back, by its
    source, ``withheld`` those that were found by an earlier attempt at this build, and
    ``accepted`` the faults of the baseline; ``unread`` are the files that cannot be read. ``spotless`` says that the site as a whole has no fault
    at all.
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
    judge: Judge = field(default_factory=Judge)
    withheld: Mapping[str, frozenset[Problem]] = field(default_factory=dict)
    faulty: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    accepted: set[Problem] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    spotless: bool = True

    def problem(self, *problems: Problem) -> None:
        """Record what stops the build, unless its level is another one."""
        for one in problems:
            self._enter(one, "error")

    def notice(self, *notices: Problem) -> None:
        """Record what a writer should know and the build can live with, unless its level is another."""
        for one in notices:
            self._enter(one, "notice")

    def _enter(self, problem: Problem, usual: Level, post: Post | None = None) -> None:
        post = post or self._post_of(problem.path)
        verdict = self.judge(problem, post, usual)
        holds = verdict in ("hold", "accepted hold")
        if holds and post is None and problem.path not in self.unread:
            verdict = "error"  # only a post can be held back
        match verdict:
            case "error":
                self.problems.append(problem)
                self.failed.add(problem.path)
            case "hold" | "accepted hold":
                self.faulty[problem.path].append(problem)
            case "notice":
                self.notices.append(problem)
        if verdict in ("accepted", "accepted hold"):
            self.accepted.add(problem)

    def _post_of(self, source: str) -> Post | None:
        flawed, _ = self.flawed.get(source, (None, None))
        return flawed or self.read.get(source) or self.held.get(source)

    def unreadable(self, source: str, problems: Iterable[Problem]) -> None:
        """Record what is wrong with a file of which nothing is known."""
        self.unread.add(source)
        self.problem(*problems)
        self.failed.add(source)

    def admit(self, post: Post, flaws: Sequence[Problem]) -> bool:
        """Whether a post that was read with ``flaws`` is published; else they are recorded.

        A post that a rule holds back is entered as ``held``.
        """
        source = post.source
        for one in (*flaws, *sorted(self.withheld.get(source, frozenset()).difference(flaws))):
            self._enter(one, "error", post)
        if source in self.failed or source in self.faulty:
            if source not in self.failed:
                self.hold(post)
            return False
        return True

    def hold(self, post: Post) -> None:
        """Keep a post from being published, as its faults ask for."""
        self.held[post.source] = post if post.preview else replace(post, status="held")

    def settle(self) -> None:
        """Raise what has been found so far: :class:`HoldError` for posts that are to be held back.

        Raises :class:`SiteError` with every problem where something stops the build.
        """
        fresh = {
            source: frozenset(faults)
            for source, faults in self.faulty.items()
            if source in self.read and source not in self.failed
        }
        if fresh:
            raise HoldError({**self.withheld, **fresh})
        if self.problems:
            raise SiteError([*self.problems, *self.held_back()], self.notices)

    def held_back(self) -> Sequence[Problem]:
        """The faults that hold posts back, but for those that are accepted."""
        found = chain.from_iterable(self.faulty.values())
        return sorted({one for one in found if one not in self.accepted})

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
                yield Problem(post.source, 1, "date", message, hint, "unknown-date")
        if self.inferred_dates() and history.notice:
            hint = "give the posts concerned a date"
            yield Problem(".", 1, "date", history.notice, hint, "unknown-date")

    def inferred_dates(self) -> Counter[str]:
        """How many posts took their date from each source other than front matter."""
        posts = [*self.read.values(), *self.held.values()]
        return Counter(
            str(post.date_source)
            for post in posts
            if post.kind == "post" and post.date_source != "front matter"
        )


def open_ledger(
    settings: MutableMapping[str, Any],
    *,
    kept: bool = False,
    withheld: Mapping[str, frozenset[Problem]] | None = None,
) -> Ledger:
    """Begin the account of a new build; ``withheld`` are posts that it must hold back.

    Raises :class:`SettingsError` for a baseline that cannot be read.
    """
    ledger = Ledger(kept=kept, judge=judge_from(settings), withheld=withheld or {})
    settings[_KEY] = ledger
    return ledger


def ledger_of(settings: MutableMapping[str, Any]) -> Ledger:
    """The account of the build that is going on; begins one where none is."""
    ledger = settings.get(_KEY)
    return ledger if isinstance(ledger, Ledger) else open_ledger(settings)
