"""targets.json: the service reads what the build wrote, and is not led out of the folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.thread.examples import SITE, TARGET
from thread import targets
from thread.errors import FileError
from thread.targets import Targets

FOUND = Targets(SITE, (TARGET, replace(TARGET, id="größe", open=False, authors=())))


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
