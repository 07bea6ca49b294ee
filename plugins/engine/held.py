"""What a process that goes on after a build still has of it: texts, and the pages of posts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from plugins.catalogue.catalogue import Entry
from plugins.engine.recalling import Recalled
from plugins.engine.texts import Read
from plugins.pages.frame import at
from plugins.pages.plan import PlannedPage
from plugins.pages.render import Renderer
from plugins.views import SiteView


@dataclass(frozen=True, slots=True)
class HeldPage:
    """The page of one post, and what stands around it."""

    page: PlannedPage
    template: str
    site: SiteView
    renderer: Renderer

    def tell(self, entry: Entry) -> bytes:
        """The page with another text; ``entry`` is its post with that."""
        if self.page.telling is None:
            raise LookupError(f"{self.page.save_as} is not the page of a post")
        around = at(self.site, self.page.save_as)
        html = self.renderer.render(self.template, around, self.page.telling(entry))
        return html.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Held:
    """All of it: the texts, the ``pages`` of posts by their source, and all files ``seen``.

    ``awaits`` says that late tasks are still to be done.
    """

    settings: MutableMapping[str, Any]
    plugins: Sequence[ModuleType]
    seen: Collection[tuple[str, str]]
    recalled: Recalled
    pages: Mapping[str, HeldPage]
    awaits: bool = False

    @property
    def texts(self) -> Mapping[str, Read]:
        """The texts by the path of their source."""
        return self.recalled.texts
