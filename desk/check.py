"""``desk check``: everything that is wrong with the content, without building it anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pelican.settings import get_settings_from_file, read_settings

from desk.errors import DeskError
from plugins.checks import baseline
from plugins.checks.grouping import grouped
from plugins.checks.settings import CheckSettings
from plugins.engine.report import Report
from plugins.engine.site import Parley
from plugins.errors import Problem, SiteError
from plugins.posts.ledger import ledger_of


def check(settings: Path, content: Path, *, everything: bool = False, accept: bool = False) -> int:
    """Print every problem and notice of ``content``; 1 if there is any that is new, else 0.

    The site is checked as the public will see it, and with drafts and scheduled posts, which are
    to be published one day: a link to a draft is wrong in the one, a link out of it in the other.
    Where many notices are of one kind they are one line, unless ``everything`` is asked for.

    Accepted faults are counted only; those that were mended leave the baseline, where the
    site's own content is checked and nothing else is wrong with it. With ``accept`` all faults of today go into it.
    """
    chosen = get_settings_from_file(str(settings))
    place: Path | None = (chosen.get("CHECKS") or CheckSettings()).baseline
    if accept and place is None:
        raise DeskError(
            'no baseline is named; add CHECKS = CheckSettings(baseline="baseline.json")'
        )
    errors: set[Problem] = set()
    notices: set[Problem] = set()
    accepted: set[Problem] = set()
    files = 0
    for preview in (False, True):
        override = {"PATH": str(content), "PREVIEW": preview}
        site = Parley(read_settings(str(settings), override=override))
        try:
            report = site.check()
        except SiteError as error:
            errors.update(error.problems)
            notices.update(error.notices)
        else:
            errors.update(report.faults)
            notices.update(report.notices)
            files = _files(report)
        accepted |= ledger_of(site.settings).accepted
    notices -= errors
    if place and accept:
        return _accept(place, {*errors, *notices, *accepted})
    if (
        place
        and place.is_file()
        and not errors
        and _is_own(settings.parent / str(chosen.get("PATH")), content)
    ):
        _forget_mended(place, accepted)
    known = f" ({_count(len(accepted), 'accepted fault')})" if accepted else ""
    if not errors and not notices:
        print(f"{_count(files, 'file')} checked, no problems{known}")
        return 0
    shown = sorted([*map(str, errors), *grouped(notices, len(notices) if everything else 3)])
    print(*shown, sep="\n")
    print(f"{_count(len(errors | notices), 'problem')}{known}", file=sys.stderr)
    return 1


def _accept(place: Path, found: Iterable[Problem]) -> int:
    """Write the baseline; what has no rule cannot be accepted, and is printed."""
    every = set(found)
    stops = sorted(one for one in every if not one.rule)
    baseline.write(place, baseline.counted(every))
    print(f"{_count(len(every) - len(stops), 'fault')} accepted in {place}; commit this file")
    if stops:
        print(*stops, sep="\n")
    return 1 if stops else 0


def _forget_mended(place: Path, accepted: Iterable[Problem]) -> None:
    before, now = baseline.read(place), baseline.counted(accepted)
    if before == now:
        return
    baseline.write(place, now)
    gone = sum(before.values()) - sum(now.values())
    print(f"{_count(gone, 'mended fault')} taken out of {place}; commit this file", file=sys.stderr)


def _is_own(own: Path, content: Path) -> bool:
    return own.resolve() == content.resolve()


def _files(report: Report) -> int:
    hidden = report.hidden + len(report.held)
    return report.published + report.drafts + report.scheduled + hidden + report.pages


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
