"""The number a post gives itself: in its front matter, in its title, or by what its text points at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

from plugins.markup.markers import title_marker
from plugins.post import Marker, Post
from plugins.posts.claims import GREATEST
from plugins.series.model import Number
from plugins.series.names import fold


@dataclass(frozen=True, slots=True)
class Member:
    """A post as a part: its number, where that is written (``told``), and on which line."""

    post: Post
    number: Number
    told: Literal["part", "title", "body"]
    line: int

    @property
    def sure(self) -> bool:
        """Whether the number is written as the post's own, not guessed from another's."""
        return self.told != "body"


def is_number(number: Number) -> TypeGuard[int | float]:
    """Whether ``number`` can number a part; not so below zero, infinite, or beyond any series."""
    return number is not None and 0 <= number <= GREATEST


def line_of_part(post: Post) -> int:
    """Where the post's part is written: at ``part``, or at ``series`` in the mapping form."""
    return post.line_of("part" if "part" in post.lines else "series")


def member(post: Post) -> Member:
    """The post with its number.

    Front matter counts most, then the title. A text that points at part 3 as the next one is
    part 2, one that points back at part 1 as well.
    """
    if post.series and is_number(post.series.part):
        return Member(post, post.series.part, "part", line_of_part(post))
    for marker in post.markers:
        if marker.direction == "this":
            return Member(post, marker.number, "part", marker.line)
    if found := title_part(post):
        return Member(post, found.number, "title", found.line)
    return _guessed(post)


def title_part(post: Post) -> Marker | None:
    """What the title says of the post's part."""
    found, _ = title_marker(post.title)
    return replace(found, line=post.line_of("title")) if found else None


def common_title(post: Post) -> str:
    """What the post's title shares with the other parts, folded; empty if it names no part."""
    marker, title = title_marker(post.title)
    return fold(title) if marker and title != post.title else ""


def has_markers(post: Post) -> bool:
    """Whether anything in the post, its title included, speaks of parts."""
    return bool(post.markers) or title_part(post) is not None


def pointed_at(post: Post) -> list[int]:
    """The other parts that the text points at."""
    return [marker.number for marker in post.markers if marker.direction != "this"]


def _guessed(post: Post) -> Member:
    before = [(one.number - 1, one.line) for one in post.markers if one.direction == "next"]
    after = [(one.number + 1, one.line) for one in post.markers if one.direction == "previous"]
    for number, line in (*before, *after):
        if number > 0:
            return Member(post, number, "body", line)
    first = next((marker.line for marker in post.markers), post.line_of("series"))
    return Member(post, None, "body", first)
