"""Writes what was measured into the documents that tell of it, between two comments.

``<!-- bench builds -->`` and ``<!-- /bench builds -->`` stand around the place for the benchmark of
that name. What stands there is replaced as a whole, so nobody edits it by hand.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tables import Report


def renew(documents: Iterable[Path], name: str, report: Report) -> None:
    """Put ``report`` into each of the documents that has a place for the benchmark ``name``."""
    around = re.compile(
        rf"(<!-- bench {re.escape(name)} -->\n).*?(<!-- /bench {re.escape(name)} -->)", re.DOTALL
    )
    told = f"\n{report}\n\n{about(report.posts, datetime.now(UTC))}\n\n"
    for path in documents:
        text = path.read_text(encoding="utf-8")
        new = around.sub(lambda found: found[1] + told + found[2], text)
        if new != text:
            path.write_text(new, encoding="utf-8")


def about(posts: int, now: datetime) -> str:
    """On what and when it was measured."""
    cores = os.cpu_count()
    python = platform.python_version()
    return (
        f"Measured on {now:%Y-%m-%d} with {posts:,} posts on {platform.system()} "
        f"({platform.machine()}, {cores} cores), Python {python}."
    )
