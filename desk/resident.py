"""Builds one after another in one process, each from what the last one left in memory.

A save of posts that stay what they are to the others is answered by the short way
(:mod:`plugins.engine.retelling`); the build in the background that follows makes what else shows or
depends on them. Everything else is the ordinary build of the engine.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desk.errors import DeskError
from desk.job import Finding, Job, Outcome

if TYPE_CHECKING:
    from plugins.engine.held import Held
    from plugins.engine.recalling import Recalled
    from plugins.engine.request import Run
    from plugins.errors import Problem

# A file that fails to be read within so many seconds of its save may be half written.
_FRESH = 0.3
_AGAIN_AFTER = 0.05
_ATTEMPTS = 4


class GaveWayError(Exception):
    """A build in the background found that there is something better to do."""


class Resident:
    """Builds a site again and again; ``is_waiting`` tells whether the next job is there."""

    def __init__(self, is_waiting: Callable[[], bool]) -> None:
        self._is_waiting = is_waiting
        self._settings: dict[str, Any] = {}
        self._held: Held | None = None
        self._recalled: Recalled | None = None
        # Pages that were published by the short way since the last build.
        self._early: set[str] = set()

    def build(self, job: Job) -> Outcome:
        """Build the site with drafts and scheduled posts into ``job.output``.

        A build in the background gives way to the next job until it begins to publish.
        """
        _wait_for_content(job.changed)
        if not job.background and (told := self._retold(job)):
            return told
        outcome = self._built(job)
        for _ in range(_ATTEMPTS):
            if outcome.ok or not any(map(_is_fresh, job.changed)):
                break
            time.sleep(_AGAIN_AFTER)
            outcome = self._built(job)
        return outcome

    def rehearse(self) -> None:
        """Have the first save answered as fast as those after it."""
        from plugins.engine.retelling import rehearse
        from plugins.errors import SiteError

        if self._held is not None:
            with contextlib.suppress(SiteError):  # a save will tell
                rehearse(self._held)

    def _retold(self, job: Job) -> Outcome | None:
        """The outcome of the short way; None where it cannot be taken."""
        if self._held is None or not job.changed:
            return None
        from plugins.engine.retelling import retell
        from plugins.errors import SiteError

        start = time.monotonic()
        content = Path(job.content).resolve()
        sources = list(_sources(job.changed, content))
        if len(sources) < len(job.changed):
            return None
        try:
            told = retell(self._held, sources)
        except SiteError:
            return None  # the build tells of it together with everything else
        if told is None:
            return None
        if told.alone:
            self._early.update(f"page {name}" for name in told.files)
        count = f"{len(told.files)} page{'' if len(told.files) == 1 else 's'}"
        summary = f"{count} rebuilt in {time.monotonic() - start:.3f} s"
        soon = not told.alone
        facts = self.facts()
        return Outcome(
            ok=True, summary=summary, going=True, due=True, soon=soon, short=True, **facts
        )

    def _built(self, job: Job) -> Outcome:
        """The outcome of the engine's own build."""
        from plugins.engine.residing import Residing
        from plugins.engine.site import Parley
        from plugins.errors import SiteError
        from plugins.fastbuild.progress import Progress

        self._settings = {}
        self._settings = _settings(job)
        site = Parley(self._settings)
        site.progress = Progress(None, self._give_way if job.background else _go_on)
        held, self._held = self._held, None
        recalled, self._recalled = self._recalled, None
        site.residing = Residing(job.background, not job.background, held, recalled, self._recall)
        try:
            report = site.build()
        except GaveWayError:
            self._held = held
            return Outcome(ok=True, left=True, going=True, due=True, **self.facts())
        except SiteError as error:
            found = _findings(error.problems)
            return Outcome(ok=False, problems=found, going=True, **self.facts())
        run = site.last
        awaits = run is not None and run.held is not None and run.held.awaits
        return Outcome(
            ok=True,
            summary=str(report),
            notices=_findings(report.faults) + _grouped(report.notices),
            going=run is not None,
            due=awaits or (run is not None and run.held is None),
            soon=awaits,
            same=self._take(run),
            **self.facts(),
        )

    def _recall(self, recalled: Recalled) -> None:
        """Keep what was read, whatever becomes of the build."""
        self._recalled = recalled

    def _give_way(self) -> None:
        if self._is_waiting():
            raise GaveWayError

    def _take(self, run: Run | None) -> bool:
        """Keep what a build left; returns whether readers see what they saw before."""
        early, self._early = self._early, set()
        if run is None:
            return False
        self._held = run.held
        return all(name.startswith("task ") or name in early for name in run.reasons)

    def facts(self) -> dict[str, Any]:
        """What the server has to know of settings that could be read."""
        settings = self._settings
        if not settings:
            return {}
        data = [settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        if settings.get("BRAND"):
            data.append(settings["BRAND"])
        folders = [*data[1:], *settings["PLUGIN_PATHS"]]
        return {
            "base": urlsplit(settings["SITEURL"]).path.rstrip("/"),
            "folders": tuple(str(Path(folder).resolve()) for folder in folders),
            "data": tuple(str(Path(folder).resolve()) for folder in data),
        }


def _go_on() -> None:
    """Nothing stops the build."""


def _settings(job: Job) -> dict[str, Any]:
    """The site's settings as the preview needs them; refuses to build over the public site."""
    from pelican.settings import read_settings

    settings: dict[str, Any] = read_settings(
        job.settings, override={"PATH": job.content, "PREVIEW": True}
    )
    public, output = Path(settings["OUTPUT_PATH"]).resolve(), Path(job.output).resolve()
    if output.is_relative_to(public) or public.is_relative_to(output):
        raise DeskError(f"the preview shows drafts, {public} is public; choose another --output")
    return {**settings, "OUTPUT_PATH": str(output), "DELETE_OUTPUT_DIRECTORY": False}


def _findings(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    return tuple(_finding(each, str(each)) for each in problems)


def _grouped(notices: Iterable[Problem]) -> tuple[Finding, ...]:
    """Many notices of one kind are one."""
    from plugins.checks.grouping import groups

    return tuple(_finding(first, line) for first, line in groups(notices))


def _finding(problem: Problem, text: str) -> Finding:
    return Finding(problem.path, problem.line, problem.field, problem.message, problem.hint, text)


def _sources(changed: Sequence[str], content: Path) -> Iterator[str]:
    """Those of the paths that lie below the content folder, as paths there."""
    for path in map(Path, changed):
        if path.is_relative_to(content):
            yield path.relative_to(content).as_posix()


def _wait_for_content(changed: Iterable[str]) -> None:
    """Wait for a moment where a file was emptied just now: its writer is about to fill it."""
    for _ in range(_ATTEMPTS):
        if not any(_is_fresh(path) and Path(path).stat().st_size == 0 for path in changed):
            return
        time.sleep(_AGAIN_AFTER / 5)


def _is_fresh(path: str) -> bool:
    try:
        return Path(path).is_file() and time.time() - Path(path).stat().st_mtime < _FRESH
    except OSError:
        return False
