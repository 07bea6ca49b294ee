"""``desk check`` names everything that is wrong, in every file, and writes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.running import environment, make_site, write_post


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site; its own content has no problems."""
    return make_site(tmp_path_factory.mktemp("kit"))


def files(folder: Path) -> set[Path]:
    """Every file below ``folder`` that is not Python's own, nor kept to be quicker next time."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path for path in found if ".parley" not in path.parts}


def check(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``desk check`` in the folder of ``site``."""
    return subprocess.run(
        [sys.executable, "-m", "desk", "check", *words],
        cwd=site,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_content_without_problems_is_counted(kit: Path) -> None:
    """Drafts too; exit status 0, and nothing is built."""
    before = files(kit)
    done = check(kit)
    assert (done.returncode, done.stdout) == (0, "3 files checked, no problems\n")
    assert files(kit) == before


def test_what_content_cannot_spoil_is_not_made(kit: Path, tmp_path: Path) -> None:
    """The search index takes longest on a large blog; a check succeeds even where none can be made."""
    settings = tmp_path / "conf.py"
    settings.write_text(
        "from pelicanconf import *\n"
        "from plugins.search import plugin\n\n\n"
        "def build_index(*_, **__):\n    raise OSError('no index today')\n\n\n"
        "plugin.build_index = build_index\n",
        encoding="utf-8",
    )
    done = check(kit, "--settings", str(settings))
    assert (done.returncode, done.stdout) == (0, "3 files checked, no problems\n")
    command = [sys.executable, "-m", "pelican", "content", "-s", str(settings)]
    command += ["-o", str(tmp_path / "output")]
    built = subprocess.run(
        command, cwd=kit, env=environment(), capture_output=True, text=True, check=False
    )
    assert "no index today" in built.stdout + built.stderr


def test_every_problem_of_every_file_is_named_once(kit: Path, tmp_path: Path) -> None:
    """In posts and drafts, sorted, each on its line in the form of the contract; exit status 1."""
    write_post(tmp_path, "b", "See [it](nowhere.md).")
    write_post(tmp_path, "a", "See [it](nowhere.md).", status="draft")
    (tmp_path / "content" / "posts" / "c.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    done = check(kit, str(tmp_path / "content"))
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line.split(":")[0] for line in lines] == ["posts/a.md", "posts/b.md", "posts/c.md"]
    assert all("; " in line for line in lines)
    assert done.stderr == "3 problems\n"


def test_a_link_to_a_draft_is_a_problem(kit: Path, tmp_path: Path) -> None:
    """The preview would show it working; for the public it leads nowhere."""
    write_post(tmp_path, "unfinished", "Text.", status="draft")
    write_post(tmp_path, "post", "See [it](unfinished.md).")
    done = check(kit, str(tmp_path / "content"))
    assert done.returncode == 1
    assert done.stdout.startswith("posts/post.md:8: link: ")
    assert len(done.stdout.splitlines()) == 1


def test_a_notice_counts_too(kit: Path, tmp_path: Path) -> None:
    """What a build would only mention, the check does not pass over."""
    write_post(tmp_path, "post", "Text.")
    unused = tmp_path / "content" / "categories" / "unused.md"
    unused.parent.mkdir()
    unused.write_text("---\ntitle: Unused\n---\n\nText.\n", encoding="utf-8")
    done = check(kit, str(tmp_path / "content"))
    assert done.returncode == 1
    assert done.stdout.startswith("categories/unused.md:1: ")


def test_faults_of_today_are_accepted_and_mended_ones_leave_the_file(tmp_path: Path) -> None:
    """A new one is named; with the site's own content the baseline shrinks as faults are mended."""
    site = make_site(tmp_path)
    write_post(site, "a", "[x](gone.md) [y](lost.md)")
    done = check(site, "--baseline")
    assert (done.returncode, done.stdout.split(" accepted")[0]) == (0, "2 faults")
    done = check(site)
    assert done.stdout == "4 files checked, no problems (2 accepted faults)\n"
    write_post(site, "a", "[x](gone.md) [y](new.md)")
    done = check(site)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert "'new.md'" in done.stdout
    assert "lost.md" in (site / "baseline.json").read_text(encoding="utf-8")
    write_post(site, "a", "[x](gone.md)")
    done = check(site)
    assert (done.returncode, "1 mended fault taken out" in done.stderr) == (0, True)
    assert "lost.md" not in (site / "baseline.json").read_text(encoding="utf-8")


def test_many_notices_of_one_kind_are_one_line(kit: Path, tmp_path: Path) -> None:
    """With a count; --all lists each."""
    for number in range(5):
        write_post(tmp_path, f"p{number}", "![](https://e.org/a.png)")
    done = check(kit, str(tmp_path / "content"))
    assert "(and 4 more in 4 files: " in done.stdout
    assert len(done.stdout.splitlines()) == 1
    done = check(kit, "--all", str(tmp_path / "content"))
    assert len(done.stdout.splitlines()) == 5
