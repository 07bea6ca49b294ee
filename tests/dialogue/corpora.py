"""Public collections of hostile text: what bleach is tested with, and the big list of naughty strings.

Neither is a part of this repository. ``.ci/run`` gets both, pinned: bleach's source distribution
(Apache-2.0) by ``corpora.txt``, npm's ``blns`` (MIT) with the checkers of pages.
"""

from __future__ import annotations

import ast
import json
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT
from tests.dialogue.hostile import PAYLOADS
from tests.needs import require

BLNS = ROOT / "tests/browser/checkers/node_modules/blns/resources/blns.json"
BLEACH = ROOT / ".parley" / "corpora" / "bleach-6.3.0.tar.gz"
# Its tests that hold markup as literals; the files beside them are attacks and what is made of them.
_WITH_LITERALS = ("test_clean.py", "test_css.py", "test_linkify.py", "test_html5lib_shim.py")


@cache
def corpus() -> tuple[str, ...]:
    """Every text of the collections and of our own, each once; the test is skipped without them."""
    require(BLNS.is_file(), "blns is not installed: run `npm ci` in tests/browser/checkers")
    require(BLEACH.is_file(), "bleach's test data is not there: .ci/run downloads it")
    found = dict.fromkeys((*PAYLOADS, *_naughty(), *_bleach()))
    return tuple(text for text in found if text.strip())


def _naughty() -> Iterator[str]:
    yield from json.loads(BLNS.read_text(encoding="utf-8"))


def _bleach() -> Iterator[str]:
    with tarfile.open(BLEACH) as files:
        for member in files.getmembers():
            path, inside = Path(member.name), files.extractfile(member)
            if inside is None or "tests" not in path.parts:
                continue
            if path.suffix == ".test":
                yield inside.read().decode("utf-8").partition("\n--\n")[0]
            elif path.name in _WITH_LITERALS:
                yield from _literals(inside.read())


def _literals(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value:
            yield node.value
