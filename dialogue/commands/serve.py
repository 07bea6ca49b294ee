"""``python -m dialogue serve``: the service, in one process or several."""

from __future__ import annotations

import argparse
import os

import uvicorn
from starlette.types import ASGIApp

from dialogue import settings as reading
from dialogue.database import Database
from dialogue.hosting.beside import application
from dialogue.logs import to_stderr
from dialogue.migrate import migrate
from dialogue.secret import secret
from dialogue.settings import Settings

_GRACE = 10
"""Seconds that answers on their way may take after the service was told to stop."""


def options(_: argparse.ArgumentParser) -> None:
    """Nothing: all of it is in the settings."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop; the database and the secret are made ready first."""
    to_stderr()
    _prepare(settings)
    app = (
        application(settings)
        if settings.workers == 1
        else "dialogue.commands.serve:from_environment"
    )
    uvicorn.run(
        app,
        factory=settings.workers > 1,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        # Uvicorn would believe X-Forwarded-For from this machine; dialogue/web/address.py decides.
        proxy_headers=False,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    return 0


def from_environment() -> ASGIApp:
    """The application in a worker: it has the environment, and nothing else, from its parent."""
    to_stderr()
    return application(reading.read(os.environ))


def _prepare(settings: Settings) -> None:
    """Fail here, with one message, and not in each worker."""
    secret(settings)
    database = Database(settings.database_url)
    try:
        migrate(database)
    finally:
        database.close()
