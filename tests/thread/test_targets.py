"""targets.json: the service reads what the build wrote, and is not led out of the folder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.thread.examples import OWN_SITE, SITE, TARGET
from thread import targets
from thread.errors import FileError
from thread.targets import Targets

CLOSES = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
FULL = replace(OWN_SITE, zone="Europe/London", hub="https://hub.example/", depth=2)
FOUND = Targets(
    FULL,
    (TARGET, replace(TARGET, id="größe", open=False, authors=(), closes=CLOSES, entry="tag:x")),
)


@pytest.mark.parametrize("found", [FOUND, Targets(SITE, ())])
def test_what_is_written_is_read_again(tmp_path: Path, found: Targets) -> None:
    """The site's facts and every target survive the file, also when there are none."""
    (tmp_path / targets.FILE).write_bytes(targets.dump(found))
    assert targets.read(tmp_path) == found


@pytest.mark.parametrize("file", ["../x.html", "/etc/passwd", "a//b", "", ".", "a\\b", "a\0"])
def test_a_file_outside_of_the_folder_is_refused(file: str) -> None:
    """The service writes to these paths."""
    data = targets.dump(Targets(SITE, (replace(TARGET, file=file),)))
    with pytest.raises(FileError, match="no path below the output folder"):
        targets.load(data, "targets.json")


def test_a_site_that_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    """The error of a missing file names it and the command that makes it."""
    with pytest.raises(FileError, match=r"targets.json:1: file: .*make publish"):
        targets.read(tmp_path)


@pytest.mark.parametrize(
    "ways",
    [
        [{"use": "shouting", "name": "x", "options": []}],
        [{"use": "replies", "name": "x", "options": [["a"]]}],
        [{"use": "replies", "name": "x", "options": "ab"}],
        [{"use": "replies", "name": "x", "options": [["a", 1]]}],
        "none",
    ],
)
def test_ways_of_another_shape_are_refused(ways: object) -> None:
    """By the field that is wrong."""
    found = json.loads(targets.dump(Targets(SITE, ())))
    found["site"]["ways"] = ways
    with pytest.raises(FileError, match=r"site\.ways"):
        targets.load(json.dumps(found).encode(), "targets.json")


def test_a_post_takes_replies_until_it_closes() -> None:
    """And not at all where it is closed by hand."""
    target = replace(TARGET, closes=CLOSES)
    assert TARGET.takes_replies(CLOSES)
    assert target.takes_replies(CLOSES - timedelta(seconds=1))
    assert not target.takes_replies(CLOSES)
    assert not replace(TARGET, open=False).takes_replies(CLOSES)
