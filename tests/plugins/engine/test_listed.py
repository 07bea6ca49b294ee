"""Only the plugins that a site lists are imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pelicanconf
from tests.conftest import ROOT
from tests.plugins.building import Workshop

POST = "---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n"

NAMES = """
import sys
import pelicanconf
from pelican.settings import read_settings
from plugins.engine.site import Parley

plugins = [*pelicanconf.PLUGINS, *sys.argv[1:]]
site = Parley(read_settings("pelicanconf.py", override={"PLUGINS": plugins}))
print("pelican.plugins.image_process" in sys.modules)
print(*site.settings["PLUGINS"][len(pelicanconf.PLUGINS):])
"""


def loaded(*plugins: str) -> list[str]:
    """Whether an installed plugin is imported with these beside ours, and Pelican's names for them."""
    command = [sys.executable, "-c", NAMES, *plugins]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_plugin_that_is_installed_and_not_listed_is_not_imported() -> None:
    """Another site may need it, and it may take long to load."""
    assert loaded("plugins.feeds.plugin") == ["False", "plugins.feeds.plugin"]


@pytest.mark.parametrize("name", ["image_process", "pelican.plugins.image_process"])
def test_an_installed_plugin_is_listed_by_either_of_its_names(name: str) -> None:
    """As in the documentation of Pelican."""
    assert loaded(name) == ["True", "pelican.plugins.image_process"]


def test_a_plugin_that_cannot_be_registered_stops_the_build(tmp_path: Path) -> None:
    """The problem names the plugin and has what it raised."""
    (tmp_path / "sulky.py").write_text("def register():\n    raise ValueError('not today')\n")
    workshop = Workshop(tmp_path)
    plugins = [*pelicanconf.PLUGINS, "sulky"]
    built = workshop.build({"a.md": POST}, PLUGINS=plugins, PLUGIN_PATHS=[str(tmp_path)])
    [line] = [line for line in built.problems if "sulky" in line]
    assert "not today" in line
