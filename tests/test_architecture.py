"""Who may import whom, kept so; DESIGN: rooms meet one way only, or in files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import imports
from tests.conftest import ROOT
from tests.imports import Graph, Module

# Each room, and what of ours it may import.
# `wording` and `thread` are what the build and the service have in common: interface text, and
# what the replies to a post look like. Neither knows either of them.
SHARED = {"wording", "thread"}
ROOMS = {
    "wording": {"wording"},
    "thread": SHARED,
    "plugins": {"plugins", *SHARED},
    "dialogue": {"dialogue", *SHARED},
    "desk": {"desk", "plugins", "dialogue", *SHARED},
}
OURS = {*ROOMS, "benchmarks", "tests", "tools", "pelicanconf", "publishconf"}
# What a room must not import of others' libraries.
FOREIGN = {"dialogue": {"pelican"}, "thread": {"pelican"}, "wording": {"pelican"}}
# The foundations, and all that they may import of ours.
FOUNDATIONS = {"plugins.errors": set[str](), "plugins.post": {"plugins.errors"}}
# The packages of plugins/ from the ground up: each may import those before it.
FLOORS = (
    *(
        "errors",
        "post",
        "digests",
        "palette",
        "urls",
        "views",
        "kinds",
        "checks",
        "frontmatter",
        "markup",
        "embeds",
        "images",
        "canonical",
        "posts",
    ),
    *(
        "series",
        "discovery",
        "catalogue",
        "steps",
        "hosting",
        "sharing",
        "feeds",
        "replies",
        "pages",
        "search",
        "fastbuild",
        "build",
        "engine",
    ),
)
LONGEST = 250
# Longer by nature; each with its reason.
LONGER = {
    "plugins.frontmatter.registry": 330,  # declarations only: the one table of fields
    "plugins.post": 270,  # declarations only: the model of a post
    "plugins.views": 570,  # declarations only: the one list of what templates may read
}

GRAPH = imports.read(ROOT, ROOMS)
# Blocks what a room must not need, then imports all of it: catches what comes in through others.
IMPORT_ALL = """
import importlib, sys
blocked, modules = sys.argv[1].split(), sys.argv[2:]
sys.modules.update(dict.fromkeys(blocked))
for module in modules:
    importlib.import_module(module)
