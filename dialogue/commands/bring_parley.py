"""``python -m dialogue import parley``: everything that another database of Parley keeps."""

from __future__ import annotations

from pathlib import Path

from dialogue import casting
from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from dialogue.publishing import export
from dialogue.ready import ready
from dialogue.services import Services, services
from dialogue.settings import Settings
from dialogue.transfer.bring import from_database, from_file, secret_mark
from dialogue.transfer.merge import Merged
from dialogue.transfer.source import File
from thread import files
from thread.errors import FileError


def run(settings: Settings, place: str) -> int:
    """Bring it over from a file or a URL, say what became of it, and write files for the build."""
    given = services(settings)
    try:
        migrate(given.database)
        _bring(given, place)
        print(f"{_write(given)} threads written to {settings.replies}; build the site")
        ready(settings, given.database)
        return 0
    finally:
        given.database.close()


def _bring(given: Services, place: str) -> None:
    if "://" in place:
        merged = from_database(given.database, _url(place))
        _say(merged)
        print(
            "links that people have hold only with the secret of the service there: take it along"
        )
    else:
        file = File(Path(place))
        merged = from_file(given.database, file)
        _say(merged)
        if file.mark() != secret_mark(given.tokens):
            print(
                "links that people have do not hold: here is another secret; take the file "
                "`secret` of DIALOGUE_STATE along, or set DIALOGUE_SECRET as there"
            )


def _url(place: str) -> str:
    try:
        return casting.database(place)
    except ValueError as error:
        raise DialogueError(str(error)) from error


def _say(merged: Merged) -> None:
    print(f"{merged.new} new, {merged.same + merged.other} already there")
    if merged.other:
        print(f"{merged.other} of these differ from what was imported; they are as they were here")
    if merged.mended:
        print(
            f"{merged.mended} texts had NUL, which PostgreSQL cannot keep; U+FFFD is in its place"
        )


def _write(given: Services) -> int:
    """Write the threads whose files are older than what was imported; say how many."""
    folder = given.settings.replies
    newer = (
        thread
        for thread in export.threads(given)
        if _version(folder, thread.target) < thread.version
    )
    try:
        return export.write(newer, folder)
    except OSError as error:
        raise DialogueError(f"{folder} cannot be written to: {error.strerror}") from error


def _version(folder: Path, target: str) -> int:
    """The version of the thread's file; 0 where there is none that can be read."""
    try:
        return files.read(folder, target).version
    except FileError:
        return 0
