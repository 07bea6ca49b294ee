"""Other people's plugins: whether anything listens to Pelican that we know nothing of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from blinker import Signal
from pelican.plugins import signals

# The handlers of ours whose effect the engine brings about itself.
_KNOWN = frozenset(
    {
        "plugins.canonical.policy",
        "plugins.engine.intros",
        "plugins.posts.reader",
        "plugins.series.plugin",
    }
)


def unknown_handlers() -> tuple[str, ...]:
    """The modules of handlers that only work when Pelican's own generators run."""
    found = {getattr(handler, "__module__", str(handler)) for handler in _handlers()}
    return tuple(sorted(found - _KNOWN))


def _handlers() -> Iterator[Any]:
    for signal in vars(signals).values():
        if isinstance(signal, Signal):
            for reference in signal.receivers.values():
                # Most are held weakly: by a reference that gives the handler when called.
                handler = reference() if hasattr(reference, "__callback__") else reference
                if handler is not None:
                    yield handler
