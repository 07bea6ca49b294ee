"""Each reply of an export is judged alone: stored as it is, or left out with the reason, and counted."""

from __future__ import annotations

import argparse
import contextlib
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from dialogue import moments
from dialogue.commands import bring as command
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.importing import disqus, isso, wordpress
from dialogue.importing.bring import bring
from dialogue.importing.found import Found, Refused
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished
from dialogue.settings import Settings
from tests.conftest import ROOT
from tests.dialogue.importing.test_bring import DISQUS, WXR, isso_file
from tests.dialogue.sites import POSTS

GOOD = "2019-05-01 10:00:00"
NAMES = ("id", "author", "author_email", "author_url", "date_gmt", "date", "content", "parent")


def wxr(path: Path, *comments: dict[str, str]) -> Path:
    """An export of WordPress with these comments on one post, good but for what they say."""
    usual = {"author": "Ada", "date_gmt": GOOD, "content": "Words", "parent": "0"}
    rows = []
    for number, comment in enumerate(comments, 1):
        fields = {"id": str(number), **usual, **comment}
        inner = "".join(
            f"<wp:comment_{name}>{escape(fields[name])}</wp:comment_{name}>"
            for name in NAMES
            if name in fields
        )
        rows.append(f"<wp:comment>{inner}<wp:comment_approved>1</wp:comment_approved></wp:comment>")
    path.write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>'
        f"<link>https://x/tea/</link>{''.join(rows)}</item></channel></rss>",
        encoding="utf-8",
    )
    return path


def only(path: Path) -> Found | Refused:
    """What becomes of the one comment in an export of WordPress."""
    (one,) = wordpress.read(path)
    return one


@pytest.mark.parametrize(
    "date",
    ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "0000-00-00 00:00:00", "1969-12-31 23:59:59",
     "2019-02-30 10:00:00", "2019-05-01T10:00:00+99:00", "soon", "9" * 5000, "", "\u0662\u0660\u0661\u0669-\u0660\u0665-\u0660\u0661"],
)  # fmt: skip
def test_a_date_at_which_nobody_wrote_it_is_refused(tmp_path: Path, date: str) -> None:
    """Out of range, no date at all, or none given."""
    refused = only(wxr(tmp_path / "x.xml", {"date_gmt": date}))
    assert isinstance(refused, Refused)
    assert (refused.key, refused.field, refused.by_rule) == ("1", "date", False)


def test_tomorrow_is_the_latest_date(tmp_path: Path) -> None:
    """Clocks differ and so do zones; a day more does not."""
    now = moments.now()
    soon, later = (f"{now + timedelta(hours=hours):%Y-%m-%d %H:%M:%S}" for hours in (23, 25))
    assert isinstance(only(wxr(tmp_path / "a.xml", {"date_gmt": soon})), Found)
    assert isinstance(only(wxr(tmp_path / "b.xml", {"date_gmt": later})), Refused)


