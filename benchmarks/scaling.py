"""Whether a build grows with the number of posts and no faster: ten times as many.

Time and memory for each post are compared with those of the smaller site: from nothing, and after
a tenth of the posts was withdrawn, when pages are made, left alone and removed. The larger site takes
minutes, in which the speed of a machine changes: the smaller one is built before and after it, and
counts with the mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import peers
from benchmarks.builds import Figure, Site
from benchmarks.corpus import source_of
from benchmarks.tables import Claim, Report, Table

TIMES = 10
GROWTH = 1.3
# One post in so many.
_WITHDRAWN = 10


@dataclass(frozen=True, slots=True)
class _Built:
    """A site of one size: built cold with so many files, then with a tenth of the posts withdrawn."""

    posts: int
    cold: Figure
    fewer: Figure
    files: int


def measure(posts: int) -> Report:
    """Build a site of that many posts, and one of ten times as many."""
    before, large, after = _build(posts), _build(TIMES * posts), _build(posts)
    # The median of two is their mean.
    cold, fewer = Figure.of([before.cold, after.cold]), Figure.of([before.fewer, after.fewer])
    small = _Built(posts, cold, fewer, before.files)
    claims = (
        _claim("time for each post", small.cold.wall, large.cold.wall),
        _claim("memory for each post", small.cold.memory, large.cold.memory),
        _claim("a tenth withdrawn, time for each post", small.fewer.wall, large.fewer.wall),
    )
    heads = ("posts", "cold", "CPU", "memory", "files", "a tenth withdrawn")
    return Report(posts, Table(heads, (_row(small), _row(large))), claims)


def _build(posts: int) -> _Built:
    with TemporaryDirectory() as folder:
        program = peers.parley()
        site = Site(program, peers.lay_out(program, Path(folder), posts))
        cold = site.cold()
        files = sum(path.is_file() for path in (site.folder / program.output).rglob("*"))
        for number in range(0, posts, _WITHDRAWN):
            source_of(site.folder, number, program.dialect).unlink()
        return _Built(posts, Figure.of([cold]), Figure.of([site.again()]), files)


def _claim(what: str, small: float, large: float) -> Claim:
    return Claim(f"{what}, the larger / the smaller", large / small / TIMES, GROWTH)


def _row(built: _Built) -> tuple[str, ...]:
    return (
        f"{built.posts:,}",
        f"{built.cold.wall:.0f} s",
        f"{built.cold.cpu:.0f} s",
        f"{built.cold.memory / 1e6:,.0f} MB",
        f"{built.files:,}",
        f"{built.fewer.wall:.1f} s",
    )
