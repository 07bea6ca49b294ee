"""Plugins whose modules load when the build needs them.

A build in which nothing changed asks plugins for nothing, and loading them takes longer than all
else that it does. So each stands in ``PLUGINS`` as a module that knows what the real one offers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from pelican.plugins import signals

Function = Callable[..., Any]


class LatePlugin(ModuleType):
    """Takes the place of the plugin ``name`` and is called like it.

    ``offers`` are the functions of the build that the plugin has (see :mod:`plugins.steps`), and
    ``hears`` those that it connects to Pelican's signals in ``register()``, by the signal.
    ``at_once`` are functions that each build calls, so they come from a module that costs little.
    """

    def __init__(
        self,
        name: str,
        offers: Iterable[str] = (),
        *,
        hears: Mapping[str, str] | None = None,
        at_once: Mapping[str, Function] | None = None,
    ) -> None:
        super().__init__(name)
        spec = find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        self.__file__ = spec.origin
        self._made = (name, tuple(offers), hears, at_once)
        self._hears = {signal: _late(name, own) for signal, own in (hears or {}).items()}
        vars(self).update({own: _late(name, own) for own in self._made[1]})
        vars(self).update(at_once or {})

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: the same, which has loaded nothing either."""
        return _again, self._made

    def register(self) -> None:
        """Connect to Pelican what the plugin itself would connect."""
        for name, handler in self._hears.items():
            getattr(signals, name).connect(handler)


def _late(module: str, name: str) -> Function:
    """The function ``name`` of a module, which is imported by the first call."""

    def call(*values: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*values, **named)

    # Who listens to Pelican is told by these.
    call.__module__, call.__name__, call.__qualname__ = module, name, name
    return call


def _again(
    name: str,
    offers: Iterable[str],
    hears: Mapping[str, str] | None,
    at_once: Mapping[str, Function] | None,
) -> LatePlugin:
    return LatePlugin(name, offers, hears=hears, at_once=at_once)
