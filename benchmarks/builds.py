"""What a build costs, beside the programs that people use today.

Every figure is a ratio of two medians measured in turns in one run, so that a busy machine slows
down both. Programs that fail stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import peers
from benchmarks.corpus import edit
from benchmarks.peers import Program
from benchmarks.processes import Run, run
from benchmarks.tables import Claim, Report, Table

ROUNDS = 3
# Small against any blog, large enough to find the post in.
_EDITED = 100
SMALL = 1_000


@dataclass(frozen=True, slots=True)
class Site:
    """A program with a site laid out for it."""

    program: Program
    folder: Path

    def pages(self) -> int:
        """How many pages there are in what it built."""
        return sum(1 for _ in (self.folder / self.program.output).rglob("*.html"))

    def cold(self) -> Run:
        """Build as after a fresh clone, with nothing kept from before."""
        peers.forget(self.program, self.folder)
        return self.again()

    def again(self) -> Run:
        """Build with whatever the last build left."""
        return run(self.program.build, self.folder)

    def edited(self, mark: str) -> Run:
        """Build after a sentence was added to one post."""
        edit(self.folder, _EDITED, mark, self.program.dialect)
        return self.again()


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of some runs."""

    wall: float
    cpu: float
    memory: float

    @classmethod
    def of(cls, runs: Sequence[Run | Figure]) -> Figure:
        """The medians of ``runs``, which is not empty."""
        return cls(
            median(one.wall for one in runs),
            median(one.cpu for one in runs),
            median(one.memory for one in runs),
        )


def measure(posts: int) -> Report:
    """Measure everything at that many posts."""
    with TemporaryDirectory() as folder:
        return _report(_sites(Path(folder), posts), Path(folder), posts)


def _sites(folder: Path, posts: int) -> Mapping[str, Site]:
    programs = (
        peers.parley(),
        peers.parley(theme="full"),
        peers.hugo(),
        peers.eleventy(),
        peers.pelican(),
    )
    return {one.name: Site(one, peers.lay_out(one, folder, posts)) for one in programs}


def _report(sites: Mapping[str, Site], folder: Path, posts: int) -> Report:
    ours, full, hugo = sites["Parley"], sites["Parley, full theme"], sites["Hugo"]
    cold = in_turns({name: site.cold for name, site in sites.items()}, ROUNDS)
    number = count()
    one = in_turns({name: _editing(site, number) for name, site in sites.items()}, ROUNDS)
    unchanged = in_turns(
        {name: sites[name].again for name in ("Parley", full.program.name)}, ROUNDS
    )
    small = _small(folder, number)
    rows = [
        (
            name,
            f"{sites[name].pages():,}",
            f"{cold[name].wall:.1f} s",
            f"{cold[name].cpu:.1f} s",
            f"{cold[name].memory / 1e6:.0f} MB",
            f"{one[name].wall:.2f} s",
            f"{cold[name].wall / cold['Hugo'].wall:.2f}",
            f"{one[name].wall / one['Hugo'].wall:.3f}",
        )
        for name in sites
    ]
    heads = (
        "",
        "pages",
        "cold",
        "CPU",
        "memory",
        "one post edited",
        "cold / Hugo's",
        "edited / Hugo's",
    )
    us, peer = ours.program.name, hugo.program.name
    claims = (
        Claim("cold build: wall time / Hugo's", cold[us].wall / cold[peer].wall, 0.9),
        Claim("cold build: peak memory / Hugo's", cold[us].memory / cold[peer].memory, 0.5),
        Claim("one post edited: wall time / Hugo's", one[us].wall / one[peer].wall, 0.06),
        Claim(f"one post edited: {posts} posts / {SMALL} posts", one[us].wall / small.wall, 6),
        Claim("nothing changed: seconds", unchanged[us].wall, 0.6),
        Claim(
            "our full theme / the plain one, cold",
            cold[full.program.name].wall / cold[us].wall,
            1.6,
        ),
    )
    return Report(posts, Table(heads, tuple(rows)), claims)


def _editing(site: Site, number: Iterator[int]) -> Callable[[], Run]:
    return lambda: site.edited(f"editmark{next(number)}")


def _small(folder: Path, number: Iterator[int]) -> Figure:
    """One post edited on a tenth of the blog."""
    program = peers.parley()
    (folder / "small").mkdir()
    site = Site(program, peers.lay_out(program, folder / "small", SMALL))
    site.cold()
    return in_turns({"": _editing(site, number)}, ROUNDS)[""]


def in_turns(each: Mapping[str, Callable[[], Run]], rounds: int) -> Mapping[str, Figure]:
    """Run all in turns, ``rounds`` times; the medians of each."""
    runs: dict[str, list[Run]] = {name: [] for name in each}
    for _ in range(rounds):
        for name, once in each.items():
            runs[name].append(once())
    return {name: Figure.of(found) for name, found in runs.items()}
