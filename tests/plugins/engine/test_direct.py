"""The build without Pelican's generators makes what the build through Pelican makes."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from pelican.settings import read_settings

from plugins.engine.site import Parley
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.sequences import snapshot

POST = "---\ntitle: {0}\ndate: 2026-05-{1:02}\ntags: [one, two]\ncategory: C\n---\n\n{2}\n"


def test_both_ways_make_the_same_site(tmp_path: Path) -> None:
    """Of the sample blog, byte for byte, with drafts shown."""
    workshop = Workshop(tmp_path)
    copytree(ROOT / "content", workshop.content, dirs_exist_ok=True)
    assert workshop.build(PREVIEW=True).problems == ()
    override = {
        "PATH": str(workshop.content),
        "OUTPUT_PATH": str(tmp_path / "pelican"),
        "PREVIEW": True,
        "THEME_STATIC_PATHS": ["static"],
        "STATIC_CREATE_LINKS": True,  # something that only Pelican knows
    }
    report = Parley(read_settings(str(ROOT / "pelicanconf.py"), override=override)).build()
    assert "STATIC_CREATE_LINKS is used" in str(report)
    assert snapshot(workshop.output) == snapshot(tmp_path / "pelican")


def test_only_what_an_edit_touches_is_made_again(tmp_path: Path) -> None:
    """A word at the end of a text changes its page and its feeds; all other files keep their time."""
    workshop = Workshop(tmp_path)
    texts = {n: f"Text {n}. " + "word " * 80 for n in range(1, 9)}
    workshop.build({f"p{n}.md": POST.format(f"P{n}", n, text) for n, text in texts.items()})
    times = {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*.html")}
    built = workshop.build({"p5.md": POST.format("P5", 5, texts[5] + "again")})
    changed = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert [path.parent.name for path in changed] == ["p5"]
    assert "again" in built.page("/p5/")
    assert built.report is not None
    assert built.report.made is not None
    assert 1 < built.report.made < 10


def test_nothing_is_made_when_nothing_changed(tmp_path: Path) -> None:
    """The summary is that of the last build, with nothing made."""
    workshop = Workshop(tmp_path)
    first = workshop.build({"a.md": POST.format("A", 1, "Text.")}).report
    again = workshop.build().report
    assert first is not None
    assert again is not None
    assert (again.published, again.changed, again.made) == (first.published, 0, 0)


def test_a_changed_template_makes_the_pages_that_use_it(tmp_path: Path) -> None:
    """Those that do not use it stay; so does a stylesheet that changes every page make them all."""
    workshop, theme = Workshop(tmp_path), tmp_path / "theme"
    copytree(ROOT / "theme", theme)
    workshop.write({"a.md": POST.format("A", 1, "Text.")})
    workshop.build(THEME=str(theme))
    template = theme / "templates" / "not_found.html"
    template.write_text(template.read_text().replace("<h1", "<h1 data-new"))
    built = workshop.build(THEME=str(theme))
    assert "data-new" in built.page("/404.html")
    assert built.report is not None
    assert built.report.made is not None
    assert 1 <= built.report.made < 5
    base = theme / "templates" / "base.html"
    base.write_text(base.read_text() + "<!-- all -->\n")
    assert workshop.build(THEME=str(theme)).page("/a/").endswith("<!-- all -->\n")


def test_a_page_that_was_lost_or_changed_is_made_again(tmp_path: Path) -> None:
    """Whatever somebody did to the output, the next build puts it right."""
    workshop = Workshop(tmp_path)
    before = snapshot(workshop.build({"a.md": POST.format("A", 1, "Text.")}).output)
    (workshop.output / "a" / "index.html").unlink()
    (workshop.output / "index.html").write_text("x")
    assert snapshot(workshop.build().output) == before
