"""Plugins that load when they are needed offer what the real ones do, and not before."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from blinker import Signal

from plugins.engine.late import LatePlugin
from plugins.engine.ours import OURS
from tests.conftest import ROOT

_HOOKS = ("tasks", "closing_tasks", "watched", "publishing")
# What a build loads that has something to make, and must not where nothing has changed. Pelican
# itself loads every plugin of its namespace that is installed, some of them with lxml and Pillow.
_HEAVY = (
    *("yaml", "frontmatter", "feedgen", "nh3", "brotli", "babel.dates", "tomllib"),
    *("plugins.markup.convert.door", "plugins.posts.reading", "plugins.pages.plan"),
    *(
        "plugins.engine.direct",
        "plugins.engine.gather",
        "plugins.feeds.plugin",
        "plugins.images.measuring",
    ),
)
_BUILD = """
import sys
from pelican import main
main(["content", "-o", "output", "-s", "settings.py", "-q"])
print("loaded", *sorted(sys.modules))
"""


@pytest.mark.parametrize("plugin", OURS, ids=lambda plugin: plugin.__name__)
def test_offers_what_the_real_plugin_does(plugin: ModuleType) -> None:
    """Every step of the build that the module takes part in is known, and no other."""
    real = import_module(plugin.__name__)
    assert [name for name in _HOOKS if hasattr(plugin, name)] == [
        name for name in _HOOKS if hasattr(real, name)
    ]
    assert plugin.__file__ == real.__file__


@pytest.mark.parametrize("plugin", OURS, ids=lambda plugin: plugin.__name__)
def test_hears_what_the_real_plugin_does(
    plugin: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It connects the same functions to the same signals."""
    heard: list[tuple[str, str, str]] = []

    def connect(signal: Any, handler: Any, **_: Any) -> Any:
        heard.append((signal.name, handler.__module__, handler.__name__))
        return handler

    monkeypatch.setattr(Signal, "connect", connect)
    plugin.register()
    late = list(heard)
    heard.clear()
    import_module(plugin.__name__).register()
    assert sorted(late) == sorted(heard)


def test_calls_the_real_function() -> None:
    """A call goes to the module of that name, with its arguments and its answer."""
    assert LatePlugin("json", ["dumps"]).dumps({"a": 1}, indent=None) == '{"a": 1}'


def test_names_a_module_that_is_not_there() -> None:
    """A misspelt plugin is told at once, not when a build first needs it."""
    with pytest.raises(ModuleNotFoundError, match=r"plugins\.nowhere"):
        LatePlugin("plugins.nowhere")


def test_a_build_without_changes_loads_little(tmp_path: Path) -> None:
    """Markdown's tools, feeds, images and templates stay on the disk when nothing has changed."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n", "utf-8")
    (tmp_path / "settings.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\nfrom pelicanconf import *\n"
        "BUILD = BuildSettings(cache=Path('.parley/build').resolve())\n",
        "utf-8",
    )
    first, second = (_modules(tmp_path) for _ in range(2))
    assert "plugins.markup.convert.door" in first
    assert sorted(name for name in _HEAVY if name in second) == []


def _modules(folder: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _BUILD],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith("loaded ")]
    return set(line.split())
