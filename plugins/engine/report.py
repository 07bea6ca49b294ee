"""What a build did, in one or two lines a writer reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.errors import Problem, printable
from plugins.post import Post
from plugins.posts.ledger import Ledger

# So many files are named in one line.
_NAMED = 10
_FROM = {"git": "git history"}


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of one build, its duration in seconds, and what writers should know.

    ``dates`` counts inferred dates by their source; ``elsewhere`` the pages whose canonical is
    another site's; ``changed`` the files that differ from the last build, ``made`` what was made to
    know that: pages, tasks of plugins and files to copy. ``why`` says why everything was made, and
    ``alone`` why one process did it, where more would have been faster. ``not_posts`` are the files that
    are no posts and are published by nothing, ``beside`` counts the files that only drafts use, ``undated`` the posts whose date is a guess.
    ``held`` are the posts that rules hold back, for the reasons in ``faults``; ``accepted`` counts
    the faults of the baseline.
    """

    published: int
    drafts: int
    scheduled: int
    hidden: int
    pages: int
    dates: tuple[tuple[str, int], ...]
    elsewhere: int
    changed: int
    seconds: float
    preview: bool
    notices: tuple[Problem, ...]
    made: int | None = None
    why: str = ""
    alone: str = ""
    not_posts: tuple[str, ...] = ()
    beside: int = 0
    undated: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()
    accepted: int = 0

    @property
    def misses_places(self) -> bool:
        """Whether a link may lead to a place that its page does not have, and the build lives with it."""
        told = {one.rule for one in (*self.notices, *self.faults)}
        return "dead-fragment" in told or bool(self.accepted or self.held)

    def __str__(self) -> str:
        lines = (
            self._counts(),
            self._held(),
            self._accepted(),
            self._not_posts(),
            self._beside(),
            self._dates(),
            self._undated(),
            self._elsewhere(),
            self._why(),
            self._alone(),
        )
        return "\n".join(line for line in lines if line)

    def _counts(self) -> str:
        counts = [f"{self.published} published"]
        counts += [_count(self.drafts, "draft")] if self.drafts else []
        counts += [f"{self.scheduled} scheduled"] if self.scheduled else []
        counts += [f"{self.hidden} hidden"] if self.hidden else []
        counts += [f"{len(self.held)} held back"] if self.held else []
        counts += [_count(self.pages, "page")] if self.pages else []
        shown = " (drafts and scheduled posts shown: preview)" if self.preview else ""
        files = _count(self.changed, "file")
        made = f", {self.made:,} made" if self.made is not None else ""
        return f"{', '.join(counts)}{shown}; {files} changed{made} in {self.seconds:.2f} s"

    def _held(self) -> str:
        if not self.held:
            return ""
        verb = "is" if len(self.held) == 1 else "are"
        posts = _count(len(self.held), "post")
        return f"{posts} {verb} held back by errors, the rest is published: {_listed(self.held)}"

    def _accepted(self) -> str:
        return f"{_count(self.accepted, 'accepted fault')} (baseline)" if self.accepted else ""

    def _not_posts(self) -> str:
        if not self.not_posts:
            return ""
        return f"Not posts: {_count(len(self.not_posts), 'file')} ({_listed(self.not_posts)})"

    def _why(self) -> str:
        return f"Everything was built, through Pelican: {self.why}" if self.why else ""

    def _alone(self) -> str:
        return f"One process built most of it by itself: {self.alone}" if self.alone else ""

    def _beside(self) -> str:
        verb = "is" if self.beside == 1 else "are"
        files = _count(self.beside, "file")
        return f"{files} of drafts {verb} not published" if self.beside else ""

    def _dates(self) -> str:
        total = sum(count for _, count in self.dates)
        sources = ", ".join(
            f"{count} from {_FROM.get(source, source)}" for source, count in self.dates
        )
        return f"{_count(total, 'date')} inferred: {sources}" if total else ""

    def _undated(self) -> str:
        if not self.undated:
            return ""
        return f"No date is known for sure of {_listed(self.undated)}: write date: into them"

    def _elsewhere(self) -> str:
        if not self.elsewhere:
            return ""
        verb, them = ("is", "it") if self.elsewhere == 1 else ("are", "them")
        pages = _count(self.elsewhere, "page")
        return f"{pages} {verb} canonical elsewhere, so the sitemap leaves {them} out"


def make_report(
    ledger: Ledger,
    *,
    elsewhere: int,
    changed: int,
    seconds: float,
    preview: bool,
    made: int | None = None,
    why: str = "",
    alone: str = "",
) -> Report:
    """The report of the build that ``ledger`` is the account of."""
    everything = [*ledger.read.values(), *ledger.held.values()]
    statuses = _statuses(everything)
    return Report(
        published=statuses["published"],
        drafts=statuses["draft"],
        scheduled=statuses["scheduled"],
        hidden=statuses["hidden"],
        pages=sum(post.kind == "page" and post.listed for post in ledger.read.values()),
        dates=tuple(sorted(ledger.inferred_dates().items())),
        elsewhere=elsewhere,
        changed=changed,
        seconds=seconds,
        preview=preview,
        notices=tuple(sorted(set(ledger.notices))),
        made=made,
        why=why,
        alone=alone,
        not_posts=tuple(sorted(ledger.aside)),
        beside=len(ledger.beside),
        held=tuple(
            sorted(
                {
                    *(source for source, post in ledger.held.items() if post.status == "held"),
                    *ledger.unread,
                }
            )
        ),
        faults=tuple(ledger.held_back()),
        accepted=len(ledger.accepted),
        undated=tuple(sorted(post.source for post in ledger.guessed())),
    )


def _statuses(posts: Iterable[Post]) -> Counter[str]:
    """Posts by status; a held or hidden page counts with the posts of that status."""
    return Counter(
        str(post.status) for post in posts if post.kind == "post" or post.status != "published"
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(map(printable, names[:_NAMED])) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
