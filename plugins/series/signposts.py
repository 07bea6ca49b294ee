"""Where the markers in a post's text point: ``Part 3 >>`` becomes a link, or reads as planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from plugins.post import Post
from plugins.series.model import Number, Part, Signpost, State
from plugins.series.names import Names
from plugins.series.numbers import common_title, member


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
    title that is only a part's ("Part 3", "Part 3: Pillars") stands by itself.
    """

    def __init__(self, posts: Iterable[Post], names: Names) -> None:
        self._names = names
        self._having: dict[tuple[str, Number], list[Post]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], set[Number]] = defaultdict(set)
        for post in sorted(posts, key=lambda post: post.source):
            one = member(post)
            if one.sure:
                self._having[names.lang_of(post), one.number].append(post)
                self._numbers[self._group(post)].add(one.number)

    def signposts(self, post: Post) -> tuple[Signpost, ...]:
        """The signposts of a post in no series: to the one post that each can mean, if any."""
        return tuple(
            Signpost(marker, self._target(post, marker.number))
            for marker in post.markers
            if marker.direction != "this"
        )

    def _target(self, post: Post, number: int) -> Part:
        same = self._having.get((self._names.lang_of(post), number), ())
        posts = [other for other in same if other.source != post.source]
        if common_title(post):
            fitting = [other for other in posts if self._group(other) == self._group(post)]
        else:
            own = member(post).number
            fitting = [other for other in posts if own not in self._numbers[self._group(other)]]
        if len(fitting) == 1:
            return published_part(fitting[0], number)
        return Part(number, "", "planned")

    def _group(self, post: Post) -> tuple[str, str]:
        return self._names.lang_of(post), common_title(post) or post.source