@pytest.mark.parametrize("zero", ["0000-00-00 00:00:00", "", "0001-01-01 00:00:00"])
def test_the_second_date_counts_where_the_first_is_none(tmp_path: Path, zero: str) -> None:
    """Old versions of WordPress left the date in UTC at zero."""
    found = only(wxr(tmp_path / "x.xml", {"date_gmt": zero, "date": GOOD}))
    assert isinstance(found, Found)
    assert found.date == datetime(2019, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("comment", "field", "why"),
    [
        ({"content": "<div>" * 200_000}, "text", "is longer than 100,000 characters"),
        ({"content": "x" * 1_000_000}, "text", "is longer"),
        ({"content": "<blockquote>" * 6_000 + "x"}, "text", "24 levels"),
        ({"content": "<ul><li>" * 20 + "x"}, "text", "24 levels"),
        ({"content": "<i></i>" * 6_000 + "x"}, "text", "5,000 elements"),
        ({"content": "<img src=x>"}, "text", "no words"),
        ({"content": ""}, "text", "no words"),
        ({"author": "A" * 1_001}, "author", "is longer"),
        ({"author_email": "a@" + "." * 20_000}, "email", "is longer"),
        ({"author_url": "https://x.example/" + "a" * 2_000}, "url", "is longer"),
        ({"id": ""}, "id", "is missing"),
        ({"id": "9" * 201}, "id", "is longer"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_too_large_is_refused_by_name(
    tmp_path: Path, comment: dict[str, str], field: str, why: str
) -> None:
    """Nothing is cut in silence, and no size costs more than its length."""
    refused = only(wxr(tmp_path / "x.xml", comment))
    assert isinstance(refused, Refused)
    assert refused.field == field
    assert why in refused.why


def test_what_is_harmless_is_made_so(tmp_path: Path) -> None:
    """Markup in a name stays text, other schemes are no address, what is no mailbox is none."""
    found = only(
        wxr(
            tmp_path / "x.xml",
            {
                "author": "<b>Ada</b> \u202eLovelace",
                "author_url": "javascript:alert(1)",
                "author_email": "a@" + "." * 200,
                "content": "e\u0301 <script>alert(1)</script>ok",
            },
        )
    )
    assert isinstance(found, Found)
    assert (found.author, found.url, found.email) == ("<b>Ada</b> Lovelace", "", "")
    assert found.html == "<p>é ok</p>"


def test_what_is_left_open_stays_small(tmp_path: Path) -> None:
    """Emphasis that is never closed would be opened again in every paragraph that follows."""
    text = "".join(f"<p><em a={number}>x</p>" for number in range(2_000))
    found = only(wxr(tmp_path / "x.xml", {"content": text}))
    assert isinstance(found, Found)
    assert len(found.html) < 2 * len(text)


def test_rows_of_isso_of_every_type(tmp_path: Path) -> None:
    """SQLite keeps any type in any column: NULL, texts and bytes are read or refused, one by one."""
    path = isso_file(tmp_path / "isso.db")
    created = (
        None,
        "soon",
        "1556704800",
        "2019-05-01T10:00:00",
        1e300,
        -1e300,
        b"\xff",
        253402300799,
    )
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE comments")
        database.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, modified, mode,"
            " remote_addr, text, author, email, website)"
        )
        said = "INSERT INTO comments VALUES (?, ?, NULL, ?, NULL, 1, '', ?, ?, NULL, NULL)"
        rows: list[tuple[object, ...]] = [
            (1, number, at, "Words", "Ada") for number, at in enumerate(created, 1)
        ]
        rows += [
            (1, 20, 1556704800, "x" * 3_000_000, "Ada"),
            (1, 21, 1556704800, b"\xff\xfe words", 5),
            (99, 22, 1556704800, "of no thread", "Ada"),
            (1, 23, 1556704800, "> " * 3_000 + "deep", "Ada"),
        ]
        database.executemany(said, rows)
        database.commit()
    found = list(isso.read(path))
    taken = [one for one in found if isinstance(one, Found)]
    refused = {one.key: one.field for one in found if isinstance(one, Refused)}
    assert [one.key for one in taken] == ["3", "4", "21", "22"]
    assert {one.date for one in taken} == {datetime(2019, 5, 1, 10, tzinfo=UTC)}
    assert refused == {**dict.fromkeys("125678", "date"), "20": "text", "23": "text"}
    assert len(found) == len(rows)


def test_the_command_names_what_it_left_out(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sum adds up, each refusal has its line, and doing it again says so."""
    comments: tuple[dict[str, str], ...] = (
        {},
        {"date_gmt": "9999-12-31 23:59:59"},
        {"content": "<div>" * 50_000},
        {"parent": "2"},
    )
    path = wxr(tmp_path / "old.xml", *comments)
    parser = argparse.ArgumentParser()
    command.options(parser)
    options = parser.parse_args(["wordpress", str(path)])
    assert command.run(options, settings) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "4 found = 2 imported + 0 were there already + 2 left out"
    assert said[1].startswith(f"{path}: comment 2: date: 9999-12-31")
    assert said[2] == f"{path}: comment 3: text: is longer than 100,000 characters"
    assert command.run(options, settings) == 0
    again = capsys.readouterr().out.splitlines()
    assert again[0] == "4 found = 0 imported + 2 were there already + 2 left out"


def test_the_store_itself_refuses_what_could_not_be_shown(database: Database) -> None:
    """Whoever brings it: a reader that judges nothing stores nothing of the kind."""
    store = Store(database, Unpublished())
    good = Found("1", "", "/tea/", "Ada", "", "", moments.now(), "x", "<p>x</p>", True)
    deep = "<blockquote>" * 6_000 + "x" + "</blockquote>" * 6_000
    bad = [
        Found("2", "", "/tea/", "Ada", "", "", datetime(1, 1, 1, tzinfo=UTC), "x", "x", True),
        Found("3", "", "/tea/", "Ada", "", "", datetime(9999, 12, 31, tzinfo=UTC), "x", "x", True),
        Found("4", "", "/tea/", "Ada", "", "", moments.now(), "x", deep, True),
        Found("5", "", "/tea/", "Ada", "", "", moments.now(), "x" * 200_000, "x", True),
    ]
    brought = bring(store, POSTS, [good, *bad], "tests")
    assert brought.fresh == 1
    assert sorted(one.field for one in brought.refused) == ["date", "date", "text", "text"]
    nul = Found("6", "", "/tea/", "A\0da", "", "", moments.now(), "\ud800x", "<p>\0x</p>", False)
    assert bring(store, POSTS, [nul], "tests").fresh == 1
    (held,) = store.listed(State.HELD)
    assert (held.author, held.text, held.html) == ("Ada", "x", "<p>x</p>")


@pytest.mark.parametrize(
    ("name", "whole", "read"),
    [("x.xml", WXR, wordpress.read), ("x.xml", DISQUS, disqus.read), ("x.db", None, isso.read)],
    ids=["wordpress", "disqus", "isso"],
)
def test_a_garbled_file_ends_with_a_message(
    tmp_path: Path, name: str, whole: str | None, read: Callable[[Path], Iterator[object]]
) -> None:
    """Cut off or with bytes changed anywhere: read, or refused as a whole; never another error."""
    path = tmp_path / name
    data = whole.encode() if whole else isso_file(path).read_bytes()
    chance = random.Random(1)
    for _ in range(150):
        garbled = bytearray(data[: chance.randrange(1, len(data) + 1)])
        for _ in range(chance.randrange(20)):
            garbled[chance.randrange(len(garbled))] = chance.randrange(256)
        path.write_bytes(garbled)
        with contextlib.suppress(DialogueError):
            list(read(path))


BIG = """
import resource, sys
from pathlib import Path
from dialogue.importing import wordpress
count = sum(1 for _ in wordpress.read(Path(sys.argv[1])))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _write_big(path: Path, megabytes: int) -> int:
    """An export of that size: articles, and comments of 1 KB; returns how many comments."""
    article = f"<content>{'word ' * 20_000}</content>"
    with path.open("w") as file:
        file.write('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>')
        count = 0
        while file.tell() < megabytes * 1_000_000:
            file.write(f"<item><link>https://x/tea/</link>{article}")
            for _ in range(20):
                count += 1
                file.write(
                    f"<wp:comment><wp:comment_id>{count}</wp:comment_id>"
                    f"<wp:comment_date_gmt>{GOOD}</wp:comment_date_gmt>"
                    f"<wp:comment_content>{'word ' * 200}</wp:comment_content></wp:comment>"
                )
            file.write("</item>")
        file.write("</channel></rss>")
    return count


@pytest.mark.parametrize("megabytes", [30, pytest.param(1_000, marks=pytest.mark.deep)])
def test_a_large_file_is_read_piece_by_piece(tmp_path: Path, megabytes: int) -> None:
    """The memory it takes does not grow with it."""
    path = tmp_path / "big.xml"
    _write_big(path, 3)
    _, small = _read_apart(path)
    count = _write_big(path, megabytes)
    found, large = _read_apart(path)
    assert found == count
    assert large - small < 20_000


def _read_apart(path: Path) -> tuple[int, int]:
    """How many comments a process of its own finds in the file, and the kilobytes it takes."""
    command = [sys.executable, "-c", BIG, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found, kilobytes = map(int, done.stdout.split())
    return found, kilobytes


def test_more_than_fits_is_refused(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replies wait in memory to be sorted, so their sum is bounded; then nothing is stored."""
    monkeypatch.setattr("dialogue.importing.bring._MOST", 2_500)
    path = wxr(tmp_path / "x.xml", {}, {}, {})
    store = Store(database, Unpublished())
    with pytest.raises(DialogueError, match="split the file"):
        bring(store, POSTS, wordpress.read(path), "wordpress")
    assert store.counts() == {}
