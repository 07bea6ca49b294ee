"""The environment holds what the lock files say, is made when it does not, and is else left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import environment

SCRIPT = [sys.executable, "-IS", str(ROOT / "tools" / "environment.py")]


@pytest.fixture
def locks(tmp_path: Path) -> list[Path]:
    """Two lock files that pin nothing, so that installing them needs no network."""
    paths = [tmp_path / "base.lock", tmp_path / "more.lock"]
    for path in paths:
        path.write_text("# nothing\n", encoding="utf-8")
    return paths


@pytest.fixture
def quick(tmp_path: Path, locks: list[Path]) -> Path:
    """An environment in name only: a link to the running interpreter, and the stamp of both locks."""
    folder = tmp_path / "quick"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(environment.base_python())
    (folder / "pyvenv.cfg").touch()
    environment.write_stamp(folder, {lock.name: "digest" for lock in locks})
    return folder


def test_it_is_made_once_and_rebuilt_when_a_lock_changes(
    tmp_path: Path, locks: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A second run does nothing, a further lock is added on top, a changed one starts afresh."""
    folder = tmp_path / "with space" / "venv"

    def said(*named: Path) -> list[str]:
        environment.prepare(folder, named)
        return [line.split()[0] for line in capfd.readouterr().out.splitlines()]

    assert said(locks[0]) == ["Making", "Installing"]
    left = folder / "left-by-hand"
    left.touch()
    assert said(locks[0]) == []
    assert said(*locks) == ["Installing"]
    assert said(locks[0]) == []
    assert left.exists()
    locks[1].write_text("# changed\n", encoding="utf-8")
    assert said(*locks) == ["Making", "Installing", "Installing"]
    assert not left.exists()
    running = [str(folder / "bin" / "python"), "-c", "import sys; print(sys.prefix)"]
    assert Path(subprocess.check_output(running, text=True).strip()) == folder


def test_two_at_once_make_one(tmp_path: Path, locks: list[Path]) -> None:
    """Of two runs started together one makes the environment; the other waits and finds it made."""
    command = [*SCRIPT, str(tmp_path / "venv"), *map(str, locks)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = sorted(run.communicate()[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert printed[0] == ""
    assert printed[1].startswith("Making")


def test_an_environment_says_what_it_holds(quick: Path) -> None:
    """The names and digests of the lock files come back as written, for this Python too."""
    expected = {"base.lock": "digest", "more.lock": "digest"}
    assert environment.locks_held(quick) == expected
    assert environment.locks_held(quick, exact=True) == expected


def test_a_vanished_interpreter_is_noticed(quick: Path) -> None:
    """A link into a Python that was removed makes the environment count as empty."""
    (quick / "bin" / "python").unlink()
    (quick / "bin" / "python").symlink_to(quick / "gone")
    assert environment.locks_held(quick) == {}


def test_an_upgraded_interpreter_is_noticed(quick: Path) -> None:
    """Another build of Python at the same path makes the environment count as empty."""
    stamp = json.loads((quick / environment.STAMP).read_text(encoding="utf-8"))
    stamp["identity"]["built"] -= 1
    (quick / environment.STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    assert environment.locks_held(quick) == {}


def test_a_moved_environment_is_noticed(quick: Path) -> None:
    """A renamed folder counts as empty: its scripts name the old place."""
    assert environment.locks_held(quick.rename(quick.with_name("moved"))) == {}


def test_an_environment_of_another_python_is_refused_only_when_asked(
    quick: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Naming an interpreter refuses an environment that a different one made."""
    (tmp_path / "other-python").touch()
    monkeypatch.setattr(environment, "base_python", lambda: str(tmp_path / "other-python"))
    assert environment.locks_held(quick) != {}
    assert environment.locks_held(quick, exact=True) == {}


@pytest.mark.parametrize("stamp", ["", "[]", "null", "{}", '{"identity": 1, "locks": 2}', "\x00"])
def test_a_damaged_stamp_counts_as_none(quick: Path, stamp: str) -> None:
    """Whatever stands in the stamp, reading it never fails."""
    (quick / environment.STAMP).write_text(stamp, encoding="utf-8")
    assert environment.locks_held(quick) == {}


def test_a_folder_that_is_no_environment_is_never_cleared(
    tmp_path: Path, locks: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Naming a folder with other things in it is an error that leaves them alone."""
    precious = tmp_path / "home" / "letter.txt"
    precious.parent.mkdir()
    precious.write_text("dear", encoding="utf-8")
    assert environment.main([str(precious.parent), *map(str, locks)]) == 1
    assert "not a virtual environment" in capsys.readouterr().err
    assert precious.read_text(encoding="utf-8") == "dear"


def test_an_old_python_is_refused_by_version(
    tmp_path: Path,
    locks: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Below 3.11 the message names the version needed, and nothing is made."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 14, "final", 0))
    assert environment.main([str(tmp_path / "venv"), *map(str, locks)]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert not (tmp_path / "venv").exists()


def test_a_failed_install_is_not_remembered(tmp_path: Path, locks: list[Path]) -> None:
    """After pip fails the exit code is 1 and the next run tries that lock file again."""
    locks[1].write_text("this is no requirement\n", encoding="utf-8")
    command = [*SCRIPT, str(tmp_path / "venv"), *map(str, locks)]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.returncode == 1
    assert "installing more.lock failed" in first.stderr
    locks[1].write_text("# nothing\n", encoding="utf-8")
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (0, "Installing what more.lock pins\n")


def test_a_missing_lock_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lock file that cannot be read is an error with its path."""
    assert environment.main([str(tmp_path / "venv"), str(tmp_path / "absent.lock")]) == 1
    assert "absent.lock" in capsys.readouterr().err
