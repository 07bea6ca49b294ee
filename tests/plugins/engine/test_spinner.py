"""The command uses every process it may: nothing that Pelican draws keeps it from that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

POST = "---\ntitle: A\ndate: 2026-05-19\n---\n\nText.\n"
# A plugin whose files say which process made them.
PLUGIN = """
import os
from plugins.steps import Task

def tasks(site):
    for number in range(200):
        name = f"made-by-{number}.txt"
        yield Task(name, name, lambda name=name: [(name, str(os.getpid()).encode())])

def register():
    pass
"""


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="no safe fork")
def test_the_command_builds_in_worker_processes(tmp_path: Path) -> None:
    """Pelican's own command draws from a thread, and a process with threads cannot be copied."""
    content, output = tmp_path / "content", tmp_path / "output"
    content.mkdir()
    (content / "a.md").write_text(POST)
    (tmp_path / "who_made_it.py").write_text(PLUGIN)
    conf = tmp_path / "conf.py"
    conf.write_text(
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
        "from pelicanconf import *\nPLUGINS = [*PLUGINS, 'who_made_it']\n"
        "from plugins.fastbuild.settings import BuildSettings\nBUILD = BuildSettings()\n"
    )
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(conf)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PARLEY_WORKERS": "2"}, stdout=subprocess.DEVNULL
    ) as process:
        assert process.wait(120) == 0
    made_by = {int(path.read_text()) for path in output.glob("made-by-*.txt")}
    assert made_by
    assert process.pid not in made_by
