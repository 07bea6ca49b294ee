"""Exports of other systems, friendly and hostile, into the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.importing import disqus, isso, wordpress
from dialogue.importing.bring import Brought, bring
from dialogue.importing.found import Found, Refused
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished
from tests.dialogue.sites import POSTS
from tests.theme.samples import HOSTILE

Reader = Callable[[Path], Iterator[Found | Refused]]
EVIL = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")

WXR = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><link>https://old.example.org/tea/</link>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Ada]]></wp:comment_author>
<wp:comment_author_email>ada@example.org</wp:comment_author_email>
<wp:comment_author_url>https://ada.example/</wp:comment_author_url>
<wp:comment_date_gmt>2019-05-01 10:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[First line.
Second <b>line</b>.

New paragraph.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>{EVIL}</wp:comment_author>
<wp:comment_author_url>javascript:alert(1)</wp:comment_author_url>
<wp:comment_date_gmt>2019-05-02 10:00:00</wp:comment_date_gmt>
<wp:comment_content>Answer {EVIL}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type></wp:comment_type><wp:comment_parent>1</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author>Later</wp:comment_author>
<wp:comment_date_gmt>2019-05-03 10:00:00</wp:comment_date_gmt>
<wp:comment_content>Wait</wp:comment_content><wp:comment_approved>0</wp:comment_approved>
<wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>4</wp:comment_id><wp:comment_date_gmt>2019-05-03 10:00:00</wp:comment_date_gmt>
<wp:comment_content>buy</wp:comment_content><wp:comment_approved>spam</wp:comment_approved></wp:comment>
<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_date_gmt>2019-05-03 10:00:00</wp:comment_date_gmt>
<wp:comment_type>pingback</wp:comment_type><wp:comment_approved>1</wp:comment_approved></wp:comment>
</item>
<item><link>https://old.example.org/gone/</link>
<wp:comment><wp:comment_id>6</wp:comment_id><wp:comment_author>Bob</wp:comment_author>
<wp:comment_date_gmt>2019-05-03 10:00:00</wp:comment_date_gmt>
<wp:comment_content>Where?</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
</item></channel></rss>"""

DISQUS = f"""<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="10"><id/><link>https://old.example.org/tea/index.html?x=1</link></thread>
<post dsq:id="1"><message><![CDATA[<p>First line.<br>Second <b>line</b>.</p>]]></message>
<createdAt>2019-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ada</name><email>ada@example.org</email></author><thread dsq:id="10"/></post>
<post dsq:id="2"><message>Answer {EVIL}</message><createdAt>2019-05-02T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>{EVIL}</name></author>
<thread dsq:id="10"/><parent dsq:id="1"/></post>
<post dsq:id="3"><message>gone</message><createdAt>2019-05-02T10:00:00Z</createdAt>
<isDeleted>true</isDeleted><isSpam>false</isSpam><thread dsq:id="10"/></post>
</disqus>"""


def isso_file(path: Path) -> Path:
    """A database as Isso 0.13 makes it."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR);"
            "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY,"
            " parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER,"
            " remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR);"
            "INSERT INTO threads VALUES (1, '/tea/', 'Tea');"
        )
        said = "INSERT INTO comments VALUES (1, ?, ?, ?, NULL, ?, '', ?, ?, ?, ?)"
        rows = [
            (1, None, 1556704800.0, 1, "First line.\nSecond **line**.", "Ada", "ada@example.org", "https://ada.example/"),
            (2, 1, 1556791200.5, 1, f"Answer {HOSTILE}", HOSTILE, None, "javascript:alert(1)"),
            (3, None, 1556791201.0, 2, "Wait", None, None, None),
            (4, None, 1556791202.0, 4, "", None, None, None),
        ]  # fmt: skip
        database.executemany(said, rows)
        database.commit()
    return path


@pytest.fixture
def exports(tmp_path: Path) -> dict[str, tuple[Reader, Path]]:
    """A file of each system with the same conversation."""
    (tmp_path / "wxr.xml").write_text(WXR, encoding="utf-8")
    (tmp_path / "disqus.xml").write_text(DISQUS, encoding="utf-8")
    return {
        "wordpress": (wordpress.read, tmp_path / "wxr.xml"),
        "disqus": (disqus.read, tmp_path / "disqus.xml"),
        "isso": (isso.read, isso_file(tmp_path / "isso.db")),
    }


@pytest.mark.parametrize("system", ["wordpress", "disqus", "isso"])
def test_a_conversation_comes_over_once(
    system: str, exports: dict[str, tuple[Reader, Path]], database: Database
) -> None:
    """With names, dates and who answers whom; doing it again adds nothing."""
    read, path = exports[system]
    store = Store(database, Unpublished())
    brought = bring(store, POSTS, read(path), system)
    first, answer = store.approved("tea")
    assert (first.author, answer.parent) == ("Ada", first.id)
    assert first.date.isoformat() == "2019-05-01T10:00:00+00:00"
    assert "Second" in first.html
    assert "<br" in first.html
    for sign in ("<script", "<img", "onerror=alert(1)>", "javascript:"):
        assert sign not in answer.html
        assert sign not in answer.url
    held = [one.text for one in store.listed(State.HELD)]
    assert held == ([] if system == "disqus" else ["Wait"])
    again = bring(store, POSTS, read(path), system)
    assert (again.fresh, again.known) == (0, brought.fresh)
    assert len(store.approved("tea")) == 2


def test_replies_to_posts_that_are_not_there_are_counted(
    exports: dict[str, tuple[Reader, Path]], database: Database
) -> None:
    """By their address, so that the post can be given it as an alias; what is none is counted, too."""
    read, path = exports["wordpress"]
    brought = bring(Store(database, Unpublished()), POSTS, read(path), "wordpress")
    left_out = (
        Refused("4", "status", "is spam or was deleted there", by_rule=True),
        Refused("5", "type", "is no reply but a trackback or pingback", by_rule=True),
    )
    assert brought == Brought(3, 0, {"https://old.example.org/gone/": 1}, left_out)
    assert (brought.found, brought.left_out) == (6, 3)


@pytest.mark.parametrize("read", [wordpress.read, disqus.read], ids=["wordpress", "disqus"])
@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><rss>&c;</rss>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>',
        "<rss>",
        "",
    ],
)
def test_xml_that_is_a_trap_is_refused(tmp_path: Path, read: Reader, data: str) -> None:
    """Entities that grow or read files, and what is no XML at all."""
    path = tmp_path / "x.xml"
    path.write_text(data)
    with pytest.raises(DialogueError, match=r"x\.xml (?:is no XML|has a document type)"):
        list(read(path))


def test_a_file_that_is_no_database_of_isso_is_refused(tmp_path: Path) -> None:
    """Another database, or no database; and nothing is written beside it."""
    (tmp_path / "x.db").write_text("no database, and long enough to be looked at as one" * 20)
    sqlite3.connect(tmp_path / "y.db").close()
    for name in ("x.db", "y.db", "z.db"):
        with pytest.raises(DialogueError, match="no database of Isso"):
            list(isso.read(tmp_path / name))
    assert not (tmp_path / "z.db").exists()
