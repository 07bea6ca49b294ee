"""``python -m dialogue export``: approved replies as files for a build, or everything in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from dialogue.publishing import export
from dialogue.ready import ready
from dialogue.services import Services, services
from dialogue.settings import Settings
from dialogue.transfer.bring import secret_mark
from dialogue.transfer.export import export as export_all


def options(parser: argparse.ArgumentParser) -> None:
    """Where to, or the token for builders elsewhere."""
    parser.add_argument("folder", type=Path, nargs="?", help="default: DIALOGUE_REPLIES")
    parser.add_argument(
        "--all",
        type=Path,
        metavar="FILE",
        help="write everything that is kept, personal data too, for `import parley`",
    )
    parser.add_argument("--token", action="store_true", help="print what GET /dialogue/export asks")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the files, or all of it, and say how much; or print the token."""
    given = services(settings)
    try:
        if options.token:
            print(export.token(given))
        elif options.all:
            _everything(given, options.all)
        else:
            _approved(given, options.folder or settings.replies)
        return 0
    finally:
        given.database.close()


def _approved(given: Services, folder: Path) -> None:
    ready(given.settings, given.database)
    try:
        count = export.write(export.threads(given), folder)
    except OSError as error:
        raise DialogueError(f"{folder} cannot be written to: {error.strerror}") from error
    print(f"{count} threads written to {folder}")


def _everything(given: Services, path: Path) -> None:
    migrate(given.database)
    try:
        count = export_all(given.database, path, secret_mark(given.tokens))
    except OSError as error:
        raise DialogueError(f"{path} cannot be written: {error.strerror}") from error
    print(f"{count} rows written to {path}; it has personal data in it, and not the secret")
