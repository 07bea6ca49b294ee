"""What can be wrong around the service: one check for each thing it leans on."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dialogue import engines, moments, queues, secret, storing
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.mail import setup
from dialogue.mail.smtp import Connection, UnavailableError
from dialogue.metrics import age
from dialogue.migrate import revisions
from dialogue.moderation.gate import LIST
from dialogue.queues import Load
from dialogue.ready import ready
from dialogue.replies.writing import NAME as REPLIES
from dialogue.settings import Settings
from dialogue.supervision.outage import reason
from dialogue.targets import Targets
from dialogue.web.origin import origin_of

_ENOUGH = 200 * 1024 * 1024
"""Bytes that should be free: a database that runs full takes no reply."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: what it is about, whether it is well, and what there is to say."""

    about: str
    well: bool
    said: str


def findings(settings: Settings) -> Iterator[Finding]:
    """The result of each check, one after another."""
    for about, check in _CHECKS:
        try:
            yield Finding(about, True, check(settings))
        except DialogueError as error:
            yield Finding(about, False, str(error))


def _database(settings: Settings) -> str:
    database = Database(settings.database_url)
    try:
        ready(settings, database)
        database.check()
        _enough_connections(settings, database)
        _storing(database)
        now, _ = revisions(database)
        kind = "SQLite" if database.is_sqlite else "PostgreSQL"
        return f"{kind} takes replies, its schema is {now}"
    finally:
        database.close()


def _enough_connections(settings: Settings, database: Database) -> None:
    """Each worker may open so many; PostgreSQL refuses those beyond its own limit."""
    if database.is_sqlite:
        return
    query = text(
        "SELECT current_setting('max_connections')::int"
        " - current_setting('superuser_reserved_connections')::int"
    )
    most = database.read(lambda connection: int(connection.execute(query).scalar_one()))
    wanted = settings.workers * (engines.MOST + 1)
    if wanted > most:
        raise DialogueError(
            f"{settings.workers} workers may need {wanted} connections, and PostgreSQL allows "
            f"{most}; raise max_connections there, or lower DIALOGUE_WORKERS"
        )


def _storing(database: Database) -> None:
    try:
        storing.store_and_forget(database)
    except SQLAlchemyError as error:
        raise DialogueError(
            f"no reply can be stored: {reason(error)}; make room on the disk, "
            "or let the service write to its database"
        ) from error


def _queues(settings: Settings) -> str:
    """What waits is no fault of the machine: whoever starts the service must not be kept from it."""
    database = Database(settings.database_url)
    try:
        now = moments.now()
        found = database.read(lambda at: queues.loads(at, now, settings))
        return "; ".join(_load(load, now) for load in found)
    except SQLAlchemyError as error:
        raise DialogueError(f"the queues cannot be read: {reason(error)}") from error
    finally:
        database.close()


def _load(load: Load, now: datetime) -> str:
    said = [f"{load.waiting} waiting"] if load.queue != REPLIES else []
    if load.oldest is not None:
        said.append(f"the oldest for {age(load.oldest, now):.0f} s")
    if load.set_aside:
        said.append(f"{load.set_aside} SET ASIDE (see {LIST}set-aside)")
    return f"{load.queue} {', '.join(said) or '0 set aside'}"


def _disk(settings: Settings) -> str:
    for folder in (settings.state, settings.replies):
        _writable(folder)
    free = shutil.disk_usage(settings.state).free
    if free < _ENOUGH:
        raise DialogueError(f"{free // 2**20} MiB are free beside {settings.state}; make room")
    return f"{free // 2**20} MiB are free"


def _writable(folder: Path) -> None:
    secret.private_folder(folder)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            os.fsync(file.fileno())
    except OSError as error:
        raise DialogueError(
            f"cannot write in {folder}: {error.strerror}; give it to the user of the service"
        ) from error


def _secret(settings: Settings) -> str:
    secret.secret(settings)
    if settings.secret:
        return "set in the environment"
    path = settings.state / "secret"
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise DialogueError(f"others can read {path}; run: chmod 600 {path}")
    return f"kept in {path}"


def _site(settings: Settings) -> str:
    targets = Targets(settings.output)
    built = targets.site.url
    if origin_of(built) != origin_of(settings.site_url):
        raise DialogueError(
            f"the site was built for {built}, but DIALOGUE_SITE_URL is {settings.site_url}; "
            "make them the same, or every form is taken for another site's"
        )
    posts = sum(post.open for post in targets.all())
    return f"{settings.site_url}, {posts} posts can be answered"


def _mail(settings: Settings) -> str:
    if not setup.sends(settings):
        return "none is sent: DIALOGUE_MAIL_HOST or DIALOGUE_MAIL_FROM is not set"
    server = setup.server(settings)
    try:
        with Connection(server) as connection:
            connection.greet()
    except UnavailableError as error:
        raise DialogueError(
            f"{server.host}:{server.port} takes no mail from us: {error}; "
            "correct the settings that begin with DIALOGUE_MAIL_"
        ) from error
    return f"{server.host}:{server.port} takes mail"


_CHECKS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("disk", _disk),
    ("secret", _secret),
    ("database", _database),
    ("site", _site),
    ("mail", _mail),
    ("queues", _queues),
)
