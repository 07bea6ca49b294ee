"""One build from beginning to end, without Pelican's generators: what is known is used, and kept."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.digests import digest
from plugins.engine.foreign import unknown_handlers
from plugins.engine.memory import Memory, keep, recall
from plugins.engine.report import make_report
from plugins.engine.request import Request, Run
from plugins.engine.roots import roots_of
from plugins.engine.sources import only_pelican_reads
from plugins.engine.staging import MANIFEST
from plugins.errors import SiteError
from plugins.fastbuild.inventory import Seen, changed, take_inventory
from plugins.fastbuild.settings import BuildSettings, start_of, workers_of
from plugins.fastbuild.store import Store
from plugins.fastbuild.version import UnknownSettingError, version_of
from plugins.posts import git
from plugins.posts.moment import moment_of_build

if TYPE_CHECKING:
    from plugins.build.pool import WorkerPool

Settings = MutableMapping[str, Any]


class NotDirectlyError(Exception):
    """Why the site has to be built through Pelican, in words."""


def run(request: Request) -> Run:
    """Build; raises :class:`NotDirectlyError` or :class:`SiteError`."""
    start = time.monotonic()
    settings, profile = request.settings, request.profile
    if foreign := unknown_handlers():
        raise NotDirectlyError(f"{', '.join(foreign)} needs Pelican's own steps")
    with profile.step("versions"):
        version = _version(request)
    with _no_collecting(), Store(_cache(settings), version) as store:
        with profile.step("look"):
            memory = recall(store)
            hidden = git.ignored(Path(settings["PATH"]))
            request.ledger.aside.update(dict.fromkeys(hidden, "ignored"))
            seen = take_inventory(roots_of(request, hidden), memory.seen)
        request.progress.passing()
        why = only_pelican_reads(settings, [path for root, path in seen if root == "content"])
        if why:
            raise NotDirectlyError(why)
        news = changed(seen, memory.seen)
        if _is_enough(memory, news) and _holds(request, memory):
            with profile.step("check output"):
                intact = memory.is_intact(Path(settings["OUTPUT_PATH"]))
            if intact and (done := _shortly(request, store, memory, seen, news)):
                # What git ignores is not looked at, so that there is more or less of it is no news.
                named = [path for path in done.report.not_posts if ("content", path) in seen]
                report = replace(
                    done.report,
                    seconds=time.monotonic() - start,
                    not_posts=tuple(sorted({*named, *hidden})),
                )
                return replace(done, report=report)
        return _build(request, store, memory, seen, news, start)


def _build(
    request: Request,
    store: Store,
    memory: Memory,
    seen: Seen,
    news: frozenset[tuple[str, str]],
    start: float,
) -> Run:
    # A build in which nothing changed does not wait for these to load.
    from plugins.engine.direct import build
    from plugins.engine.workplace import Workplace
    from plugins.pages.theme import theme_of
    from plugins.urls import Urls

    settings, ledger = request.settings, request.ledger
    theme = theme_of(settings)
    if theme is None:
        raise NotDirectlyError("the theme is not made of views")
    with request.stage() as staging, _pool(request, store.version) as pool:
        place = Workplace(
            settings,
            request.plugins,
            theme,
            ledger,
            store,
            pool,
            request.profile,
            seen,
            request.progress,
            request.residing,
        )
        try:
            outcome = build(place, memory, staging)
        except SiteError as error:
            found = (*error.problems, *ledger.problems, *ledger.held_back())
            raise SiteError(found, ledger.notices) from error
        report = make_report(
            ledger,
            elsewhere=sum(entry.policy.elsewhere for entry in outcome.catalogue.entries),
            changed=outcome.changed,
            seconds=time.monotonic() - start,
            preview=bool(settings["PREVIEW"]),
            made=len(outcome.reasons),
            alone=pool.alone,
        )
        request.profile.note(*pool.notes)
        with request.profile.step("remember"):
            fresh = Memory(
                seen,
                outcome.made,
                memory.hashes,
                None if outcome.held.awaits else report,  # then the next build has to look
                outcome.span,
                outcome.asks_history,
                outcome.checked,
                outcome.quoted,
            )
            keep(fresh, memory, store)
    report = replace(report, seconds=time.monotonic() - start)
    return Run(
        report,
        outcome.catalogue,
        outcome.made,
        outcome.reasons,
        news,
        outcome.held,
        outcome.changes,
        outcome.pages,
        Urls(settings["SITEURL"]).href,
    )


def _pool(request: Request, version: str) -> WorkerPool:
    """The processes to build with."""
    from plugins.build.pool import WorkerPool
    from plugins.engine.sending import equip

    chosen: BuildSettings = request.settings.get("BUILD") or BuildSettings()
    return WorkerPool(
        workers_of(chosen, os.environ),
        start_of(chosen, os.environ),
        partial(equip, request.settings, request.plugins, version),
    )


def _is_enough(memory: Memory, news: frozenset[tuple[str, str]]) -> bool:
    """Whether a build need not look at the whole site, as far as names tell.

    So it is where nothing changed, or only texts that stand on their own pages and nowhere else.
    """
    if not memory.report or (news and memory.quoted is None):
        return False
    own = {made.post for made in memory.made.values() if made.post} - (memory.quoted or set())
    return all(root == "content" and path in own for root, path in news)


def _shortly(
    request: Request, store: Store, memory: Memory, seen: Seen, news: frozenset[tuple[str, str]]
) -> Run | None:
    """What a build answers that need not look at the whole site; None where it has to."""
    if news:
        from plugins.engine.revising import revise

        return revise(request, store, memory, seen, news)
    if memory.report is None:
        return None
    report = replace(memory.report, changed=0, made=0, alone="")
    if seen != memory.seen:
        keep(replace(memory, report=report, seen=seen), memory, store)
    return Run(report, None, memory.made, {}, frozenset())


def _holds(request: Request, memory: Memory) -> bool:
    """Whether the last build's answer can be this one's, if its output is still there."""
    # A short look would leave no site in memory.
    if request.residing.wanted or request.residing.held:
        return False
    if request.clean or memory.asks_history or request.ledger.problems:
        return False
    output = Path(request.settings["OUTPUT_PATH"])
    return moment_of_build() in memory.span and (output / MANIFEST).is_file()


def _version(request: Request) -> str:
    try:
        return version_of(request.settings, request.plugins)
    except UnknownSettingError as error:
        raise NotDirectlyError(f"it cannot be told whether a setting changed: {error}") from error


def _cache(settings: Settings) -> Path | None:
    """The file of the cache: one for each content folder and output folder."""
    chosen: BuildSettings = settings.get("BUILD") or BuildSettings()
    if chosen.cache is None:
        return None
    project = chosen.cache.resolve().parent.parent
    places = (Path(settings[name]).resolve() for name in ("PATH", "OUTPUT_PATH"))
    named = [os.path.relpath(place, project) for place in places]
    return chosen.cache / f"{digest(named)[:16]}.sqlite"


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the search for garbage, of which a build makes little, among a million live values."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
