"""What one build works with, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from plugins.build.pool import WorkerPool
from plugins.catalogue.catalogue import Catalogue
from plugins.engine.changes import Change
from plugins.engine.held import Held
from plugins.engine.made import Made, Reason
from plugins.engine.residing import Residing
from plugins.fastbuild.clock import Span
from plugins.fastbuild.inventory import Seen
from plugins.fastbuild.profile import Profile
from plugins.fastbuild.progress import Progress
from plugins.fastbuild.store import Store
from plugins.pages.plan import PlannedPage
from plugins.pages.theme import Theme
from plugins.posts.ledger import Ledger

Settings = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Workplace:
    """What one build works with; ``seen`` are the files that it is made from."""

    settings: Settings
    plugins: Sequence[ModuleType]
    theme: Theme
    ledger: Ledger
    store: Store
    pool: WorkerPool
    profile: Profile
    seen: Seen
    progress: Progress
    residing: Residing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build made: how many files changed, and why each unit that was made was.

    ``changes`` are those of posts since the last build, and ``pages`` all of them, by the names of
    their units. The rest is what the next build wants to know (:class:`plugins.engine.memory.Memory`).
    """

    catalogue: Catalogue
    changed: int
    made: Mapping[str, Made]
    reasons: Mapping[str, Reason]
    span: Span
    asks_history: bool
    checked: str
    quoted: frozenset[str] | None
    held: Held
    changes: tuple[Change, ...]
    pages: Mapping[str, PlannedPage]
