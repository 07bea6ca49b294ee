"""Which posts are parts of which series, and what number each has.

A post says so itself (``series:``), or its markers do: a title such as "Attention, part 2", or a
``Part 3 >>`` in the text. A marker only counts where it can mean one series and no other, and
where the number it gives the post is free; everything else is left to the writer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from plugins.post import Post
from plugins.series.model import Number
from plugins.series.names import Names, SeriesKey
from plugins.series.numbers import Member, common_title, has_markers, member, pointed_at

Members = Mapping[SeriesKey, Sequence[Member]]


def assemble(posts: Iterable[Post], names: Names) -> tuple[Members, tuple[Post, ...]]:
    """The members of every series, and the posts with markers that belong to none."""
    ordered = sorted(posts, key=lambda post: post.source)
    claimed: dict[SeriesKey, list[Post]] = defaultdict(list)
    for post in ordered:
        if key := names.claim(post):
            claimed[key].append(post)
    board = _Board(names)
    for key, claimants in claimed.items():
        for one in _settled(claimants):
            board.add(key, one)
    marked = [member(post) for post in ordered if not post.series and has_markers(post)]
    return board.members, tuple(one.post for one in _join(marked, board))


def _settled(posts: Iterable[Post]) -> Iterator[Member]:
    """The members of one series; a number only guessed from the text gives way to one written."""
    found = [member(post) for post in posts]
    written = {one.number for one in found if one.sure}
    guesses = Counter(one.number for one in found if not one.sure)
    for one in found:
        sure = one.sure or (one.number not in written and guesses[one.number] == 1)
        yield one if sure else replace(one, number=None)


class _Board:
    """All members so far, indexed by what a marker may know about them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.members: dict[SeriesKey, list[Member]] = defaultdict(list)
        self._numbers: dict[SeriesKey, set[Number]] = defaultdict(set)
        self._holding: dict[tuple[str, Number], set[SeriesKey]] = defaultdict(set)
        self._naming: dict[tuple[str, Number], set[SeriesKey]] = defaultdict(set)
        self._titled: dict[tuple[str, str], set[SeriesKey]] = defaultdict(set)

    def add(self, key: SeriesKey, one: Member) -> None:
        self.members[key].append(one)
        self._numbers[key].add(one.number)
        self._holding[key.lang, one.number].add(key)
        if title := common_title(one.post):
            self._titled[key.lang, title].add(key)
        for number in pointed_at(one.post):
            self._naming[key.lang, number].add(key)

    def titled(self, one: Member) -> tuple[str, str]:
        """What the post's title shares with other parts, and its language."""
        return common_title(one.post), self._names.lang_of(one.post)

    def by_title(self, one: Member) -> set[SeriesKey]:
        """The series with the post's title for a name, or with parts that share its title."""
        title, lang = self.titled(one)
        if not title:
            return set()
        key = self._names.key(lang, title)
        named = {key} if key in self.members or self._names.file(lang, title) else set()
        return named | self._titled.get((lang, title), set())

    def by_neighbours(self, one: Member) -> set[SeriesKey]:
        """The series with room for the post that have most of the parts its markers point at."""
        lang = self._names.lang_of(one.post)
        support = Counter(
            key
            for number in pointed_at(one.post)
            for key in self._holding.get((lang, number), ())
            if self.has_room(key, one)
        )
        return {key for key, count in support.items() if count == max(support.values())}

    def by_call(self, one: Member) -> set[SeriesKey]:
        """The series in which a marker points at the number that the post has."""
        return self._naming.get((self._names.lang_of(one.post), one.number), set())

    def has_room(self, key: SeriesKey, one: Member) -> bool:
        """Whether the number of ``one`` is free in a series."""
        return one.number not in self._numbers[key]


def _join(marked: Sequence[Member], board: _Board) -> Iterable[Member]:
    """Add to ``board`` every post whose markers mean one series; returns those that are left.

    Each round looks at all posts before it adds any, so their order does not matter, and the
    strongest evidence is used up before weaker is asked.
    """
    titles = Counter(map(board.titled, marked))
    left = {one.post.source: one for one in marked}
    while accepted := _round(left.values(), titles, board):
        for source in sorted(accepted):
            board.add(accepted[source], left.pop(source))
    return left.values()


def _round(
    left: Iterable[Member], titles: Mapping[tuple[str, str], int], board: _Board
) -> dict[str, SeriesKey]:
    """The posts, by source, that the strongest evidence there is puts into one series each."""
    numbered = [one for one in left if one.number is not None]
    # A title shared with other posts of no series speaks for those, not for somebody's series.
    alone = [
        one
        for one in numbered
        if not board.by_title(one)
        and (not common_title(one.post) or titles[board.titled(one)] == 1)
    ]
    return (
        _agreed(numbered, board.by_title, board)
        or _agreed(alone, board.by_neighbours, board)
        or _agreed(alone, board.by_call, board)
    )


def _agreed(
    candidates: Iterable[Member], evidence: Callable[[Member], set[SeriesKey]], board: _Board
) -> dict[str, SeriesKey]:
    """The posts that mean one series only, and whose number in it no other post asks for."""
    proposals: dict[str, tuple[SeriesKey, Number]] = {}
    for one in candidates:
        keys = {key for key in evidence(one) if board.has_room(key, one)}
        if len(keys) == 1:
            proposals[one.post.source] = (keys.pop(), one.number)
    asked = Counter(proposals.values())
    return {source: place[0] for source, place in proposals.items() if asked[place] == 1}
