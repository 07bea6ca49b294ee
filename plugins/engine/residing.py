"""What a process that builds again and again wants of a build, and has for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.engine.held import Held
    from plugins.engine.recalling import Recalled


def _forget(_: Recalled) -> None:
    """Nothing is kept by a process that builds once."""


@dataclass(frozen=True, slots=True)
class Residing:
    """``wanted`` says that the site is to be in memory afterwards, even where nothing has changed.

    ``puts_off`` leaves late tasks to the next build; ``held`` is what the last one left in memory, and
    ``recalled`` the texts that were read last: ``remember`` is called with those of this build.
    """

    wanted: bool = False
    puts_off: bool = False
    held: Held | None = None
    recalled: Recalled | None = None
    remember: Callable[[Recalled], None] = _forget
