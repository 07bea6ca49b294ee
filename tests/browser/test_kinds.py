"""The list of page kinds that the tests of this folder go through."""

from __future__ import annotations

from pathlib import Path

from tests.browser.sites import KINDS
from tests.conftest import ROOT

# The frame of all pages, and a page that sends its readers on at once.
NO_KINDS = {"base", "alias"}


def test_no_kind_of_page_is_forgotten(sample: Path) -> None:
    """Every template has a page in the list, and every page in the list is there."""
    templates = {path.stem for path in (ROOT / "theme/templates").glob("*.html")}
    assert {kind.partition(",")[0].partition(" ")[0] for kind in KINDS} == templates - NO_KINDS
    for url in KINDS.values():
        assert (
            sample / url.strip("/") / "index.html" if url.endswith("/") else sample / url[1:]
        ).is_file(), url
