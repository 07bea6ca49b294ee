"""What is asked of a build, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any

from plugins.engine.made import Made, Reason
from plugins.engine.report import Report
from plugins.engine.residing import Residing
from plugins.engine.staging import Staging
from plugins.fastbuild.profile import Profile
from plugins.fastbuild.progress import Progress
from plugins.posts.ledger import Ledger

# A build in which nothing changed does not wait for these to load.
if TYPE_CHECKING:
    from plugins.catalogue.catalogue import Catalogue
    from plugins.engine.changes import Change
    from plugins.engine.held import Held
    from plugins.pages.plan import PlannedPage

Settings = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """How a build went; ``catalogue`` is None where it did not have to be made.

    ``made`` are the units of the site, ``reasons`` why some were made now, ``news`` changed files;
    ``held`` is what a process that goes on can use. ``changes`` are those of posts since the last
    build, ``pages`` what was planned, by the names of units, and ``href`` makes URLs as pages have them.
    """

    report: Report
    catalogue: Catalogue | None
    made: Mapping[str, Made]
    reasons: Mapping[str, Reason]
    news: frozenset[tuple[str, str]]
    held: Held | None = None
    changes: Sequence[Change] = ()
    pages: Mapping[str, PlannedPage] = field(default_factory=dict)
    href: Callable[[str], str] = str

    def explain(self, asked: str) -> str:
        """Why a page was made, or not; raises LookupError where there is none.

        ``asked`` is its address, its file below the output folder, or its source.
        """
        if not self.news and not self.reasons:
            return f"{asked} was left as it is: nothing has changed since the last build"
        from plugins.engine.explaining import edges, explain

        pages = (unit for unit in self.made.values() if unit.post)
        places = {unit.post: path for unit in pages for path, _ in unit.files[:1]}
        owner, told = explain(asked, self.made, self.reasons, self.news, places)
        if owner not in self.reasons:
            return told
        view = self.pages[owner].view if owner in self.pages else None
        found = edges(self.changes, self.made[owner], view, self.href)
        return "\n".join([told, *(f"  {edge}" for edge in found)])


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: settings, plugins, and how to enter the staging folder of the output."""

    settings: Settings
    plugins: Sequence[ModuleType]
    ledger: Ledger
    stage: Callable[[], AbstractContextManager[Staging]]
    clean: bool
    profile: Profile
    progress: Progress
    residing: Residing
