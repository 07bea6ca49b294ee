"""A page of the plan, and what makers of pages are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.pages.heads import Heads
from plugins.pages.sketch import Sketch
from plugins.views import View

Related = Callable[[Sequence[Entry]], Mapping[str, Sequence[Entry]]]


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: its file below the output folder, its template, and its post, if any.

    ``sketch`` says what its view depends on, and makes it. ``telling`` makes the view for the page's
    post with another text.
    """

    save_as: str
    template: str
    sketch: Sketch[View]
    entry: Entry | None = None
    telling: Callable[[Entry], View] | None = None

    @property
    def view(self) -> View:
        """What the template may read, made anew."""
        return self.sketch.make()


@dataclass(frozen=True, slots=True)
class Planning:
    """The site, or one of its editions, as makers of pages see it.

    A sketch holds parts of it, never all: it may go to another process. ``related`` finds the related posts of each post, by its source.
    """

    catalogue: Catalogue
    facts: Facts
    heads: Heads
    related: Related
