"""``python -m dialogue erase``: show what is kept about a person, and erase it."""

from __future__ import annotations

import argparse
import json
import sys

from dialogue.privacy import people
from dialogue.publishing.now import publish_now
from dialogue.ready import ready
from dialogue.services import services
from dialogue.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Whose, and whether it is meant."""
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="whose replies and mail")
    parser.add_argument("--yes", action="store_true", help="erase; without it, only show")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print all of it as JSON, for the person to have; with ``--yes``, erase it for good."""
    given = services(settings)
    try:
        ready(settings, given.database)
        found = given.database.read(lambda connection: people.kept(connection, options.email))
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        if not options.yes:
            print(f"dialogue: {len(found)} found, nothing erased; add --yes", file=sys.stderr)
            return 0
        given.database.write(lambda found: people.erase(found, options.email))
        publish_now(given)
        print(f"dialogue: {len(found)} erased", file=sys.stderr)
        return 0
    finally:
        given.database.close()
