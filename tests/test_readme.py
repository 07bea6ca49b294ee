"""What README.md tells a reader to type works, in a copy of this repository."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import commands, needs
from tests.conftest import ROOT
from tools.environment import STAMP, locks_held

README = ROOT / "README.md"
GUIDE = ROOT / "CONTRIBUTING.md"
UPGRADING = ROOT / "docs" / "upgrading.md"
# Commands of the README that the copy does not run, by how they begin; each with its reason.
# Everything else is run, in order.
NOT_RUN = {
    "git clone": "the copy is the clone",
    "cd ": "commands start where it leads",
    "make devserver": "serves until it is stopped; tests/desk starts and stops it",
    "make test": "would run this test in itself",
    "make lint": "CI runs it beside the tests",
    "make bench": "takes long by design",
    "make lock": "asks the network; test_locks.py checks its result",
    "python -m dialogue serve": "serves until it is stopped; tests/dialogue does so",
}


def text(page: Path) -> str:
    """Return a page's Markdown."""
    return page.read_text(encoding="utf-8")


def targets() -> set[str]:
    """Return the targets of the Makefile that are meant for people."""
    return set(re.findall(r"^([a-z-]+):.*## ", text(ROOT / "Makefile"), flags=re.MULTILINE))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy as a reader would, with nothing of this test run's make about."""
    hidden = ("MAKE", "MFLAGS", "VENV", "PYTHON", "PYTEST", "GIT_")
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def copy_repository(to: Path) -> Path:
    """Copy what git knows or would add into ``to``, as a fresh repository with one commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listing, cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).exists():  # listed too while its removal is not committed
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    person = "-c user.name=Reader -c user.email=reader@example.org"
    done = run(f"git init -q && git add --all && git {person} commit -q -m Clone", to)
    assert done.returncode == 0, done.stdout
    return to


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository that shares this run's environment, so that it need not make one.

    Only one that `make` would leave alone: another would be emptied and made anew, through the
    link, under everybody who uses it.
    """
    held = locks_held(Path(sys.prefix))
    names = ("requirements-build.lock", "requirements.lock")
    current = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}
    needs.require(current.items() <= held.items(), "this environment is not what the locks say")
    copy = copy_repository(tmp_path_factory.mktemp("readme") / "clone of parley")
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture(scope="module")
def built(clone: Path) -> subprocess.CompletedProcess[str]:
    """The first `make html` in the copy."""
    return run("make html", clone)


def test_make_html_builds_the_site(clone: Path, built: subprocess.CompletedProcess[str]) -> None:
    """One command in a fresh clone exits 0, writes the home page and leaves the work tree clean."""
    assert built.returncode == 0, built.stdout
    assert (clone / "output" / "index.html").is_file()
    assert run("git status --porcelain", clone).stdout == ""


@pytest.mark.usefixtures("built")
def test_a_second_make_html_installs_nothing(clone: Path) -> None:
    """The environment is not touched again, and nothing says that it was."""
    before = (clone / ".venv" / STAMP).stat().st_mtime_ns
    again = run("make html", clone)
    assert again.returncode == 0, again.stdout
    assert not re.search(r"(?m)^(Making|Installing) ", again.stdout)
    assert (clone / ".venv" / STAMP).stat().st_mtime_ns == before


@pytest.mark.usefixtures("built")
def test_what_the_readme_says_works(clone: Path) -> None:
    """Every command in the README that is not excused by name runs in order and exits 0."""
    told = commands.shell_commands(text(README))
    ran = [command for command in told if not command.startswith(tuple(NOT_RUN))]
    assert "make html" in ran
    for command in ran:
        done = run(command, clone)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"


@pytest.mark.usefixtures("built")
def test_what_the_page_on_sites_says_works(clone: Path) -> None:
    """A site is made beside the kit, written for, built and checked by the commands of the page."""
    told = commands.shell_commands(text(UPGRADING))
    assert len(told) > 3
    for command in told:
        done = run(command, clone)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
    assert (clone.parent / "blog" / "output" / "index.html").is_file()


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_every_target_named_exists(page: Path) -> None:
    """No page sends a reader to a make target that is not there, and make can resolve each."""
    named = commands.make_targets(text(page))
    assert named
    for target in sorted(named):
        done = run(f"make --dry-run {target}", ROOT)
        assert done.returncode == 0, done.stdout


def test_every_target_is_in_the_readme() -> None:
    """A target nobody is told of is a target nobody uses."""
    assert targets() - {"help"} <= commands.make_targets(text(README))


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_every_link_into_the_repository_leads_somewhere(page: Path) -> None:
    """Relative links and images of the page name files that are there."""
    links = re.findall(r"\]\((?![a-z]+:|#)<?([^)#\s>]+)", text(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.deep
def test_a_clone_with_nothing_makes_its_own_environment(tmp_path: Path) -> None:
    """With no environment to share, one command installs what the lock says and builds the site."""
    copy = copy_repository(tmp_path / "fresh")
    first = run("make html", copy)
    assert first.returncode == 0, first.stdout
    assert "Installing what requirements.lock pins" in first.stdout
    assert (copy / "output" / "index.html").is_file()


def test_commands_are_found_in_fences() -> None:
    """Console prompts and shell lines are commands; output, comments and other code are not."""
    page = """Say `make check`, or `make PORT=9000 devserver` and more.

```console
$ git clone there \\
    here
Cloning...
$ make html
```

```sh
# first
make publish PORT=1 && make clean | tail -1
```

```python
make = 1
```
"""
    assert commands.shell_commands(page) == [
        "git clone there      here",
        "make html",
        "make publish PORT=1 && make clean | tail -1",
    ]
    assert commands.make_targets(page) == {
        "check",
        "clean",
        "devserver",
        "html",
        "publish",
    }
