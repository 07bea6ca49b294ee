"""What a catalogue is assembled from, wherever it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plugins.engine.intros import Intro
from plugins.engine.texts import Read
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
