"""Running Pagefind."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plugins.errors import SiteError
from plugins.search import indexing
from plugins.search.records import Record

RECORDS = [Record("a/index.html", "<html><body data-pagefind-body><h1>A</h1>Text</body></html>")]


def test_only_what_is_used_is_published() -> None:
    """The engine, its index and its helpers; none of the interfaces that Pagefind adds."""
    names = {path for path, _ in indexing.build_index(RECORDS, "en-GB")}
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"} <= names
    assert not [name for name in names if "-ui" in name or "highlight" in name]


def test_a_further_index_comes_without_the_engine() -> None:
    """The engine of the first index reads it, so its script and programs are there once."""
    names = {
        path.partition("/")[0] for path, _ in indexing.build_index(RECORDS, "en", engine=False)
    }
    [meta] = [name for name in names if name.endswith(".pf_meta")]
    assert names == {"pagefind-entry.json", "fragment", "index", meta}


@pytest.mark.parametrize("program", ["/does/not/exist", "/bin/false"])
def test_a_failure_stops_the_build(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """It is not passed over, and says what can be done."""
    monkeypatch.setattr(indexing, "get_executable", lambda: Path(program))
    with pytest.raises(SiteError, match=r"PAGES\.search: Pagefind made no search index"):
        list(indexing.build_index(RECORDS, "en"))


@pytest.mark.parametrize(
    "names", [["{}/index.html"], ["{}/index.html", "{}.htm"], ["{}/index.html", "v1/{}"]]
)
def test_every_post_is_read_and_no_folder(
    monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    """Whatever permalinks call their files; a folder would cost a third of a second each."""
    said: list[str] = []

    def run(*args: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(*args, **options)  # noqa: PLW1510  # as it was asked for
        said.append(done.stderr)
        return done

    records = [Record(name.format(number), RECORDS[0].html) for name in names for number in "123"]
    monkeypatch.setattr(indexing, "subprocess", SimpleNamespace(**vars(subprocess) | {"run": run}))
    files = dict(indexing.build_index(records, "en"))
    found = json.loads(files["pagefind-entry.json"])
    assert found["languages"]["en"]["page_count"] == len(records)
    assert len(said) == 1
    assert "v1/{}" in names or said == [""]


def test_another_way_to_merge_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that does not say which words a result has would find too much."""
    monkeypatch.setattr(indexing, "_MERGED", b"as no version does it")
    with pytest.raises(SiteError, match="merges indexes in another way"):
        list(indexing.build_index(RECORDS, "en"))
