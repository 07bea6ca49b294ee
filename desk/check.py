"""``desk check``: everything that is wrong with the content, without building it anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from pelican.settings import read_settings

from plugins.engine.report import Report
from plugins.engine.site import Parley
from plugins.errors import Problem, SiteError


def check(settings: Path, content: Path) -> int:
    """Print every problem and notice of ``content``, one line each; 1 if there is any, else 0.

    The site is checked as the public will see it, and with drafts and scheduled posts, which are
    to be published one day: a link to a draft is wrong in the one, a link out of it in the other.
    """
    found: set[Problem] = set()
    files = 0
    for preview in (False, True):
        override = {"PATH": str(content), "PREVIEW": preview}
        try:
            report = Parley(read_settings(str(settings), override=override)).check()
        except SiteError as error:
            found.update((*error.problems, *error.notices))
        else:
            found.update(report.notices)
            files = _files(report)
    if not found:
        print(f"{_count(files, 'file')} checked, no problems")
        return 0
    print(*sorted(found), sep="\n")
    print(_count(len(found), "problem"), file=sys.stderr)
    return 1


def _files(report: Report) -> int:
    return report.published + report.drafts + report.scheduled + report.hidden + report.pages


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
