"""Builds, posts the outcome, says what happened in a line, and waits for the next save."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import datetime
from importlib.util import cache_from_source
from pathlib import Path

from desk.job import Outcome
from desk.preview.board import Board
from desk.preview.builder import Builder
from desk.preview.watch import Watcher

_QUIET = 1.0
"""Seconds without a save after which the build in the background begins."""


async def keep_built(builder: Builder, watcher: Watcher, board: Board, root: Path) -> None:
    """Build now and after every change, until cancelled.

    A change during a build is built right after it. ``pending`` holds what changed since the last
    good build: only if that is nothing but style sheets can an open page do without a reload.
    """
    pending: frozenset[Path] = frozenset()
    told: frozenset[str] = frozenset()
    while True:
        _forget_compiled(pending)
        outcome = await builder.build(pending)
        styles_only = bool(pending) and all(path.suffix == ".css" for path in pending)
        watcher.cover(map(Path, outcome.folders))
        board.post(board.state.after(outcome, styles_only=styles_only))
        say(describe(outcome, pending, root, told))
        if outcome.ok and not outcome.short:
            told = frozenset(_details(outcome))
        changed, settled = await _next(builder, watcher, outcome)
        if settled is not None:
            if not (settled.ok and settled.same):
                board.post(board.state.after(settled, styles_only=False))
                say(describe(settled, frozenset(), root, told))
            told = frozenset(_details(settled)) if settled.ok else told
            outcome = settled
            changed = changed or await watcher.next()
        pending = changed if outcome.ok else pending | changed


async def _next(
    builder: Builder, watcher: Watcher, outcome: Outcome
) -> tuple[frozenset[Path], Outcome | None]:
    """What changes next; and before that the outcome of a build in the background, if one is due."""
    if not outcome.due:
        return await watcher.next(), None
    with contextlib.suppress(TimeoutError):
        return await asyncio.wait_for(watcher.next(), 0 if outcome.soon else _QUIET), None
    settling = asyncio.create_task(builder.settle())
    saving = asyncio.create_task(watcher.next())
    try:
        await asyncio.wait({settling, saving}, return_when=asyncio.FIRST_COMPLETED)
        changed = saving.result() if saving.done() else frozenset[Path]()
        return changed, settling.result() if settling.done() else None
    finally:
        for task in (settling, saving):
            task.cancel()
        await asyncio.gather(settling, saving, return_exceptions=True)


def describe(
    outcome: Outcome, changed: frozenset[Path], root: Path, told: frozenset[str] = frozenset()
) -> str:
    """What the terminal shows of a build: a line with the time and the result, then the rest.

    That is every problem of a failed build, and of a good one the details that are not in
    ``told``, which are those of the last good one.
    """
    clock = datetime.now().astimezone().strftime("%H:%M:%S")
    if outcome.ok:
        result = outcome.summary.partition("\n")[0]
        lines = [line for line in _details(outcome) if line not in told]
    else:
        count = len(outcome.problems)
        result = f"not built: {count} problem{'' if count == 1 else 's'}"
        lines = [*outcome.traceback.splitlines(), *(each.text for each in outcome.problems)]
    return "\n".join(
        [f"{clock}  {_changed(changed, root)}{result}", *(f"  {line}" for line in lines)]
    )


def _details(outcome: Outcome) -> list[str]:
    return [*outcome.summary.splitlines()[1:], *(notice.text for notice in outcome.notices)]


def say(text: str) -> None:
    """Print at once, also where the output is not a terminal."""
    print(text, flush=True)


def _forget_compiled(changed: Iterable[Path]) -> None:
    """Have changed code compiled anew.

    Python takes a compiled file for current if the source has the size it had and was saved in the
    same second, so the second of two quick saves could go unnoticed.
    """
    for path in changed:
        if path.suffix == ".py":
            Path(cache_from_source(str(path))).unlink(missing_ok=True)


def _changed(changed: Iterable[Path], root: Path) -> str:
    names = sorted(_name(path, root) for path in changed)
    if not names:
        return ""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}: "


def _name(path: Path, root: Path) -> str:
    name = str(path.relative_to(root) if path.is_relative_to(root) else path)
    return name if name.isprintable() else ascii(name)
