"""What a process that builds again and again wants of a build, and has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.engine.held import Held
    from plugins.engine.recalling import Recalled


@dataclass(frozen=True, slots=True)
class Residing:
    """``wanted`` says that the site is to be in memory afterwards, even where nothing has changed.

    ``puts_off`` leaves late tasks to the next build; ``held`` is what the last one left in memory.
    """

    wanted: bool = False
    puts_off: bool = False
    held: Held | None = None

    @property
    def recalled(self) -> Recalled | None:
        """The texts that are in memory."""
        return self.held.recalled if self.held else None
