"""What a sub-package adds to the service: routes below ``/dialogue/``, and work in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.routing import BaseRoute

from dialogue.services import Services
from dialogue.supervision.worker import Worker


def _none(_: Services) -> Sequence[Worker]:
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """The paths of ``routes`` begin with a slash and continue ``/dialogue``."""

    routes: Callable[[Services], Sequence[BaseRoute]]
    workers: Callable[[Services], Sequence[Worker]] = _none
