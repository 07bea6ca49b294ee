"""What a catalogue is assembled from, wherever it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugins.digests import digest
from plugins.engine.intros import Intro
from plugins.engine.texts import Read
from plugins.post import Person
from plugins.posts.profiles import with_people
from plugins.series.model import Place, Series


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that was read.

    ``posts`` are all that get a page, ``primary`` the sources of those that are no translation of
    another, ``translations`` the language and URL of the others by source. ``statics`` maps every
    file that is copied to its root-relative URL, ``places`` posts to their place in a series. ``now`` is the moment of
    the build, where it has been looked at; ``checked`` says that these posts, files and series as a
    whole are known to be right.
    """

    posts: Sequence[Read]
    pages: Sequence[Read]
    primary: frozenset[str]
    statics: Mapping[str, str]
    translations: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    series: Sequence[Series] = ()
    intros: Mapping[tuple[str, str], Intro] = field(default_factory=dict)
    now: datetime | None = None
    checked: bool = False


def named(material: Material, people: Mapping[str, Person]) -> Material:
    """``material`` with the authors of its posts as the people they are."""
    if not people:
        return material
    posts, pages = (
        [_named(read, people) for read in reads] for reads in (material.posts, material.pages)
    )
    return replace(material, posts=posts, pages=pages)


def _named(read: Read, people: Mapping[str, Person]) -> Read:
    """The digest of the post tells who its authors are."""
    text = read.text
    post = with_people(text.post, people)
    if post is text.post:
        return read
    return replace(read, text=replace(text, post=post, own=digest(text.own, post.authors)))
