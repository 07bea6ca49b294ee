"""What replies add to a site besides the block in each page: their list of posts, and their feeds.

While a build is on its way, replies may be approved. So before its files are put in place, under
the lock that the dialogue service takes too, the threads are read again, and what is newer is
spliced into the staged pages as the service splices it into finished ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from plugins.catalogue.catalogue import Entry
from plugins.digests import digest
from plugins.errors import Problem, SiteError
from plugins.replies.answers import Answers, answers_of, read_threads
from plugins.replies.watching import watched
from plugins.steps import Site, Task
from thread import targets
from thread.errors import FileError
from thread.feed import render_feeds
from thread.lock import OutputBusyError, output_lock
from thread.model import Target, Thread
from thread.splice import splice
from thread.targets import Targets
from thread.templates import Templates

__all__ = ["publishing", "register", "tasks", "watched"]


def tasks(site: Site) -> Iterator[Task]:
    """The list of the posts that can be answered, and the feeds of those that were."""
    about = answers_of(site.settings).site
    if about is None:
        return
    known = Targets(about, tuple(target for target, _ in _answered(site.catalogue.entries)))
    yield Task("replies: targets", digest(known), partial(_list, known), texts=())
    for target, thread in _answered(site.catalogue.entries):
        if thread.version and target.feeds:
            make = partial(_feeds, known, target, thread)
            yield Task(f"replies: {target.id}", digest(about, target, thread), make, texts=())


@contextmanager
def publishing(output: Path, staged: Path, settings: Mapping[str, Any]) -> Iterator[None]:
    """Hold the lock of the output folder, and bring what is staged up to the newest replies."""
    try:
        with output_lock(output):
            _catch_up(output, staged, settings)
            yield
    except OutputBusyError as error:
        problem = Problem(str(output), 1, "output", "somebody else writes to it", "try again later")
        raise SiteError([problem]) from error


def _catch_up(output: Path, staged: Path, settings: Mapping[str, Any]) -> None:
    """Splice what was approved since the build read the replies into the pages it made."""
    answers = answers_of(settings)
    if answers.site is None or answers.settings is None:
        return
    newer = dict(_newer(answers, read_threads(answers.settings.folder)))
    if not newer:
        return
    folder = staged if (staged / targets.FILE).is_file() else output
    templates = Templates(*template_folders(settings))
    try:
        known = targets.read(folder)
        for target in known.targets:
            if target.id in newer and (staged / target.file).is_file():
                splice(staged, known.site, target, newer[target.id], templates)
    except FileError as error:
        raise SiteError([Problem(error.path, 1, error.field, error.message, error.hint)]) from error


def template_folders(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    """The folders that the theme's templates are in, of which the first wins."""
    overrides = (Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"])
    return (*overrides, Path(settings["THEME"], "templates"))


def _newer(answers: Answers, threads: Mapping[str, Thread]) -> Iterator[tuple[str, Thread]]:
    for name, thread in threads.items():
        before = answers.threads.get(name)
        if before is None or before.version < thread.version:
            yield name, thread


def _answered(entries: tuple[Entry, ...]) -> Iterator[tuple[Target, Thread]]:
    for entry in entries:
        if entry.target is not None and entry.thread is not None:
            yield entry.target, entry.thread


def _list(known: Targets) -> Iterator[tuple[str, bytes]]:
    yield targets.FILE, targets.dump(known)


def _feeds(known: Targets, target: Target, thread: Thread) -> Iterator[tuple[str, bytes]]:
    yield from render_feeds(known.site, target, thread).items()


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
