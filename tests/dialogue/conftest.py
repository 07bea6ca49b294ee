"""What the tests of the service share: a fresh database of each kind, a site, an application."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dialogue.database import Database
from dialogue.migrate import migrate
from dialogue.replies.store import Store
from dialogue.services import Services, services
from dialogue.settings import Settings
from tests.dialogue import postgresql
from tests.dialogue.sites import write_targets


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[postgresql.Databases]:
    """Migrated PostgreSQL databases to take and to give back."""
    with postgresql.server() as server:
        yield postgresql.Databases(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database; every test that uses it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "dialogue.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    databases: postgresql.Databases = request.getfixturevalue("postgresql_databases")
    url = databases.take()
    yield url
    databases.give_back(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@dataclass
class Published:
    """A publisher that remembers what it was told."""

    targets: list[str] = field(default_factory=list)

    def notify(self, target: str) -> None:
        """Remember it."""
        self.targets.append(target)


@pytest.fixture
def published() -> Published:
    """The publisher of the store and the application under test."""
    return Published()


@pytest.fixture
def store(database: Database, published: Published) -> Store:
    """A store on a fresh database."""
    return Store(database, published)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a service beside a small site, with a fresh database."""
    output = tmp_path / "output"
    write_targets(output)
    return Settings(
        database_url=database_url,
        site_url="https://blog.example",
        output=output,
        replies=tmp_path / "replies",
        state=tmp_path / "state",
        secret="a secret of the tests, long enough to be one",
        least_seconds=0,
    )


@pytest.fixture
def make_services(settings: Settings, published: Published) -> Iterator[Callable[..., Services]]:
    """Makes the services for the settings with some of them changed."""
    made: list[Services] = []

    def make(**changes: object) -> Services:
        made.append(services(replace(settings, **changes), published))  # type: ignore[arg-type] # names and values are checked by the class
        return made[-1]

    yield make
    for each in made:
        each.database.close()


@pytest.fixture(autouse=True)
def whole_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of the log is seen: Pelican, where other tests loaded it, leaves out repeated ones."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith(("dialogue", "thread")) and isinstance(logger, logging.Logger):
            monkeypatch.setattr(logger, "filters", [])
