"""Whether the memory of the service stays level: one process under a mixed load of readers.

Eight people ask for pages, previews, replies, moderation, and much that is refused, over connections
that stay open. Resident memory is sampled a hundred times; the level after the first fifth of the
requests is compared with that of the last tenth.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import Claim, Report, Table
from dialogue.settings import Settings
from tests.dialogue import mixed_load
from tests.dialogue.mixed_load import Memory
from tests.dialogue.moderation.signing import HASH
from tests.dialogue.publishing.sites import PAGES, write_site
from tests.dialogue.serving import Place

REQUESTS = 50_000
GROWTH = 1.05
_ROWS = 10


def measure(_: int) -> Report:
    """Measure a service beside a small site, whatever the size of other benchmarks."""
    with TemporaryDirectory() as folder:
        found = measure_ours(Path(folder), REQUESTS)
    step = len(found.samples) // _ROWS
    rows = tuple(
        (f"{found.requests * (number + 1) // _ROWS:,}", f"{sample / 1e6:.0f} MB")
        for number, sample in enumerate(found.samples[step - 1 :: step])
    )
    claims = (Claim("memory at the end / after warm-up", found.last / found.warm, GROWTH),)
    return Report(len(PAGES), Table(("requests", "memory"), rows), claims)


def measure_ours(folder: Path, requests: int) -> Memory:
    """The memory of a service below ``folder`` during so many requests."""
    write_site(folder / "output", {})
    settings = Settings(
        database_url=f"sqlite:///{folder / 'dialogue.sqlite3'}",
        output=folder / "output",
        replies=folder / "replies",
        state=folder / "state",
    )
    place = Place(settings, folder / "log")
    more = {"DIALOGUE_SERVE_SITE": "yes", "DIALOGUE_MODERATOR_PASSWORD_HASH": HASH}
    with place.serve(**more) as running:
        return mixed_load.run(place.port, running.process.pid, requests)
