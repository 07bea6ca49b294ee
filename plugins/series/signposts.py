"""Where the markers in a post's text point: ``Part 3 >>`` becomes a link, or reads as planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from plugins.post import Post
from plugins.series.model import Number, Part, Signpost, State
from plugins.series.names import Names
from plugins.series.numbers import common_title, member, pointed_at


def published_part(post: Post, number: Number) -> Part:
    """The part that a post is."""
    state: State = "preview" if post.preview else "published"
    return Part(number, post.title, state, post, post.date)


def within(parts: Sequence[Part], post: Post) -> tuple[Signpost, ...]:
    """The signposts of a post whose series has ``parts``; one that leads back to it is left out."""
    by_number = {part.number: part for part in reversed(parts)}
    found = (
        Signpost(marker, by_number.get(marker.number, Part(marker.number, "", "planned")))
        for marker in post.markers
        if marker.direction != "this"
    )
    return tuple(
        signpost
        for signpost in found
        if signpost.part.post is None or signpost.part.post.source != post.source
    )


class Titled:
    """Finds parts by what titles say, for posts that are in no series.

    Posts that share the rest of their title ("Taste, part 1", "Taste, part 2") belong together. A
    title that is only a part's ("Part 3", "Part 3: Pillars") stands by itself. Where titles do not
    decide, two posts belong together whose markers point at each other and at no third one.
    """

    def __init__(self, posts: Iterable[Post], names: Names) -> None:
        self._names = names
        self._having: dict[tuple[str, Number], list[Post]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], set[Number]] = defaultdict(set)
        self._calling: dict[tuple[str, Number, Number], list[Post]] = defaultdict(list)
        for post in sorted(posts, key=lambda post: post.source):
            one = member(post)
            if one.sure:
                self._having[names.lang_of(post), one.number].append(post)
                self._numbers[self._group(post)].add(one.number)
            for number in dict.fromkeys(pointed_at(post)):
                self._calling[names.lang_of(post), one.number, number].append(post)

    def signposts(self, post: Post) -> tuple[Signpost, ...]:
        """The signposts of a post in no series: to the one post that each can mean, if any."""
        return tuple(
            Signpost(marker, self._target(post, marker.number))
            for marker in post.markers
            if marker.direction != "this"
        )

    def _target(self, post: Post, number: int) -> Part:
        own = member(post).number
        same = self._having.get((self._names.lang_of(post), number), ())
        posts = [other for other in same if other.source != post.source]
        if common_title(post):
            fitting = [other for other in posts if self._group(other) == self._group(post)]
        else:
            fitting = [other for other in posts if own not in self._numbers[self._group(other)]]
        if len(fitting) != 1:
            fitting = self._mutual(post, own, number)
        return published_part(fitting[0], number) if fitting else Part(number, "", "planned")

    def _mutual(self, post: Post, own: Number, number: int) -> list[Post]:
        """The one post that points back at the only post that points at it, if that is ``post``."""
        lang = self._names.lang_of(post)
        here = self._calling.get((lang, own, number), [])
        there = self._calling.get((lang, number, own), [])
        if here != [post] or len(there) != 1:
            return []
        titles = {title for one in (post, *there) if (title := common_title(one))}
        return there if len(titles) < 2 else []

    def _group(self, post: Post) -> tuple[str, str]:
        return self._names.lang_of(post), common_title(post) or post.source
