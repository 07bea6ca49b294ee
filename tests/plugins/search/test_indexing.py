"""Running Pagefind."""

from __future__ import annotations

from pathlib import Path

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


@pytest.mark.parametrize("program", ["/does/not/exist", "/bin/false"])
def test_a_failure_stops_the_build(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """It is not passed over, and says what can be done."""
    monkeypatch.setattr(indexing, "get_executable", lambda: Path(program))
    with pytest.raises(SiteError, match=r"PAGES\.search: Pagefind made no search index"):
        list(indexing.build_index(RECORDS, "en"))
