"""The lock files pin everything, with hashes, and agree with each other and with what was asked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")


def pins(path: Path) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of each package that a lock file pins."""
    text = re.sub(r"(?m)^\s*#.*\n", "", path.read_text(encoding="utf-8"))
    found = {}
    for entry in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = entry.split(" --hash=sha256:")
        parsed = Requirement(requirement.strip())
        assert parsed.name not in found, f"{parsed.name} is pinned twice in {path.name}"
        found[parsed.name] = (str(parsed.specifier).removeprefix("=="), len(hashes))
    return found


def asked(path: Path) -> list[Requirement]:
    """Return the requirements written in an input file, without what it includes."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_names_no_place(name: str) -> None:
    """Each package has an exact version and a hash, and no line says where to fetch it."""
    found = pins(ROOT / name)
    assert found
    assert {
        package for package, (version, hashes) in found.items() if not version or not hashes
    } == set()
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert "index-url" not in (ROOT / name).read_text(encoding="utf-8")


def test_development_installs_what_production_runs() -> None:
    """Every package of the runtime lock is in the development lock at the same version."""
    runtime, development = (pins(ROOT / name) for name in LOCKS[1:])
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", LOCKS)
def test_every_lock_meets_what_is_asked(name: str) -> None:
    """Each requirement of the input file is pinned, within its bounds."""
    found = pins(ROOT / name)
    for requirement in asked((ROOT / name).with_suffix(".in")):
        version, _ = found[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement} has {version}"


def test_the_npm_lock_names_no_place() -> None:
    """The checkers that come from npm are pinned with hashes, too, and may come from any mirror."""
    folder = ROOT / "tests/browser/checkers"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert (
        lock["packages"][""]["dependencies"]
        == json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    )
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
