"""The commands in docs/moving-in.md, run on a small site of each generator."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from desk.cli import main
from desk.importing.command import KINDS, add_arguments
from tests.conftest import ROOT
from tests.desk.importing.test_javascript import ASTRO, ELEVENTY, written

_COMMAND = re.compile(r"^\$ \.venv/bin/python -m desk (?P<said>import .*)$", re.MULTILINE)
_POST = "---\ntitle: A\ndate: 2020-01-02\n---\nText.\n"
SITES = {
    "jekyll": {"_config.yml": "title: A\n", "_posts/2020-01-02-a.md": _POST},
    "hugo": {"hugo.toml": "title = 'A'\n", "content/posts/a.md": _POST},
    "zola": {"config.toml": "title = 'A'\n", "content/a.md": "+++\ntitle = 'A'\ndate = 2020-01-02\n+++\nText.\n"},
    "pelican": {"pelicanconf.py": "SITENAME = 'A'\n", "content/a.md": "Title: A\nDate: 2020-01-02\n\nText.\n"},
    "eleventy": ELEVENTY,
    "astro": ASTRO,
    "devto": {"a.md": _POST},
    "text": {"2020-01-02 A.txt": "A\n\nText.\n"},
}  # fmt: skip


def commands() -> list[str]:
    """The commands that the page shows."""
    return _COMMAND.findall((ROOT / "docs" / "moving-in.md").read_text("utf-8"))


@pytest.mark.parametrize("said", sorted({one for one in commands() if one.split()[1] in SITES}))
def test_the_commands_of_the_page_work(said: str, tmp_path: Path) -> None:
    """Each makes a site."""
    words = said.split()
    old, new = written(tmp_path / "old", SITES[words[1]]), tmp_path / "blog"
    assert main([*words[:2], str(old), str(new), *words[4:]]) == 0
    assert any((new / "content").rglob("*.md"))


@pytest.mark.parametrize("said", sorted(set(commands())))
def test_a_command_of_the_page_is_understood(said: str) -> None:
    """With its options, also those of exports."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert parser.parse_args(shlex.split(said)[1:]).generator in KINDS


def test_the_page_has_every_kind() -> None:
    """No generator is without its section."""
    assert {said.split()[1] for said in commands()} >= set(KINDS)
