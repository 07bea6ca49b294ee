"""What is in memory at the end of a command is left to the system."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

SCRIPT = """
from plugins.engine.lasting import keep_to_the_end

class Value:
    def __del__(self):
        print("taken apart")

def command():
    value = Value()
    if {kept}:
        keep_to_the_end(value)
    print("done")

command()
"""


def said(*, kept: bool) -> list[str]:
    """What a process prints that ends with a value in memory, kept or not."""
    command = [sys.executable, "-c", SCRIPT.format(kept=kept)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_what_is_kept_is_not_taken_apart() -> None:
    """Not even when the process ends."""
    assert said(kept=False) == ["done", "taken apart"]
    assert said(kept=True) == ["done"]
