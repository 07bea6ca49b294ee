"""Everything from one database to another: equal in every column, once, wholly or not at all."""

from __future__ import annotations

import gzip
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, text, update

from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import change, known, migrate, newest
from dialogue.replies.tables import replies
from dialogue.tables import metadata
from dialogue.transfer.bring import from_database, from_file
from dialogue.transfer.export import export
from dialogue.transfer.merge import Merged
from dialogue.transfer.source import File
from tests.dialogue.rows_made import Contents, contents, fill

ROWS, FEW = 220, 7  # more than are in memory at a time, and less
TABLES = len(metadata.sorted_tables)


def everything(database: Database) -> Contents:
    """All rows of it."""
    return database.read(lambda at: contents(at, metadata))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A SQLite database with rows in every table."""
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('full')}/full.sqlite3")
    migrate(made)
    made.write(lambda at: fill(at, metadata, rows=ROWS))
    yield made
    made.close()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database beside the one under test."""
    made = Database(f"sqlite:///{tmp_path}/second.sqlite3")
    migrate(made)
    yield made
    made.close()


def by_file(source: Database, target: Database, folder: Path) -> Merged:
    """Bring everything over by a file."""
    path = folder / "all.jsonl.gz"
    export(source, path, "mark")
    return from_file(target, File(path))


def directly(source: Database, target: Database, _: Path) -> Merged:
    """Bring everything over without one."""
    return from_database(target, source.url.render_as_string(hide_password=False))


ways = pytest.mark.parametrize("bring", [by_file, directly])
Bring = Callable[[Database, Database, Path], Merged]


@ways
def test_everything_comes_over_and_back(
    bring: Bring, full: Database, database: Database, lite: Database, tmp_path: Path
) -> None:
    """Every table and every column is the same there, and the same again on the way back."""
    before = everything(full)
    assert before.keys() == {table.name for table in metadata.sorted_tables}
    assert all(len(rows) == ROWS for rows in before.values())
    assert bring(full, database, tmp_path) == Merged(new=TABLES * ROWS)
    assert everything(database) == before
    assert bring(database, lite, tmp_path) == Merged(new=TABLES * ROWS)
    assert everything(lite) == before == everything(full)


@ways
def test_a_second_time_changes_nothing(
    bring: Bring, full: Database, database: Database, tmp_path: Path
) -> None:
    """Rows that are there are counted; those that have changed since are left as they are."""
    bring(full, database, tmp_path)
    assert bring(full, database, tmp_path) == Merged(same=TABLES * ROWS)
    database.write(lambda at: at.execute(update(replies).values(note="since")))
    database.write(lambda at: at.execute(text("DELETE FROM outbox")))
    after = everything(database)
    merged = bring(full, database, tmp_path)
    assert merged == Merged(new=ROWS, same=(TABLES - 2) * ROWS, other=ROWS)
    assert everything(database)["replies"] == after["replies"]


