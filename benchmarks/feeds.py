"""What feeds cost: their share of the CPU time of a whole build, archives included.

The claim: at 10,000 posts all feeds together take less than a tenth of it.
"""

from __future__ import annotations

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

from pelican.settings import read_settings

from benchmarks.corpus import write_corpus
from benchmarks.tables import Claim, Report, Table
from plugins.catalogue.facts import facts_from
from plugins.engine.site import Parley
from plugins.feeds.plugin import check_feeds, each_feed

SHARE = 0.10
_SETTINGS = str(Path(__file__).resolve().parent.parent / "pelicanconf.py")


def measure(posts: int) -> Report:
    """Build a site of that many posts, then its feeds alone."""
    with TemporaryDirectory() as folder:
        write_corpus(Path(folder), posts)
        settings = read_settings(
            _SETTINGS,
            override={"PATH": f"{folder}/content", "OUTPUT_PATH": f"{folder}/output"},
        )
        start = _cpu()
        site = Parley(settings)
        site.build()
        build = _cpu() - start
        start = _cpu()
        files, size = _feeds(site)
        feeds = _cpu() - start
    rows = (
        ("feeds and archive pages", f"{files} files, {size / 1e6:.0f} MB"),
        ("CPU of the feeds", f"{feeds:.1f} s"),
        ("CPU of the whole build", f"{build:.1f} s"),
    )
    share = Claim("feeds: share of the CPU of a build", feeds / build, SHARE)
    return Report(posts, Table(("", ""), rows), (share,))


def _feeds(site: Parley) -> tuple[int, int]:
    """Make every feed again, as the build does; the number of files and bytes."""
    catalogue, settings = site.catalogue, site.settings["FEEDS"]
    facts = facts_from(site.settings)
    if catalogue is None:
        raise LookupError("the site has not been built")
    check_feeds([entry.post for entry in catalogue.entries], facts, settings)
    sizes = [len(data) for _, data in each_feed(catalogue, facts, settings)]
    return len(sizes), sum(sizes)


def _cpu() -> float:
    """The CPU time of this process and of those it waited for, in seconds."""
    users = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    found = [resource.getrusage(user) for user in users]
    return sum(one.ru_utime + one.ru_stime for one in found)
