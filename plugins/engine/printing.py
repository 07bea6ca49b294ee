"""What a build says in the terminal when it is over."""

from __future__ import annotations

import sys

from plugins.checks.grouping import grouped
from plugins.engine.report import Report
from plugins.errors import SiteError


def print_report(report: Report) -> None:
    """The summary, after what holds posts back and the notices: of one kind one line."""
    for fault in report.faults:
        print(fault, file=sys.stderr)
    for line in grouped(report.notices):
        print(line, file=sys.stderr)
    print(report)


def print_failure(error: SiteError) -> None:
    """Every problem that stopped the build."""
    print(error, file=sys.stderr)
    count = len(error.problems)
    problems = "1 problem" if count == 1 else f"{count} problems"
    print(f"Not published: {problems}. The last good output is untouched.", file=sys.stderr)
