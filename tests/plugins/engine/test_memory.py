"""What a build leaves for the next one, row by row, and what that makes of lost rows."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.build.pool import WorkerPool
from plugins.engine.made import Made
from plugins.engine.memory import Memory, keep, recall
from plugins.fastbuild.store import Store

# A name in no encoding, as another system may have given it, and an inode above all signed numbers.
ODD = "caf\udce9.png"
STAMP = (5, -1, 7, 2**64 - 1)
PAGE = Made(
    (("inputs", "a b=c"), ("template", "")), (("x/index.html", STAMP), ("x/a.br", None)), "x.md"
)
WHOLE = Memory(
    {("content", ODD): (STAMP, b"digest"), ("theme", ""): (None, b"")},
    {"page x": PAGE, f"file {ODD}": Made((), ((ODD, STAMP),)), "task none": Made((), ())},
    checked="checked",
    quoted=frozenset({"x.md"}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a cache that has all of it."""
    path = tmp_path / "cache.sqlite"
    with Store(path, "version") as store:
        keep(WHOLE, Memory(), store)
    return path


def test_it_comes_back_as_it_was(path: Path) -> None:
    """Names in no encoding, numbers that have no sign, files in their order."""
    with Store(path, "version") as store:
        assert recall(store) == WHOLE


def test_what_changed_is_written_down(path: Path) -> None:
    """A unit with other files, one that is gone, a path that goes from one unit to another."""
    other = replace(
        WHOLE,
        seen={("theme", ""): (None, b"new")},
        made={"page x": replace(PAGE, files=((ODD, STAMP),)), "task new": Made((), ())},
        checked="",
    )
    with Store(path, "version") as store:
        keep(other, recall(store), store)
    with Store(path, "version") as store:
        assert recall(store) == other


@pytest.mark.parametrize("table", ["source", "unit", "output"])
def test_a_row_that_is_lost_makes_all_of_it_unknown(path: Path, table: str) -> None:
    """Then everything is made again, and written down as a whole."""
    with Store(path, "version") as store:
        row = next(store.rows(f"SELECT * FROM {table}"))
        name = {"source": "path", "unit": "name", "output": "path"}[table]
        place = 1 if table == "source" else 0
        store.write(f"DELETE FROM {table} WHERE {name} = ?", [(row[place],)])
        store.commit()
        assert recall(store) == Memory()
        keep(WHOLE, Memory(), store)
        assert recall(store) == WHOLE


def test_workers_read_while_the_build_writes(path: Path) -> None:
    """What was there before, by forks that do not close what they have of their parent."""
    with Store(path, "version") as store, WorkerPool(2) as pool:
        store.put("texts", [("a.md", b"text")])
        store.commit()
        store.put("pages", [("a.md", b"not yet")])

        def read(batch: object) -> tuple[int, bytes | None, bytes | None]:
            return os.getpid(), store.get("texts", "a.md"), store.get("pages", "a.md")

        found = [one for _, one in pool.in_batches(read, range(8), 1)]
        store.put("pages", [("b.md", b"more")])
        store.commit()
        assert {one[1:] for one in found} == {(b"text", None)}
        assert os.getpid() not in {one[0] for one in found}
        assert (store.get("pages", "a.md"), store.get("pages", "b.md")) == (b"not yet", b"more")
