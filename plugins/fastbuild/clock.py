"""The moment of a build, which remembers what it was compared with.

What a post is may depend on the time of the build: a scheduled post becomes public, another one
expires. A value made with such a moment stays right for as long as every comparison would turn
out the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """The moments from ``since`` up to, but not including, ``until``."""

    since: datetime = _ALWAYS
    until: datetime = _FOREVER

    def __contains__(self, moment: datetime) -> bool:
        return self.since <= moment < self.until

    def within(self, other: Span) -> Span:
        """The moments that are in both."""
        return Span(max(self.since, other.since), min(self.until, other.until))


class Moment(datetime):
    """A moment whose ``span`` is that of all moments it cannot be told from by its comparisons."""

    span: Span

    @classmethod
    def of(cls, moment: datetime) -> Moment:
        """The same moment, compared with nothing yet."""
        plain = moment.astimezone(UTC)
        made = cls.combine(plain.date(), plain.time(), UTC)
        made.span = Span()
        return made

    def plain(self) -> datetime:
        """The moment as an ordinary one."""
        return datetime.combine(self.date(), self.time(), UTC)

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment as an ordinary one, elsewhere: what a post is dated by is no moment of ours."""
        return self.plain().astimezone(tz)

    # The standard library says that a date may be compared too; that raises TypeError there.
    def __lt__(self, other: datetime) -> bool:  # type: ignore[override]
        self._note(other)
        return self.plain() < other

    def __le__(self, other: datetime) -> bool:  # type: ignore[override]
        self._note(other)
        return self.plain() <= other

    def __gt__(self, other: datetime) -> bool:  # type: ignore[override]
        self._note(other)
        return self.plain() > other

    def __ge__(self, other: datetime) -> bool:  # type: ignore[override]
        self._note(other)
        return self.plain() >= other

    __hash__ = datetime.__hash__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, datetime):
            self._note(other)
        return self.plain() == other

    def _note(self, other: datetime) -> None:
        now = self.plain()
        if other > now:
            seen = Span(until=other)
        elif other < now:
            seen = Span(since=other + timedelta.resolution)
        else:
            seen = Span(now, now + timedelta.resolution)
        self.span = self.span.within(seen)
