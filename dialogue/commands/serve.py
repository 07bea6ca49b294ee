"""``python -m dialogue serve``: the service, in one process or several."""

from __future__ import annotations

import argparse
import gc
import os
import socket
import sys
import threading
from contextlib import closing

from dialogue.connections.server import GRACE, Server
from dialogue.database import Database
from dialogue.hosting.beside import application
from dialogue.logs import to_stderr
from dialogue.migrate import is_current, migrate
from dialogue.processes import Workers, in_child
from dialogue.publishing import missing
from dialogue.secret import secret
from dialogue.settings import Settings

_SWITCH = 0.0002
"""Seconds after which a thread that computes lets another go on: those who wait for an answer are many
threads one after another, beside a publisher that renders a large page."""


# A collection of the oldest generation stops all threads: with the garbage of a page of thousands of
# replies for a tenth of a second. What is alive at the start is left out, and the rest looked at rarely.
_GENERATIONS = (2_000, 5, 1_000)


def options(_: argparse.ArgumentParser) -> None:
    """Nothing: all of it is in the settings."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop; the database and the secret are made ready first."""
    to_stderr()
    sys.setswitchinterval(_SWITCH)
    _prepare(settings)
    if settings.workers == 1:
        return _serve(settings)
    # What making an application loads is in memory once; each worker makes its own.
    listening = Server(settings, application(settings)).config.bind_socket()
    return Workers(lambda: sys.exit(_serve(settings, listening)), settings.workers).run()


def _serve(settings: Settings, *listening: socket.socket) -> int:
    """Serve in this process; everything that is the worker's own is made here.

    Should its work in the background die, the process ends with status 1, so that whoever started it
    starts another. Uvicorn by itself would go on answering requests.
    """
    died = threading.Event()

    def end() -> None:
        died.set()
        server.should_exit = True
        last = threading.Timer(2 * GRACE + 5, os._exit, (1,))
        last.daemon = True
        last.start()

    server = Server(settings, application(settings, end))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GENERATIONS)
    server.run([*listening] or None)
    return 0 if server.started and not died.is_set() else 1


def _prepare(settings: Settings) -> None:
    """Fail here, with one message, and not in each worker."""
    secret(settings)
    with closing(Database(settings.database_url)) as database:
        current = is_current(database)
    if not current:
        in_child(lambda: migrate(Database(settings.database_url)))
    with closing(Database(settings.database_url)) as database:
        missing.refuse(database, settings.replies)
