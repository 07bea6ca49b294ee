"""``python -m dialogue export``: approved replies as files that a build reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from dialogue.publishing import export
from dialogue.services import services
from dialogue.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Where to, or the token for builders elsewhere."""
    parser.add_argument("folder", type=Path, nargs="?", help="default: DIALOGUE_REPLIES")
    parser.add_argument("--token", action="store_true", help="print what GET /dialogue/export asks")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the files and say how many; or print the token."""
    given = services(settings)
    try:
        if options.token:
            print(export.token(given))
            return 0
        migrate(given.database)
        folder = options.folder or settings.replies
        try:
            count = export.write(export.threads(given), folder)
        except OSError as error:
            raise DialogueError(f"{folder} cannot be written to: {error.strerror}") from error
        print(f"{count} threads written to {folder}")
        return 0
    finally:
        given.database.close()
