"""One build from beginning to end, without Pelican's generators: what is known is used, and kept."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from plugins.digests import digest
from plugins.engine.foreign import unknown_handlers
from plugins.engine.memory import Memory, keep, recall
from plugins.engine.places import left_out
from plugins.engine.report import Report, make_report
from plugins.engine.residing import Residing
from plugins.engine.sources import ignores, only_pelican_reads
from plugins.engine.staging import MANIFEST, Staging
from plugins.engine.units import Made, Reason
from plugins.errors import SiteError
from plugins.fastbuild.inventory import Root, Seen, changed, take_inventory
from plugins.fastbuild.profile import Profile
from plugins.fastbuild.progress import Progress
from plugins.fastbuild.settings import BuildSettings, start_of, workers_of
from plugins.fastbuild.store import Store
from plugins.fastbuild.version import UnknownSettingError, version_of
from plugins.posts.ledger import Ledger
from plugins.posts.moment import moment_of_build

if TYPE_CHECKING:
    from plugins.catalogue.catalogue import Catalogue
    from plugins.engine.held import Held
    from plugins.fastbuild.crew import Crew

Settings = MutableMapping[str, Any]


class NotDirectlyError(Exception):
    """Why the site has to be built through Pelican, in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a build went; ``catalogue`` is None where nothing had changed.

    ``made`` are the units of the site, ``reasons`` why some were made now, ``news`` changed files;
    ``held`` is what a process that goes on can use.
    """

    report: Report
    catalogue: Catalogue | None
    made: Mapping[str, Made]
    reasons: Mapping[str, Reason]
    news: frozenset[tuple[str, str]]
    held: Held | None = None

    def explain(self, asked: str) -> str:
        """Why a page was made, or not; raises LookupError where there is none.

        ``asked`` is its address, its file below the output folder, or its source.
        """
        if self.catalogue is None:
            return f"{asked} was left as it is: nothing has changed since the last build"
        from plugins.engine.explaining import explain

        places = {entry.post.source: entry.post.save_as for entry in self.catalogue.contents()}
        return explain(asked, self.made, self.reasons, self.news, places)


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
            seen = take_inventory(_roots(request), memory.seen)
        request.progress.passing()
        why = only_pelican_reads(settings, (path for root, path in seen if root == "content"))
        if why:
            raise NotDirectlyError(why)
        news = changed(seen, memory.seen)
        if not news and _holds(request, memory):
            with profile.step("check output"):
                intact = memory.is_intact(Path(settings["OUTPUT_PATH"]))
            if intact and memory.report:
                seconds = time.monotonic() - start
                if seen != memory.seen:
                    keep(replace(memory, seen=seen), store)
                report = replace(memory.report, changed=0, made=0, seconds=seconds, alone="")
                return Run(report, None, memory.made, {}, frozenset())
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
    from plugins.engine.direct import Workplace, build
    from plugins.pages.theme import load_theme

    settings, ledger = request.settings, request.ledger
    theme = load_theme(Path(settings["THEME"]))
    if theme is None:
        raise NotDirectlyError("the theme is not made of views")
    with request.stage() as staging, _crew(request, store.version) as crew:
        place = Workplace(
            settings,
            request.plugins,
            theme,
            ledger,
            store,
            crew,
            request.profile,
            seen,
            request.progress,
            request.residing,
        )
        try:
            outcome = build(place, memory, staging)
        except SiteError as error:
            raise SiteError([*error.problems, *ledger.problems], ledger.notices) from error
        report = make_report(
            ledger,
            elsewhere=sum(entry.policy.elsewhere for entry in outcome.catalogue.entries),
            changed=outcome.changed,
            seconds=time.monotonic() - start,
            preview=bool(settings["PREVIEW"]),
            made=len(outcome.reasons),
            alone=crew.alone,
        )
        request.profile.note(*crew.notes)
        with request.profile.step("remember"):
            fresh = Memory(
                seen,
                outcome.made,
                memory.hashes,
                None if outcome.held.awaits else report,  # then the next build has to look
                outcome.span,
                outcome.asks_history,
                outcome.checked,
            )
            keep(fresh, store)
    report = replace(report, seconds=time.monotonic() - start)
    return Run(report, outcome.catalogue, outcome.made, outcome.reasons, news, outcome.held)


def _crew(request: Request, version: str) -> Crew:
    """The processes to build with."""
    from plugins.engine.sending import equip
    from plugins.fastbuild.crew import Crew

    chosen: BuildSettings = request.settings.get("BUILD") or BuildSettings()
    return Crew(
        workers_of(chosen, os.environ),
        start_of(chosen, os.environ),
        partial(equip, request.settings, request.plugins, version),
    )


def _holds(request: Request, memory: Memory) -> bool:
    """Whether the last build's answer can be this one's, if its output is still there."""
    if request.clean or request.residing.wanted or memory.asks_history or request.ledger.problems:
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


def _roots(request: Request) -> Iterator[Root]:
    """Everything that a site is made from but code and settings."""
    settings = request.settings
    ignored = ignores(settings["IGNORE_FILES"])
    yield Root("content", str(settings["PATH"]), ignored, left_out(settings))
    yield Root("theme", str(settings["THEME"]))
    for number, path in enumerate(settings["THEME_TEMPLATES_OVERRIDES"]):
        yield Root(f"templates {number}", str(path))
    for name in settings["THEME_STATIC_PATHS"]:
        yield Root(f"theme static {name}", str(Path(settings["THEME"], name)), ignored)
    for plugin in request.plugins:
        watched: Iterable[Path] = getattr(plugin, "watched", _nothing)(settings)
        for number, path in enumerate(watched):
            yield Root(f"{plugin.__name__} {number}", str(path))


def _nothing(settings: Settings) -> tuple[Path, ...]:  # noqa: ARG001 - as those that watch something
    return ()


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
