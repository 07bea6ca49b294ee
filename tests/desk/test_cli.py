"""The command line says what it can do, and what is wrong in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli import main
from tests.conftest import ROOT


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a site, and the current one."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["srve"], "there is no command 'srve'; did you mean 'serve'?"),
        (["publish!"], "there is no command 'publish!'; there are build, serve, check"),
        (["serve", "--port", "70000"], "'70000' is no port; choose a number up to 65535"),
        (["serve", "--port", "-1"], "--port"),
        (["serve", "--prot", "1"], "--prot"),
        (["new", "post"], "title"),
        (["new", "novel", "Title"], "'novel'"),
    ],
)
def test_what_is_not_understood_is_said_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With where to find help, and exit status 2."""
    with pytest.raises(SystemExit) as exit_:
        main(words)
    error = capsys.readouterr().err
    assert exit_.value.code == 2
    assert error.startswith("desk: ")
    assert said in error
    assert "--help" in error
    assert len(error.splitlines()) == 1


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what it is for; the exit status says that nothing was done."""
    assert main([]) == 2
    listed = capsys.readouterr().out
    assert all(f"\n    {command} " in listed for command in ("serve", "check", "new"))


@pytest.mark.parametrize("words", [["serve"], ["check"], ["new", "post", "Title"]])
@pytest.mark.parametrize("missing", ["pelicanconf.py", "content"])
def test_outside_of_a_site_it_says_what_is_missing(
    site: Path, words: list[str], missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with the name of it and what to do, exit status 1, nothing made."""
    path = site / missing
    path.unlink() if path.is_file() else path.rmdir()
    before = sorted(site.iterdir())
    assert main(words) == 1
    error = capsys.readouterr().err
    assert error.startswith("desk: there is no")
    assert missing in error
    assert len(error.splitlines()) == 1
    assert sorted(site.iterdir()) == before


def test_a_new_post_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its path is printed as it can be opened from here."""
    assert main(["new", "post", "A title"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.parts[:2] == ("content", "posts")
    assert path.is_file()


def test_a_reader_that_stops_listening_is_no_crash(tmp_path: Path) -> None:
    """``desk check | head`` ends without a traceback."""
    (tmp_path / "a.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "desk", "check", str(tmp_path)]
    with os.fdopen(write, "w") as nobody:
        done = subprocess.run(
            command, cwd=ROOT, stdout=nobody, stderr=subprocess.PIPE, text=True, check=False
        )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
