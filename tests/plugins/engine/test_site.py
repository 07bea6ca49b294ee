"""Whole builds: from a content folder to the output, or to problems."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pelican.settings import read_settings

from plugins.engine.site import Parley
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import plain


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty content folder, ready to be built."""
    return Workshop(tmp_path)


def a_post(title: str, **fields: str) -> str:
    """A short post with these front-matter fields."""
    extra = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\ntitle: {title}\ndate: 2026-05-19\n{extra}---\n\nSome text.\n"


def test_posts_anywhere_become_pages(workshop: Workshop) -> None:
    """No folder is required; each post has its URL, and the home page lists them."""
    built = workshop.build({"a.md": a_post("First"), "deep/er/b.md": a_post("Second")})
    assert {"index.html", "a/index.html", "b/index.html", "404.html"} <= built.files()
    assert "First" in built.page("/a/")
    assert all(title in built.page("/") for title in ("First", "Second"))


def test_an_empty_folder_is_an_empty_blog(workshop: Workshop) -> None:
    """A site without posts still has its pages."""
    built = workshop.build()
    assert built.problems == ()
    assert {"index.html", "archive/index.html", "series/index.html"} <= built.files()


def test_drafts_and_scheduled_posts_are_held_back_and_counted(workshop: Workshop) -> None:
    """Nothing of them is in the output: no page, no title, no source."""
    built = workshop.build(
        {
            "a.md": a_post("Public"),
            "b.md": a_post("Secret one", draft="true"),
            "c.md": a_post("Secret two").replace("2026-05-19", "2199-01-01"),
            "d/index.md": a_post("Secret three", draft="true"),
            "d/secret.png": b"secret",
        }
    )
    assert str(built.report).startswith("1 published, 2 drafts, 1 scheduled; ")
    texts = [path.read_bytes() for path in built.output.rglob("*") if path.is_file()]
    assert not any(b"ecret" in text for text in texts)
    assert not any("secret" in name or name.endswith(".md") for name in built.files())


def test_a_preview_shows_them_with_a_mark(workshop: Workshop) -> None:
    """Writers see drafts where they will be, marked and kept from search engines."""
    built = workshop.build({"b.md": a_post("Secret", draft="true")}, PREVIEW=True)
    page = built.page("/b/")
    assert "Draft: only visible in this preview" in page
    assert '<meta name="robots" content="noindex' in page
    assert "Secret" in built.page("/")


def test_a_draft_made_of_a_published_post_is_withdrawn(workshop: Workshop) -> None:
    """Its page does not stay behind in the output."""
    workshop.build({"a.md": a_post("A")})
    built = workshop.build({"a.md": a_post("A", draft="true")})
    assert "a/index.html" not in built.files()


def test_all_problems_are_reported_at_once_and_nothing_changes(workshop: Workshop) -> None:
    """Front matter, links and URLs of all files in one go; the last good output stays."""
    before = workshop.build({"good.md": a_post("Good")}).files()
    built = workshop.build(
        {
            "good.md": a_post("Changed"),
            "bad.md": "---\ntitle: Bad\ndate: yesterday\n---\n\nText.\n",
            "dead.md": a_post("Dead") + "\n[gone](nowhere.md)\n",
            "twin.md": a_post("Twin", slug="dead"),
        }
    )
    assert [line.split(": ")[0] for line in built.problems] == [
        "bad.md:3",
        "dead.md:8",
        "twin.md:4",
    ]
    assert built.files() == before
    assert "Good" in built.page("/good/")


def test_an_unpublishable_file_is_never_lost_in_silence(workshop: Workshop) -> None:
    """A file that no part of the kit publishes stops the build by name."""
    built = workshop.build({"posts/a.md": a_post("A")}, STATIC_PATHS=["images"])
    assert built.problems == ()
    built = workshop.build({"posts/table.csv": "1,2"}, STATIC_PATHS=["images"])
    assert [line.split(": ")[0] for line in built.problems] == ["posts/table.csv:1"]


def test_files_that_are_no_posts_are_copied(workshop: Workshop) -> None:
    """HTML, data and texts for programs keep their path; static/ is the root of the site."""
    files = {
        "posts/raw.html": "<p>raw</p>",
        "posts/table.csv": "1,2",
        "humans.txt": "us",
        "static/.htaccess": "x",
    }
    built = workshop.build(files)
    assert built.problems == ()
    assert {"posts/raw.html", "posts/table.csv", "humans.txt", ".htaccess"} <= built.files()


def test_the_writers_own_robots_txt_is_used(workshop: Workshop) -> None:
    """Ours stands back, and it is no post."""
    built = workshop.build({"robots.txt": "User-agent: *\nDisallow: /private/\n"})
    assert built.problems == ()
    assert built.page("robots.txt") == "User-agent: *\nDisallow: /private/\n"


