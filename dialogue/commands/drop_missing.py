"""``python -m dialogue drop-missing``: give up published replies that the database has never had."""

from __future__ import annotations

import argparse
import sys

from dialogue.migrate import migrate
from dialogue.publishing import missing
from dialogue.publishing.now import publish_now
from dialogue.services import services
from dialogue.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Whether it is meant."""
    parser.add_argument("--yes", action="store_true", help="drop them; without it, only show")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Show which replies only their pages have; with ``--yes``, take them off the pages."""
    given = services(settings)
    try:
        migrate(given.database)
        found = missing.behind(given.database, settings.replies)
        for each in found:
            for reply in each.missing:
                print(f"{each.target} {reply}")
        count = sum(len(each.missing) for each in found)
        if count and not options.yes:
            print(
                f"dialogue: {count} replies are missing, none dropped; add --yes", file=sys.stderr
            )
            return 0
        missing.settle(given.database, found)
        publish_now(given)
        print(f"dialogue: {count} dropped", file=sys.stderr)
        return 0
    finally:
        given.database.close()
