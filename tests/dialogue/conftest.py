"""What the tests of the service share: a fresh database of each kind, a site, an application."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

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
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server with a migrated database ``parley_template`` to copy from."""
    with postgresql.server() as url:
        _statement(url, "DROP DATABASE IF EXISTS parley_template")
        _statement(url, "CREATE DATABASE parley_template")
        database = Database(postgresql.with_database(url, "parley_template"))
        migrate(database)
        database.close()
        yield url


_NUMBERS = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database; every test that uses it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "dialogue.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"parley_test_{next(_NUMBERS)}"
    _statement(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _statement(server, f"CREATE DATABASE {name} TEMPLATE parley_template")
    yield postgresql.with_database(server, name)
    _statement(server, f"DROP DATABASE {name} WITH (FORCE)")


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

    def publish(self, target: str) -> None:
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


def _statement(url: str, statement: str) -> None:
    engine = create_engine(postgresql.with_database(url, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
