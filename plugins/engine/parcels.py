"""Units for processes that were started anew."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from plugins.build.worker import Parcel, UnsendableError
from plugins.engine.sending import is_closure, pack
from plugins.engine.units import Maker, Unit


def parcel_of(maker: Maker, units: Sequence[Unit], settings: MutableMapping[str, Any]) -> Parcel:
    """``maker`` and the units that can be sent, each in its place; the others are done here.

    Those are tasks of plugins that are made by a function within a function, and all tasks where
    one of them holds something else that cannot be sent. Raises :class:`UnsendableError` where
    not even the pages can be.
    """
    here = frozenset(place for place, unit in enumerate(units) if is_closure(unit.make))
    try:
        return Parcel(pack((maker, _without(units, here)), settings), here)
    except UnsendableError:
        tasks = frozenset(
            place for place, unit in enumerate(units) if unit.name.startswith("task ")
        )
        return Parcel(pack((maker, _without(units, here | tasks)), settings), here | tasks)


def _without(units: Sequence[Unit], places: frozenset[int]) -> list[Unit | None]:
    return [None if place in places else unit for place, unit in enumerate(units)]
