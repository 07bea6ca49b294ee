"""The examples of CommonMark's specification, as test data that markdown-it-py's source brings.

They are not a part of this repository (they are under CC-BY-SA 4.0). ``.ci/run`` gets them, pinned
by ``tests/dialogue/corpora.txt``.
"""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from functools import cache

from tests.conftest import ROOT
from tests.needs import require

SOURCE = ROOT / ".parley" / "corpora" / "markdown_it_py-4.3.0.tar.gz"
_EXAMPLES = "markdown_it_py-4.3.0/tests/test_cmark_spec/commonmark.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its number, the Markdown, and the HTML that it becomes."""

    number: int
    section: str
    markdown: str
    html: str


@cache
def examples() -> tuple[Example, ...]:
    """All of them; the test is skipped where they are not there."""
    require(SOURCE.is_file(), "CommonMark's examples are not there: .ci/run downloads them")
    with tarfile.open(SOURCE) as files:
        found = files.extractfile(_EXAMPLES)
        assert found is not None
        read = json.loads(found.read())
    return tuple(
        Example(one["example"], one["section"], one["markdown"], one["html"]) for one in read
    )
