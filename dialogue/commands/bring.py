"""``python -m dialogue import``: replies from Isso, Disqus or WordPress; all of another Parley."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from dialogue.commands import bring_parley
from dialogue.errors import DialogueError
from dialogue.importing import disqus, isso, wordpress
from dialogue.importing.bring import Brought, bring
from dialogue.importing.found import Found, Refused
from dialogue.publishing.now import publish_now
from dialogue.ready import ready
from dialogue.services import services
from dialogue.settings import Settings

_SYSTEMS = ("isso", "disqus", "wordpress")
_OWN = "parley"


def options(parser: argparse.ArgumentParser) -> None:
    """From what, and the file."""
    parser.add_argument("system", choices=(*_SYSTEMS, _OWN), help="what it is from")
    parser.add_argument(
        "file",
        metavar="FILE|URL",
        help="Isso's database, the XML that was exported, what `export --all` has written, "
        "or the URL of another database of Parley",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Import, say what became of it, and publish; doing it again adds what is new."""
    if options.system == _OWN:
        return bring_parley.run(settings, options.file)
    given = services(settings)
    try:
        ready(settings, given.database)
        try:
            found = _read(options.system, Path(options.file), given.targets.site.zone)
            brought = bring(given.store, given.targets.all(), found, options.system)
        except OSError as error:
            raise DialogueError(f"{options.file} cannot be read: {error.strerror}") from error
        publish_now(given)
    finally:
        given.database.close()
    for line in _said(brought, options.file):
        print(line)
    return 0


def _read(system: str, path: Path, zone: str) -> Iterator[Found | Refused]:
    if system == "wordpress":
        return wordpress.read(path, ZoneInfo(zone or "UTC"))
    return isso.read(path) if system == "isso" else disqus.read(path)


def _said(brought: Brought, file: str) -> Iterator[str]:
    """What became of the replies in ``file``: the sum, then what was left out and why."""
    yield (
        f"{brought.found} found = {brought.fresh} imported + {brought.known} were there already "
        f"+ {brought.left_out} left out"
    )
    for place, count in sorted(brought.lost.items()):
        yield f"{place or '(no address)'}: no such post, {count} left out; give it as an alias"
    rules = Counter((one.field, one.why) for one in brought.refused if one.by_rule)
    for (field, why), count in sorted(rules.items()):
        yield f"{file}: {field}: {why}, {count} left out"
    for one in brought.refused:
        if not one.by_rule:
            yield f"{file}: comment {one.key or '(no id)'}: {one.field}: {one.why}"