RST = """\
{title}
=======

:date: {date}
:tags: one, two
:author: Ann
{more}

Some *text*.
"""


def test_what_another_reader_read_is_a_post_like_all_others(workshop: Workshop) -> None:
    """Pelican's reStructuredText has our addresses, lists and dates."""
    built = workshop.build({"old-post.rst": RST.format(title="Older", date="2026-01-02", more="")})
    assert built.problems == ()
    assert "<em>text</em>" in built.page("/old-post/")
    assert "Older" in built.page("/tag/one/")


def test_what_another_reader_read_is_held_back_and_checked(workshop: Workshop) -> None:
    """Drafts stay back without a trace, and problems name the file."""
    draft = RST.format(title="Secret", date="2026-01-02", more=":status: draft")
    later = RST.format(title="Later", date="2199-01-02", more="")
    built = workshop.build({"draft.rst": draft, "later.rst": later})
    assert str(built.report).startswith("0 published, 1 draft, 1 scheduled; ")
    assert not any("draft" in name or "later" in name for name in built.files())
    wrong = RST.format(title="Wrong", date="2026-01-02", more=":slug: ../out")
    built = workshop.build({"wrong.rst": wrong})
    assert [line.split(": ")[0] for line in built.problems] == ["wrong.rst:1"]


def test_a_bundle_takes_its_images_along(workshop: Workshop) -> None:
    """The post is named like its folder, and its image is beside it."""
    built = workshop.build(
        {
            "posts/a-walk/index.md": a_post("A walk") + "\n![Map](map.png)\n",
            "posts/a-walk/map.png": plain(40, 30),
        }
    )
    assert "a-walk/map.png" in built.files()
    assert 'src="/a-walk/map.png"' in built.page("/a-walk/")


def test_an_unchanged_site_changes_no_file(workshop: Workshop) -> None:
    """Building twice is building once."""
    workshop.build({"a.md": a_post("A")})
    again = workshop.build()
    assert again.report is not None
    assert again.report.changed == 0


def test_one_build_leaves_nothing_to_the_next(workshop: Workshop) -> None:
    """Problems, counts and posts of an earlier build in this process are gone."""
    workshop.build({"a.md": "---\ntitle: [\n---\n"})
    (workshop.content / "a.md").unlink()
    built = workshop.build({"b.md": a_post("B")})
    assert built.problems == ()
    assert str(built.report).startswith("1 published; ")


@pytest.mark.parametrize("name", ["settings", "Timezone", "date_format", "translations", "reader"])
def test_an_unknown_field_cannot_break_pelican(workshop: Workshop, name: str) -> None:
    """A field called like something that Pelican's own objects need is only kept as unknown."""
    built = workshop.build({"a.md": a_post("A", **{name: "oops"})})
    assert built.problems == ()
    assert "Some text." in built.page("/a/")


def test_a_date_in_a_file_name_that_is_none_is_told_once(workshop: Workshop) -> None:
    """Pelican does not read the name too, and stumble over it in its own words."""
    built = workshop.build({"2026-02-30-a.md": "# A\n\nText.\n"})
    [line] = built.problems
    assert line.startswith('2026-02-30-a.md:1: file name: "2026-02-30" does not exist')


def test_files_of_editors_and_secrets_are_no_part_of_the_site(workshop: Workshop) -> None:
    """An Obsidian vault, its bin, and a forgotten .env are left out; .well-known is published."""
    files = {
        ".obsidian/note.md": a_post("Note"),
        ".trash/gone.md": a_post("Gone"),
        ".env": "PASSWORD=x",
        "static/.env.local": "PASSWORD=x",
        "static/.well-known/security.txt": "Contact: us",
    }
    built = workshop.build(files)
    assert built.problems == ()
    assert ".well-known/security.txt" in built.files()
    assert not any("note" in name or "gone" in name or ".env" in name for name in built.files())


def test_suffixes_in_capitals_are_posts(workshop: Workshop) -> None:
    """What Windows calls POST.TXT is published like all others, not copied as it is."""
    built = workshop.build({"A.MD": a_post("A"), "B.Txt": a_post("B")})
    assert str(built.report).startswith("2 published; ")
    assert not any(name.endswith((".MD", ".Txt")) for name in built.files())


def test_a_link_that_leads_nowhere_is_told(workshop: Workshop) -> None:
    """Neither a post nor a picture is lost with the file that it was a link to."""
    for name in ("a.md", "b.png"):
        (workshop.content / name).symlink_to("gone")
    assert workshop.build().problems == (
        "a.md:1: file: this leads to no file; put the text itself here",
        "b.png:1: file: this leads to no file; put the file itself here",
    )