"""


def faults(graph: Graph) -> Iterator[str]:
    """Yield one line for each rule that the modules of ``graph`` break."""
    for module in graph.values():
        yield from _forbidden(module)
        yield from _upstairs(module)
    if circle := imports.cycle(graph):
        yield f"a circle of imports: {' -> '.join(circle)}"
    for module in graph.values():
        length = len(module.path.read_text(encoding="utf-8").splitlines())
        if length > LONGER.get(module.name, LONGEST):
            yield f"{module.name} has {length} lines: split it by concern"


def _upstairs(module: Module) -> Iterator[str]:
    """Yield the imports of a package of plugins/ from one above it; foundations have a rule."""
    here = None if module.name in FOUNDATIONS else _floor(module.name)
    for name in sorted(module.imports):
        there = _floor(name)
        if here is not None and there is not None and there > here:
            yield f"{module.name} imports {name}, which is above it"


def _floor(name: str) -> int | None:
    room, _, rest = name.partition(".")
    package = rest.partition(".")[0]
    return FLOORS.index(package) if room == "plugins" and package in FLOORS else None


def _forbidden(module: Module) -> Iterator[str]:
    room = module.name.partition(".")[0]
    for name in sorted(module.imports):
        top = name.partition(".")[0]
        if top in OURS - ROOMS[room] or top in FOREIGN.get(room, ()):
            yield f"{module.name} imports {name}, which {room} must not"
        elif top in OURS and name not in FOUNDATIONS.get(module.name, {name}):
            yield f"{module.name} imports {name}, but is a foundation"


def test_the_house_is_in_order() -> None:
    """No module of ours breaks a rule of who may import whom, and none is too long."""
    assert "plugins.post" in GRAPH
    assert list(faults(GRAPH)) == []


def test_every_package_has_its_floor() -> None:
    """A new package of plugins/ is given a place in the order."""
    packages = {name.split(".")[1] for name in GRAPH if name.startswith("plugins.")}
    assert packages == set(FLOORS)


@pytest.mark.parametrize("room", sorted({name.partition(".")[0] for name in GRAPH}))
def test_a_room_can_be_imported_without_what_it_must_not_need(room: str) -> None:
    """Every module imports without a warning, the rooms and libraries forbidden to it absent."""
    blocked = (set(ROOMS) - ROOMS[room]) | FOREIGN.get(room, set())
    modules = [
        name for name in GRAPH if name.partition(".")[0] == room and not name.endswith("__main__")
    ]
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, " ".join(blocked), *modules]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def plant(root: Path, **files: str) -> list[str]:
    """Write a tree of modules (``__`` in a name is a slash) and return the faults found in it."""
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(faults(imports.read(root, ROOMS)))


@pytest.mark.parametrize(
    ("module", "line", "named"),
    [
        ("plugins__errors", "from plugins import post", "plugins.post"),
        ("plugins__post", "from plugins.feeds import Feed", "plugins.feeds"),
        ("plugins__post", "from . import feeds", "plugins.feeds"),
        ("plugins__feeds", "import desk.check", "desk.check"),
        ("plugins__feeds", "import dialogue", "dialogue"),
        ("plugins__series__plugin", "from plugins.feeds import x", "plugins.feeds"),
        ("plugins__markup__links", "from plugins.pages.plan import plan", "plugins.pages.plan"),
        ("plugins__fast__engine", "from ..feeds import x\nimport desk.check as c", "desk.check"),
        ("plugins__feeds", "def f():\n    from tests import needs", "tests"),
        ("plugins__feeds", "import pelicanconf as settings", "pelicanconf"),
        ("dialogue__app", "from pelican.utils import slugify", "pelican.utils"),
        (
            "dialogue__app",
            "import importlib\nimportlib.import_module('plugins.post')",
            "plugins.post",
        ),
        ("dialogue__app", "if TYPE_CHECKING:\n    from plugins.post import Post", "plugins.post"),
        ("desk__check", "import benchmarks.build", "benchmarks.build"),
    ],
)
def test_the_checker_names_a_forbidden_import(
    tmp_path: Path, module: str, line: str, named: str
) -> None:
    """A planted import that the rules forbid is reported with both names, and nothing else is."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "check.py").touch()
    (tmp_path / "plugins").mkdir()
    for name in ("post", "feeds"):
        (tmp_path / "plugins" / f"{name}.py").touch()
    found = plant(tmp_path, **{module: line})
    assert len(found) == 1
    assert found[0].startswith(f"{module.replace('__', '.')} imports {named},")


def test_the_checker_finds_a_circle(tmp_path: Path) -> None:
    """Three plugins that import each other in a circle are reported as one."""
    found = plant(
        tmp_path,
        plugins__a="from plugins import b",
        plugins__b="import plugins.c",
        plugins__c="def late():\n    from .a import x",
    )
    assert len(found) == 1
    assert found[0].startswith("a circle of imports: ")
    assert {"plugins.a", "plugins.b", "plugins.c"} == set(found[0].split(": ")[1].split(" -> "))


def test_the_checker_finds_a_module_that_grew_too_long(tmp_path: Path) -> None:
    """One line over the limit is reported; at the limit is fine."""
    assert plant(tmp_path, desk__new="x = 1\n" * LONGEST) == []
    assert plant(tmp_path, desk__new="x = 1\n" * (LONGEST + 1)) == [
        f"desk.new has {LONGEST + 1} lines: split it by concern"
    ]


def test_the_checker_lets_pass_what_is_allowed(tmp_path: Path) -> None:
    """The imports that the plan allows are no faults."""
    assert not plant(
        tmp_path,
        plugins__errors="import dataclasses",
        plugins__post="from plugins.errors import Problem\nimport datetime",
        plugins__feeds="from pelican import signals\nfrom plugins import errors, post",
        plugins__site="from plugins.feeds import Feed\nfrom .post import Post",
        dialogue__app="from starlette.applications import Starlette\nfrom dialogue import store",
        dialogue__store="import sqlite3",
        desk__check="import pelican\nimport plugins.site\nfrom dialogue.app import app",
    )
