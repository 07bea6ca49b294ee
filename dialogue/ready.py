"""What a database needs before anything is published from it."""

from __future__ import annotations

from dialogue.database import Database
from dialogue.migrate import migrate
from dialogue.publishing import missing
from dialogue.settings import Settings


def ready(settings: Settings, database: Database) -> None:
    """Bring ``database`` to the newest schema; raises DialogueError, also where it is another.

    That is one which has never had replies that are published: see
    :mod:`dialogue.publishing.missing`.
    """
    migrate(database)
    missing.refuse(database, settings.replies)
