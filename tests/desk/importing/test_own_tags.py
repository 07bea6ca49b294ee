"""The table of a site's own shortcodes: written by an import, read by the next one and by a build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli import main
from desk.errors import DeskError
from desk.importing.own_table import table_in
from desk.importing.own_tags import is_understood, mapped
from desk.importing.shortcodes import Call
from tests.conftest import ROOT

MEANT = {
    "callout": "> [!WARNING]\n> A",
    "text": "A",
    "drop": "",
    "template": '{{< box type="warning" src="a.png" >}}A{{< /box >}}',
    "template parts/box.html": '{{< box type="warning" src="a.png" >}}A{{< /box >}}',
    "figure(src=src, alt='Tide')": "![Tide](a.png)",
    "figure(src=src, caption=text)": '![](a.png "A")',
    "": None,
}
SOURCES = {
    "hugo": ("content/posts/a.md", '{{< cta url="/b" >}}'),
    "zola": ("content/posts/a.md", '{{ cta(url="/b") }}'),
    "jekyll": ("_posts/2020-01-02-a.md", '{% include cta.html url="/b" %}'),
    "eleventy": ("posts/a.md", '{% cta url="/b" %}'),
    "astro": ("src/content/blog/a.mdx", '<Cta url="/b" />'),
    "devto": ("a.md", "{% cta url=/b %}"),
}


def built_by_pelican(content: Path, output: Path, settings: Path) -> str:
    """What a build of the site says."""
    command = [
        sys.executable,
        "-m",
        "pelican",
        str(content),
        "-o",
        str(output),
        "-s",
        str(settings),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(("said", "made"), MEANT.items())
def test_the_table_says_what_a_call_becomes(said: str, made: str | None) -> None:
    """Another name, with arguments of its own, a template, its text, nothing, or not known."""
    call = Call("box", {"type": "warning", "src": "a.png"}, (), "A")
    assert is_understood(said)
    assert mapped(call, {"box": said}) == made


@pytest.mark.parametrize(("generator", "written"), SOURCES.items())
def test_what_no_one_knows_is_in_the_table_with_its_count(
    tmp_path: Path, generator: str, written: tuple[str, str]
) -> None:
    """The next import does what a person says there; other edits of the settings stay."""
    old, new = tmp_path / "old", tmp_path / "new"
    name, call = written
    (old / name).parent.mkdir(parents=True)
    text = f"---\ntitle: A\ndate: 2020-01-02\n---\n\nOne.\n\n{call}\n\n{call}\n"
    (old / name).write_text(text, "utf-8")
    assert main(["import", generator, str(old), str(new)]) == 0
    settings = new / "pelicanconf.py"
    assert '    "cta": "",  # 2\n' in settings.read_text("utf-8")
    edited = settings.read_text("utf-8").replace('"cta": "",  # 2', '"cta": "template",')
    settings.write_text(edited.replace("per_page=10", "per_page=12"), "utf-8")
    assert main(["import", generator, str(old), str(new)]) == 0
    assert "per_page=12" in settings.read_text("utf-8")
    assert table_in(settings) == {"cta": "template"}
    post = next((new / "content" / "posts").rglob("*.md")).read_text("utf-8")
    assert post.count('{{< cta url="/b" >}}') == 2
    assert "render_with_liquid" not in post


def test_a_kept_shortcode_is_shown_by_the_template_of_the_site(tmp_path: Path) -> None:
    """A build renders it; without the template the error names the line of the post."""
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "content/posts").mkdir(parents=True)
    text = "+++\ntitle = 'A'\ndate = 2020-01-02\n+++\n\n{{< cta url=\"https://d.example/?x=1&y=2\" >}}\n"
    (old / "content/posts/a.md").write_text(text, "utf-8")
    (new).mkdir()
    main(["import", "hugo", str(old), str(new)])
    settings = new / "pelicanconf.py"
    said = settings.read_text("utf-8").replace('"cta": "",  # 1', '"cta": "template",')
    settings.write_text(
        said.replace("before=date", "old={'shortcode': 'error'}, before=date"), "utf-8"
    )
    main(["import", "hugo", str(old), str(new)])
    missing = built_by_pelican(new / "content", new / "output", settings)
    assert "a.md:7: body: {{< cta >}}: its template shortcodes/cta.html is missing" in missing
    (new / "shortcodes").mkdir()
    (new / "shortcodes" / "cta.html").write_text('<p><a href="{{ url }}">Go</a></p>', "utf-8")
    assert "1 published" in built_by_pelican(new / "content", new / "output", settings)
    page = next(
        path for path in new.glob("output/**/index.html") if ">Go</a>" in path.read_text("utf-8")
    )
    assert 'href="https://d.example/?x=1&amp;y=2"' in page.read_text("utf-8")
    (new / "shortcodes" / "cta.html").write_text("<p>It says {{ url }}.</p>", "utf-8")
    built_by_pelican(new / "content", new / "output", settings)
    assert "It says https://d.example/?x=1&amp;y=2." in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("SHORTCODES = {'a': b}", "this is no table"),
        ("SHORTCODES = {'a': 'figure(src'}", "says nothing"),
        ("SHORTCODES = {", "cannot be read"),
    ],
)
def test_a_table_that_says_nothing_is_an_error(tmp_path: Path, written: str, said: str) -> None:
    """It names the file and what may stand there."""
    path = tmp_path / "pelicanconf.py"
    path.write_text(written, "utf-8")
    with pytest.raises(DeskError, match=said):
        table_in(path)
    assert table_in(tmp_path / "none.py") == {}
