"""docs/moving-in.md: its commands are those that there are."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from desk.importing.command import KINDS, add_arguments
from tests.conftest import ROOT

PAGE = (ROOT / "docs/moving-in.md").read_text("utf-8")
_COMMAND = re.compile(r"^\$ \.venv/bin/python -m desk import (.+)$", re.MULTILINE)
COMMANDS = sorted(set(_COMMAND.findall(PAGE)))


@pytest.mark.parametrize("written", COMMANDS)
def test_a_command_of_the_page_is_understood(written: str) -> None:
    """With its options."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert parser.parse_args(shlex.split(written)).generator in KINDS


def test_every_generator_has_its_command_on_the_page() -> None:
    """None is missing."""
    assert set(KINDS) <= {shlex.split(written)[0] for written in COMMANDS}
