"""Runs the benchmarks: ``python -m benchmarks [NAME ...] [--posts NUMBER] [--write]``.

``python -m benchmarks reading --folder FOLDER`` reads the posts of a folder instead of invented ones.

The exit status is 1 if a claim does not hold on this machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    answering,
    builds,
    feeds,
    memory,
    reading,
    real_posts,
    replying,
    scaling,
    serving,
)
from benchmarks.tables import Report
from benchmarks.writing import renew

# Each measures a site of that many posts.
BENCHMARKS: Mapping[str, Callable[[int], Report]] = {
    "builds": builds.measure,
    "serving": serving.measure,
    "feeds": feeds.measure,
    "reading": reading.measure,
    "replies": replying.measure,
    "answers": answering.measure,
    "memory": memory.measure,
    "scaling": scaling.measure,
}
# Only by name: they take minutes; the larger site of scaling longer than all the others.
_LONG = frozenset({"memory", "scaling"})
_ROOT = Path(__file__).resolve().parent.parent
_DOCUMENTS = (_ROOT / "README.md", _ROOT / "docs" / "benchmarks.md")


def main() -> int:
    """Run the benchmarks named, or all but the long ones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument(
        "--posts", type=int, default=10_000, help="the size of the site; default: 10000"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="write the tables into README.md and docs/benchmarks.md",
    )
    parser.add_argument("--folder", type=Path, help="for reading alone: real posts to read")
    options = parser.parse_args()
    if options.folder and options.names != ["reading"]:
        parser.error("--folder is for the benchmark reading alone")
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    if options.folder:
        report = real_posts.measure(options.folder)
        print(f"reading {report.posts:,} posts of {options.folder}:\n\n{report}\n")
        return 0 if report.holds else 1
    held = []
    for name in options.names or [name for name in BENCHMARKS if name not in _LONG]:
        report = BENCHMARKS[name](options.posts)
        print(f"{name}, {report.posts:,} posts:\n\n{report}\n", flush=True)
        if options.write:
            renew(_DOCUMENTS, name, report)
        held.append(report.holds)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