def test_a_file_is_of_one_moment_and_for_its_owner(full: Database, tmp_path: Path) -> None:
    """Nobody else can read it, the same rows make the same bytes, and no draft is left."""
    for name in ("a.gz", "b.gz"):
        assert export(full, tmp_path / name, "mark") == TABLES * ROWS
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.gz").stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.gz", "b.gz"]
    assert File(tmp_path / "a.gz").mark() == "mark"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a few rows of every table."""
    folder = tmp_path_factory.mktemp("few")
    made = Database(f"sqlite:///{folder}/few.sqlite3")
    migrate(made)
    made.write(lambda at: fill(at, metadata, rows=FEW))
    export(made, folder / "good.gz", "mark")
    made.close()
    return folder / "good.gz"


@pytest.fixture
def lines(good: Path) -> list[Any]:
    """The lines of that file, as JSON."""
    return [json.loads(line) for line in gzip.decompress(good.read_bytes()).splitlines()]


def place(lines: list[Any], table: str) -> int:
    """Where the rows of a table begin, counted from 0."""
    names = [line.get("table") if isinstance(line, dict) else None for line in lines]
    return names.index(table) + 1


def refused(database: Database, folder: Path, data: bytes) -> str:
    """What is said of a file with these bytes; nothing of it is stored."""
    path = folder / "bad.jsonl"
    path.write_bytes(data)
    before = everything(database)
    with pytest.raises(DialogueError) as caught:
        from_file(database, File(path))
    assert everything(database) == before
    return str(caught.value)


def test_an_unpacked_file_is_taken(lite: Database, good: Path, tmp_path: Path) -> None:
    """Somebody may have looked into it."""
    (tmp_path / "a").write_bytes(gzip.decompress(good.read_bytes()))
    assert from_file(lite, File(tmp_path / "a")) == Merged(new=TABLES * FEW)
    assert from_file(lite, File(good)) == Merged(same=TABLES * FEW)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("text", 7, "is no text"),
        ("text", None, "is missing"),
        ("text", "\ud800", "is no well-formed Unicode"),
        ("id", "x" * 81, "is longer than 80"),
        ("id", "<b>", "is no id of a reply"),
        ("depth", "1", "is no whole number"),
        ("depth", True, "is no whole number"),
        ("depth", 2**31, "is too large a number"),
        ("by_author", 1, "is neither true nor false"),
        ("created", "yesterday", "is no time"),
        ("created", 1, "is no time"),
        ("created", "2026-01-01T00:00:00", "has no time zone"),
        ("created", "0001-01-01T00:00:00+05:00", "is no time"),
        ("state", "published", "published"),
        ("kind", "<script>", "unknown kind"),
        ("reasons", "{", ""),
    ],
)
def test_a_wrong_value_is_named_by_its_line(
    lite: Database, lines: list[Any], tmp_path: Path, column: str, value: object, said: str
) -> None:
    """The file, the line, the column, and nothing of the file is stored."""
    at = place(lines, "replies")
    lines[at + 3][lines[at - 1]["columns"].index(column)] = value
    data = "\n".join(map(json.dumps, lines)).encode()
    message = refused(lite, tmp_path, data)
    assert message.startswith(f"{tmp_path}/bad.jsonl:{at + 4}: replies")
    assert said in message
    assert message.endswith("; export again")


def _without(lines: list[Any], table: str) -> list[Any]:
    at = place(lines, table) - 1
    return lines[:at] + lines[at + 1 + FEW :]


DAMAGE: dict[str, tuple[Callable[[list[Any]], list[Any]], str]] = {
    "cut": (lambda lines: lines[:-1], "ends too early"),
    "row": (lambda lines: [*lines[:5], *lines[6:]], "rows missing"),
    "twice": (lambda lines: [*lines[:5], lines[4], *lines[5:]], "too many"),
    "table": (lambda lines: _without(lines, "outbox"), "rows missing"),
    "after": (lambda lines: [*lines, []], "after the end"),
    "unknown": (lambda lines: [lines[0], {"table": "x", "columns": []}], "neither a table"),
    "headless": (lambda lines: [lines[0], lines[2]], "neither a table"),
    "short": (lambda lines: [*lines[:3], lines[3][1:]], "values, not"),
    "columns": (
        lambda lines: [lines[0], {**lines[1], "columns": ["id"]}],
        "its columns have to be",
    ),
    "format": (lambda lines: [{**lines[0], "format": "x/1"}], "this is no parley-dialogue/1"),
    "list": (lambda lines: lines[1:], "this is no parley-dialogue/1"),
    "schema": (lambda lines: [{**lines[0], "schema": "9999"}], "it is 9999, and here"),
    "empty": (lambda _: [], "this is no parley-dialogue/1"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_refused(
    lite: Database, lines: list[Any], tmp_path: Path, damage: str
) -> None:
    """Whatever is missing or too much, nothing is stored, and the line is named."""
    change_it, said = DAMAGE[damage]
    lines = change_it(lines)
    message = refused(lite, tmp_path, "\n".join(map(json.dumps, lines)).encode())
    assert message.startswith(f"{tmp_path}/bad.jsonl:")
    assert said in message


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8b",
        b"\x1f\x8b" + b"x" * 100,
        b"PK\x03\x04",
        b"{",
        b"[" * 100_000,
        b'{"format": NaN}',
        b"\xff\xfe",
        b"9" * 10_000,
        b"SQLite format 3\x00",
    ],
    ids=["begun", "gzip", "zip", "open", "deep", "nan", "utf-16", "digits", "sqlite"],
)
def test_what_is_no_export_is_refused(lite: Database, tmp_path: Path, data: bytes) -> None:
    """Other files, and what makes parsers stumble."""
    assert f"{tmp_path}/bad.jsonl:1: " in refused(lite, tmp_path, data)


@pytest.mark.parametrize("part", [0.3, 0.999])
def test_a_cut_file_is_refused(lite: Database, good: Path, tmp_path: Path, part: float) -> None:
    """A copy that was not finished is not taken for the whole."""
    data = good.read_bytes()
    assert "not complete" in refused(lite, tmp_path, data[: int(len(data) * part)])


def test_a_row_that_refers_to_nothing_is_refused(
    lite: Database, lines: list[Any], tmp_path: Path
) -> None:
    """It is named, and nothing is stored."""
    at = place(lines, "replies")
    lines[at + 3][lines[at - 1]["columns"].index("parent")] = "nobody"
    message = refused(lite, tmp_path, "\n".join(map(json.dumps, lines)).encode())
    assert "refers to 'nobody', which is not there" in message


def test_a_file_that_is_not_there_is_named(database: Database, tmp_path: Path) -> None:
    """With what the system says of it."""
    with pytest.raises(DialogueError, match=r"x\.gz cannot be read: No such file"):
        from_file(database, File(tmp_path / "x.gz"))


def test_other_databases_are_looked_at_first(
    database: Database, lite: Database, tmp_path: Path
) -> None:
    """Not there, the same one, an older schema: each says so, and no file is made."""
    with pytest.raises(DialogueError, match="there is no such file"):
        from_database(database, f"sqlite:///{tmp_path}/gone.sqlite3")
    assert not (tmp_path / "gone.sqlite3").exists()
    with pytest.raises(DialogueError, match="names already"):
        from_database(database, database.url.render_as_string(hide_password=False))
    change(lite, known()[-2])
    with pytest.raises(DialogueError, match=rf"it is {known()[-2]}, and here it is {newest()}"):
        from_database(database, str(lite.url))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@ways
def test_what_postgresql_cannot_hold_is_counted(
    bring: Bring, database: Database, lite: Database, tmp_path: Path
) -> None:
    """A text with NUL comes over with U+FFFD in its place, which is said; the second time, too."""
    lite.write(lambda at: fill(at, metadata, rows=FEW))
    lite.write(lambda at: at.execute(update(replies).values(text="a\0b")))
    assert bring(lite, database, tmp_path) == Merged(new=TABLES * FEW, mended=FEW)
    texts = database.read(lambda at: set(at.execute(select(replies.c.text)).scalars()))
    assert texts == {"a\ufffdb"}
    assert bring(lite, database, tmp_path) == Merged(same=TABLES * FEW, mended=FEW)


def test_references_are_checked_as_before_afterwards(
    full: Database, database: Database, tmp_path: Path
) -> None:
    """An import leaves the constraints of the database as they were."""
    by_file(full, database, tmp_path)

    def orphan(connection: Connection) -> None:
        connection.execute(delete(replies).where(replies.c.parent.is_(None)))

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        database.write(orphan)
    with closing(Database(database.url)) as again:
        assert everything(again) == everything(full)
