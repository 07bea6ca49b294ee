"""``desk build``: builds, explains and tells where the time went."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.cli import main
from tests.conftest import ROOT

POST = "---\ntitle: {0}\ndate: 2026-05-19\n---\n\n" + "Text {0}. " * 60 + "\n"


@pytest.fixture
def site(tmp_path: Path) -> list[str]:
    """A site of two posts with a cache of its own; the options that name it."""
    (tmp_path / "content" / "posts").mkdir(parents=True)
    for name in ("ant", "bee"):
        (tmp_path / "content" / "posts" / f"{name}.md").write_text(POST.format(name))
    conf = tmp_path / "conf.py"
    cache = tmp_path / ".parley" / "build"
    conf.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"from pelicanconf import *\nBUILD = BuildSettings(cache=Path({str(cache)!r}))\n"
        f"REPLIES = RepliesSettings(folder=Path({str(tmp_path / 'replies')!r}))\n"
    )
    content, output = str(tmp_path / "content"), str(tmp_path / "output")
    return ["build", "--settings", str(conf), "--content", content, "--output", output]


def test_a_build_explains_its_pages(site: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """By address, by source and by file: what was made, and what was not, with the reason."""
    assert main(site) == 0
    content = Path(site[site.index("--content") + 1])
    (content / "posts" / "ant.md").write_text(POST.format("ant") + "\nMore.\n")
    capsys.readouterr()
    asked = ["--explain", "/ant/", "--explain", "posts/ant.md", "--explain", "bee/index.html"]
    assert main([*site, *asked]) == 0
    why = "its text has changed, and nothing else of it; changed files: content/posts/ant.md"
    made = f"ant/index.html was made: {why}"
    told = capsys.readouterr().out.splitlines()
    edge = "  text of posts/ant.md changed -> /ant/"
    assert told[-5:] == [
        made,
        edge,
        made,
        edge,
        "bee/index.html was left as it is: nothing that it is made from has changed",
    ]


def test_the_way_from_a_change_to_a_page_is_told(
    site: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """From what changed of a post, by what a list shows of it; a new post is told as new."""
    assert main(site) == 0
    posts = Path(site[site.index("--content") + 1]) / "posts"
    (posts / "ant.md").write_text(POST.format("ant").replace("title: ant", "title: Emmet"))
    (posts / "cow.md").write_text(POST.format("cow"))
    assert main([*site, "--explain", "/ant/", "--explain", "/", "--explain", "404.html"]) == 0
    told = capsys.readouterr().out
    assert "  title of posts/ant.md changed -> /ant/\n" in told
    assert "  title of posts/ant.md changed -> card -> /\n" in told
    assert "  new of posts/cow.md changed -> card -> /\n" not in told
    assert "  posts/cow.md is new -> card -> /\n" in told
    assert "  title of posts/ant.md changed -> card -> /404.html\n" in told
    assert main([*site, "--explain", "/ant/"]) == 0
    assert "changed ->" not in capsys.readouterr().out


def test_a_change_is_told_by_the_build_that_succeeds(
    site: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What was read by builds that failed is compared with the last one that did not."""
    assert main(site) == 0
    posts = Path(site[site.index("--content") + 1]) / "posts"
    whole = POST.format("ant").replace("title: ant", "title: Emmet")
    (posts / "ant.md").write_text(whole + "\n[dead](nope.md)\n")
    with pytest.raises(SystemExit):
        main(site)
    (posts / "ant.md").write_text(whole)
    assert main([*site, "--explain", "/"]) == 0
    assert "  title of posts/ant.md changed -> card -> /\n" in capsys.readouterr().out


def test_a_build_that_changes_nothing_explains_that(
    site: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was made at all."""
    assert main(site) == 0
    assert main([*site, "--explain", "/ant/"]) == 0
    assert "/ant/ was left as it is: nothing has changed" in capsys.readouterr().out


def test_no_such_page(site: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An address that no page has is said to be none."""
    assert main([*site, "--explain", "/elk/"]) == 1
    assert "the site has no page '/elk/'" in capsys.readouterr().err


def test_the_time_of_each_step_is_told(site: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """On the clock and of the processors."""
    assert main([*site, "--profile"]) == 0
    told = capsys.readouterr().out
    for step in ("read", "assemble", "plan", "make", "publish"):
        assert f"\n{step} " in told