def test_a_pipe_is_no_post(workshop: Workshop) -> None:
    """It is named, where reading it would never end."""
    os.mkfifo(workshop.content / "a.md")
    assert [line.split(";")[0] for line in workshop.build().problems] == [
        "a.md:1: file: this leads to no file"
    ]


def test_posts_in_a_format_nobody_reads_are_told(workshop: Workshop) -> None:
    """Their source would be copied as a file; below static/ that may be what is wanted."""
    built = workshop.build({"a.adoc": a_post("A"), "static/b.adoc": "x"})
    assert built.problems == (
        "a.adoc:1: file: .adoc is read by nothing here; save the text as .md, or move the file to static/",
    )


def test_mdx_without_code_is_a_post(workshop: Workshop) -> None:
    """Its comments go, its code is an error with its line, in code blocks it may stand."""
    text = "One {/* no */}two.\n\n`{x}` and \\{y}\n"
    built = workshop.build({"a.mdx": f"{a_post('A')}\n{text}"})
    assert built.problems == ()
    assert "One two." in (workshop.output / "a/index.html").read_text("utf-8")
    code = "import B from './b'\n\nIt is {new Date()}.\n"
    problems = workshop.build({"a.mdx": f"{a_post('A')}\n{code}"}).problems
    assert [line.partition(" is code")[0] for line in problems] == [
        "a.mdx:8: body: import B from './b'",
        "a.mdx:10: body: {new Date()}",
    ]


def test_the_clock_can_be_set(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH decides what is scheduled, to the second and across time zones."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1779181200")  # 2026-05-19T09:00:00Z
    files = {
        "past.md": a_post("Past").replace("2026-05-19", "2026-05-19T10:59:59+02:00"),
        "present.md": a_post("Present").replace("2026-05-19", "2026-05-19 10:00"),
        "future.md": a_post("Future").replace("2026-05-19", "2026-05-19T05:00:01-04:00"),
    }
    built = workshop.build(files, TIMEZONE="Europe/London")
    assert str(built.report).startswith("2 published, 1 scheduled; ")
    assert "future/index.html" not in built.files()


@pytest.mark.parametrize("epoch", ["soon", "1e9", "9" * 30])
def test_a_clock_set_to_nothing_stops_the_build(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    """One line says so, however many posts there are."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    built = workshop.build({"a.md": a_post("A"), "b.md": a_post("B")})
    assert built.problems == (
        f"environment:1: SOURCE_DATE_EPOCH: '{epoch}' is no moment; "
        "unset it, or set it to the seconds since 1970",
    )


def test_a_misspelt_setting_stops_the_build(tmp_path: Path) -> None:
    """A settings object refuses a field it does not have, by name."""
    conf = tmp_path / "conf.py"
    conf.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pelicanconf import *\nPAGES = PageSettings(per_pag=3)\n"
    )
    done = pelican(tmp_path, "-s", str(conf))
    assert done.returncode != 0
    assert "per_pag" in done.stdout + done.stderr


def test_a_plugin_that_cannot_be_loaded_stops_the_build(workshop: Workshop) -> None:
    """Stock Pelican goes on without it; we do not."""
    built = workshop.build({"a.md": a_post("A")}, PLUGINS=["no_such_plugin"])
    assert any("no_such_plugin" in line for line in built.problems)


def test_the_command_prints_problems_and_exits_1(tmp_path: Path) -> None:
    """One line each on the standard error, and what became of the output."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("---\ntitle: A\ndate: never\n---\n\nText.\n")
    done = pelican(tmp_path, str(content), "-o", str(tmp_path / "out"), "-s", "pelicanconf.py")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0].startswith("a.md:3: date: ")
    assert lines[-1] == "Not published: 1 problem. The last good output is untouched."
    assert list((tmp_path / "out").iterdir()) == []


def pelican(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the pelican command from the repository's root, as the contract says."""
    return subprocess.run(
        [sys.executable, "-m", "pelican", *arguments],
        cwd=ROOT,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_check_writes_nothing(workshop: Workshop) -> None:
    """It finds what a build finds, and leaves no trace, not even an empty output folder."""
    workshop.write({"a.md": a_post("A")})
    settings = {"PATH": str(workshop.content), "OUTPUT_PATH": str(workshop.output)}
    site = Parley(read_settings(str(ROOT / "pelicanconf.py"), override=settings))
    assert str(site.check()).startswith("1 published; ")
    assert not workshop.output.exists()
    assert site.settings["OUTPUT_PATH"] == str(workshop.output)
