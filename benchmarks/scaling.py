"""Whether a build grows with the number of posts and no faster: ten times as many, cold.

Time and memory for each post are compared with those of the smaller site. Both are built once: the
larger one takes minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import peers
from benchmarks.builds import Site
from benchmarks.processes import Run
from benchmarks.tables import Claim, Report, Table

TIMES = 10
GROWTH = 1.3


def measure(posts: int) -> Report:
    """Build a site of that many posts, and one of ten times as many."""
    sizes = (posts, TIMES * posts)
    runs = tuple(_cold(size) for size in sizes)
    heads = ("posts", "cold", "CPU", "memory", "files")
    claims = (
        Claim("time for each post, the larger / the smaller", _growth(sizes, _walls(runs)), GROWTH),
        Claim(
            "memory for each post, the larger / the smaller",
            _growth(sizes, [run.memory for run, _ in runs]),
            GROWTH,
        ),
    )
    rows = tuple(_row(size, *found) for size, found in zip(sizes, runs, strict=True))
    return Report(posts, Table(heads, rows), claims)


def _cold(posts: int) -> tuple[Run, int]:
    """A build from nothing, and how many files it wrote."""
    with TemporaryDirectory() as folder:
        program = peers.parley()
        site = Site(program, peers.lay_out(program, Path(folder), posts))
        run = site.cold()
        written = sum(path.is_file() for path in (site.folder / program.output).rglob("*"))
        return run, written


def _walls(runs: Sequence[tuple[Run, int]]) -> list[float]:
    return [run.wall for run, _ in runs]


def _growth(sizes: Sequence[int], figures: Sequence[float]) -> float:
    small, large = (figure / size for figure, size in zip(figures, sizes, strict=True))
    return large / small


def _row(posts: int, run: Run, files: int) -> tuple[str, ...]:
    return (
        f"{posts:,}",
        f"{run.wall:.0f} s",
        f"{run.cpu:.0f} s",
        f"{run.memory / 1e6:,.0f} MB",
        f"{files:,}",
    )
