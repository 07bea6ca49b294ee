"""``python -m dialogue migrate``: the schema of the database, up to the newest or down again."""

from __future__ import annotations

import argparse

from dialogue.database import Database
from dialogue.migrate import change, newest
from dialogue.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """To which revision, and whether what has no place there may be deleted."""
    parser.add_argument("--to", metavar="REVISION", help="default: the newest")
    parser.add_argument("--yes", action="store_true", help="delete what has no place there")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Change the schema wholly or not at all, and say what was done."""
    database = Database(settings.database_url)
    try:
        done = change(database, options.to or newest(), may_delete=options.yes)
    finally:
        database.close()
    if done.before == done.after:
        print(f"the schema is {done.after} already")
    else:
        print(f"the schema was {done.before or 'not there'} and is {done.after} now")
    for each in done.deleted:
        print(f"deleted: {each}")
    return 0
