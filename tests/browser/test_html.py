"""Every page is HTML without an error, by the checker of the W3C."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.needs import program, require

CHECKER = Path(__file__).parent / "checkers/node_modules/vnu-jar/build/dist/vnu.jar"
# What browsers know and the checker's CSS parser does not, yet: CSS View Transitions, 1 and 2.
UNKNOWN = (
    "CSS: Unrecognized at-rule “@view-transition”",
    "CSS: “view-transition-name”: Property “view-transition-name” doesn't exist.",
)


def errors(folder: Path) -> list[str]:
    """What is wrong in the HTML files below a folder, a line for each error."""
    java = program("java")
    require(CHECKER.is_file(), "the Nu HTML checker is not installed")
    command = [java, "-jar", str(CHECKER), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{one['url'].partition(str(folder))[2]}:{one.get('lastLine')}: {one['message']}"
        for one in messages
        if one["type"] != "info" and one["message"] not in UNKNOWN
    ]


@pytest.mark.parametrize("site", ["sample", "generated"])
def test_every_page_is_valid(site: str, request: pytest.FixtureRequest) -> None:
    """Of the sample site and of a generated one."""
    assert errors(request.getfixturevalue(site)) == []


def test_the_checker_finds_errors(tmp_path: Path) -> None:
    """Or the test above would say nothing."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8"
    )
    assert errors(tmp_path)
