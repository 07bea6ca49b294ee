"""What plugins add to the site by tasks, and around its publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

import pelicanconf
from plugins.digests import digest
from plugins.steps import Site, Task
from tests.plugins.building import Workshop

POST = "---\ntitle: A\ndate: 2026-05-19\n---\n\nText.\n"


def plugin(**functions: object) -> ModuleType:
    """A Pelican plugin with these functions."""
    made = ModuleType("some_plugin")
    made.__dict__.update({"register": lambda: None, **functions})
    return made


def build(workshop: Workshop, one: ModuleType) -> Workshop:
    """The site of one post with the plugin."""
    built = workshop.build({"a.md": POST}, PLUGINS=[*pelicanconf.PLUGINS, one])
    assert built.problems == ()
    return workshop


def test_a_task_makes_files_from_the_catalogue(tmp_path: Path) -> None:
    """They are in the output, in folders made as needed."""

    def tasks(site: Site) -> Iterator[Task]:
        names = ",".join(entry.post.slug for entry in site.catalogue.listed)
        yield Task("names", digest(names), lambda: iter([("deep/names.txt", names.encode())]))

    workshop = build(Workshop(tmp_path), plugin(tasks=tasks))
    assert (workshop.output / "deep" / "names.txt").read_text() == "a"


def test_a_closing_task_reads_finished_pages(tmp_path: Path) -> None:
    """It is told every file with a digest, and gets the bytes."""

    def closing_tasks(site: Site) -> Iterator[Task]:
        page = site.read("a/index.html")
        yield Task("copy", site.files["a/index.html"], lambda: iter([("copy.html", page)]))

    workshop = build(Workshop(tmp_path), plugin(closing_tasks=closing_tasks))
    written = (workshop.output / "a" / "index.html").read_bytes()
    assert (workshop.output / "copy.html").read_bytes() == written


def test_a_plugin_is_there_while_files_are_brought_into_the_output(tmp_path: Path) -> None:
    """Before the first is there, with the right to change it, and when all are."""
    seen: list[bool] = []

    @contextmanager
    def publishing(output: Path, staged: Path, settings: object) -> Iterator[None]:
        page = staged / "a" / "index.html"
        page.write_text(page.read_text().replace("Text.", "Changed."))
        seen.append((output / "a" / "index.html").exists())
        yield
        seen.append((output / "a" / "index.html").exists())

    workshop = build(Workshop(tmp_path), plugin(publishing=publishing))
    assert seen == [False, True]
    assert "Changed." in (workshop.output / "a" / "index.html").read_text()


@pytest.mark.parametrize("path", ["../out.txt", "/etc/out.txt", "a/../../out.txt"])
def test_a_task_writes_nowhere_else(tmp_path: Path, path: str) -> None:
    """A path that leads out of the output folder stops the build."""

    def tasks(site: Site) -> Iterator[Task]:
        yield Task("out", "", lambda: iter([(path, b"x")]))

    settings = [*pelicanconf.PLUGINS, plugin(tasks=tasks)]
    built = Workshop(tmp_path).build({"a.md": POST}, PLUGINS=settings)
    assert len(built.problems) == 1
    assert "no path below the output folder" in built.problems[0]
    assert not (tmp_path / "out.txt").exists()


def test_two_tasks_of_one_name_are_refused(tmp_path: Path) -> None:
    """One would be taken for the other in the next build."""

    def tasks(site: Site) -> Iterator[Task]:
        yield Task("same", "", lambda: iter([]))
        yield Task("same", "", lambda: iter([]))

    with pytest.raises(ValueError, match="two tasks are called 'same'"):
        Workshop(tmp_path).build(PLUGINS=[*pelicanconf.PLUGINS, plugin(tasks=tasks)])


def test_a_late_task_is_left_to_the_next_build_of_a_preview(tmp_path: Path) -> None:
    """What is there of it stays until then; every other build makes it with all else."""

    def tasks(site: Site) -> Iterator[Task]:
        words = ",".join(entry.post.title for entry in site.catalogue.listed)

        def make(words: str = words) -> Iterator[tuple[str, bytes]]:
            yield "late.txt", words.encode()
            yield "twin.txt", b""

        yield Task("late", digest(words), make, late=True)

    late = plugin(tasks=tasks)
    workshop = Workshop(tmp_path)

    def titled(title: str, *, puts_off: bool) -> str:
        text = POST.replace("title: A", f"title: {title}")
        workshop.puts_off = puts_off
        built = workshop.build({"a.md": text}, PLUGINS=[*pelicanconf.PLUGINS, late])
        assert built.problems == ()
        found = workshop.output / "late.txt"
        return found.read_text() if found.exists() else ""

    assert titled("A", puts_off=True) == ""
    assert titled("A", puts_off=False) == "A"
    assert titled("B", puts_off=True) == "A"
    (workshop.output / "twin.txt").unlink()
    assert titled("A", puts_off=True) == "A"
    assert not (workshop.output / "twin.txt").exists()
    assert titled("A", puts_off=False) == "A"
    assert (workshop.output / "twin.txt").exists()


def test_two_outputs_at_one_path_are_an_error(tmp_path: Path) -> None:
    """Whoever makes them: both are named, and nothing is overwritten without a word."""

    def tasks(site: Site) -> Iterator[Task]:
        yield Task("another a", digest(), lambda: iter([("a/index.html", b"not the post")]))

    workshop = Workshop(tmp_path)
    before = workshop.build({"a.md": POST})
    built = workshop.build(PLUGINS=[*pelicanconf.PLUGINS, plugin(tasks=tasks)])
    (problem,) = built.problems
    assert "task another a" in problem
    assert "both make /a/index.html" in problem
    assert "Text." in before.page("/a/")
