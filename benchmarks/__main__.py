"""Runs the benchmarks: ``python -m benchmarks [NAME ...] [--posts NUMBER]``.

The exit status is 1 if a claim does not hold on this machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from benchmarks import builds, feeds, reading, replying, serving

# Each measures a site of that many posts, prints what it found, and says whether the claim holds.
BENCHMARKS: Mapping[str, Callable[[int], bool]] = {
    "builds": builds.measure,
    "serving": serving.measure,
    "feeds": feeds.run,
    "reading": reading.measure,
    "replies": replying.measure,
}


def main() -> int:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument(
        "--posts", type=int, default=10_000, help="the size of the site; default: 10000"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    held = [BENCHMARKS[name](options.posts) for name in options.names or BENCHMARKS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
