"""One preview build in a process of its own: ``python -m desk.build``.

Reads a job from standard input and writes its outcome to standard output, a line of JSON each. A
new process for each build is what makes changed plugins, settings and templates really new. The
libraries, which do not change, are loaded before the job is read: such a process can be started
ahead of time and wait, and ends by itself when nobody is left to ask it for anything.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desk import faults
from desk.errors import DeskError
from desk.job import Finding, Job, Outcome

if TYPE_CHECKING:
    from plugins.errors import Problem

_LIBRARIES = (
    "pelican.generators",
    "pelican.readers",
    "pelican.writers",
    "babel.dates",
    "feedgen.feed",
    "frontmatter",
    "jinja2",
    "lxml.etree",
    "markdown",
    "pygments.formatters.html",
    "markdown.extensions.footnotes",
)


def main() -> int:
    """Answer one job; nothing that the build prints gets between the answer and its reader."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
        _load_libraries()
        if asked := sys.stdin.readline():
            answer.write(build(Job.from_json(asked)).to_json())
    return 0


def _load_libraries() -> None:
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):  # the build will say what is missing, and where
            importlib.import_module(name)


def build(job: Job) -> Outcome:
    """Build the site with drafts and scheduled posts into ``job.output``."""
    settings: dict[str, Any] = {}
    try:
        settings = _settings(job)
        return _built(settings)
    except DeskError as error:
        told = faults.of(Path(job.settings).name, 1, "OUTPUT_PATH", *str(error).split("; "))
        return Outcome(ok=False, problems=(told,))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - site code may raise anything; it is reported
        found, trace = faults.finding(error, Path(job.settings)), faults.trace(error)
        return Outcome(ok=False, problems=(found,), traceback=trace, **_facts(settings))


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


def _built(settings: dict[str, Any]) -> Outcome:
    from plugins.engine.site import Parley
    from plugins.errors import SiteError

    try:
        report = Parley(settings).build()
    except SiteError as error:
        return Outcome(ok=False, problems=_findings(error.problems), **_facts(settings))
    notices = _findings(report.notices)
    return Outcome(ok=True, summary=str(report), notices=notices, **_facts(settings))


def _findings(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    return tuple(
        Finding(each.path, each.line, each.field, each.message, each.hint, str(each))
        for each in problems
    )


def _facts(settings: dict[str, Any]) -> dict[str, Any]:
    """What the server has to know of settings that could be read."""
    if not settings:
        return {}
    folders = [settings["THEME"], *settings["PLUGIN_PATHS"], *settings["THEME_TEMPLATES_OVERRIDES"]]
    return {
        "base": urlsplit(settings["SITEURL"]).path.rstrip("/"),
        "folders": tuple(str(Path(folder).resolve()) for folder in folders),
    }


if __name__ == "__main__":
    sys.exit(main())
