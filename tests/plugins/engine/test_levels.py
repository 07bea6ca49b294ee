"""What a fault does to a build: it stops it, holds its post back, is told, or is accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.catalogue.settings import PageSettings
from plugins.checks import baseline
from plugins.checks.settings import CheckSettings
from plugins.errors import Problem
from tests.plugins.building import Built, Files, Workshop
from tests.plugins.sequences import clean_build, snapshot

HOLD = CheckSettings(levels={"*": "hold"})
NOTICE = CheckSettings(levels={"*": "notice"})


class Quick(Workshop):
    """A site without what takes longest and shows nothing of faults."""

    def build(self, files: Files | None = None, **settings: Any) -> Built:
        """Build it."""
        usual = PageSettings(search=False, share_images=False)
        return super().build(files, **{"PAGES": usual, **settings})


def a_post(title: str, body: str = "Words.", *, day: int = 1, more: str = "") -> str:
    """A post of January 2024."""
    return f"---\ntitle: {title}\ndate: 2024-01-{day:02}\n{more}---\n{body}\n"


def held(built: Built) -> tuple[str, ...]:
    """The posts that were held back, in a build that succeeded."""
    assert built.report is not None, built.problems
    return built.report.held


BROKEN: dict[str, tuple[str, str | bytes]] = {
    "bad-1.md": ("invalid-status", a_post("Bad", more="status: perhaps\n")),
    "bad-2.md": ("front-matter", "---\ntitle: [\n---\nx\n"),
    "bad-3.md": ("unclosed-code", a_post("Bad", "```\nnever closed\n")),
    "bad-4.md": ("template-code", a_post("Bad", "{% include x %}")),
    "bad-5.md": ("dead-link", a_post("Bad", "[x](gone.md)")),
    "bad-6.md": ("missing-image", a_post("Bad", "![x](gone.png)")),
    "bad-7.md": ("unreadable-file", b"no text: \xff\xfe\x00\xd8\x00"),
    "bad-8.md": ("url-taken", a_post("Bad", day=9, more="slug: good-1\n")),
    "bad-9.md": ("broken-image", a_post("Bad", "![x](bad.png)")),
}


def test_broken_posts_do_not_stop_the_others(tmp_path: Path) -> None:
    """With hold the rest is published and the summary says what is not; by itself each is an error."""
    workshop = Quick(tmp_path)
    good = {f"good-{number}.md": a_post(f"Good {number}", day=number) for number in range(1, 6)}
    bad = {name: text for name, (_, text) in BROKEN.items()}
    built = workshop.build({**good, **bad, "bad.png": b"no image"})
    assert set(built.rules) == {rule for rule, _ in BROKEN.values()}
    assert built.files() == set()
    built = workshop.build(CHECKS=HOLD)
    assert held(built) == tuple(BROKEN)
    assert built.report is not None
    assert built.report.published == 5
    assert {(one.path, one.rule) for one in built.report.faults} == {
        (name, rule) for name, (rule, _) in BROKEN.items()
    }
    assert "9 posts are held back by errors, the rest is published: bad-1.md" in str(built.report)
    assert {f"good-{number}/index.html" for number in range(1, 6)} <= built.files()
    assert not any("bad" in name for name in built.files() - {"bad.png"})
    for page in ("/", "/feeds/all.json", "/sitemap.xml", "/archive/"):
        assert "bad" not in built.page(page).lower()
    again = workshop.build(CHECKS=HOLD)
    assert (held(again), again.report and again.report.changed) == (tuple(BROKEN), 0)
    clean_build(workshop, tmp_path / "clean", CHECKS=HOLD)
    assert snapshot(workshop.output) == snapshot(tmp_path / "clean")


def test_what_stands_around_a_held_post_is_consistent(tmp_path: Path) -> None:
    """Links to it have no address, its series skips it, and its redirects are not written."""
    workshop = Quick(tmp_path)
    series = "series: Talk\npart: {}\n"
    files = {
        "one.md": a_post("One", "[the second](two.md) and [old](/second/)", more=series.format(1)),
        "two.md": a_post(
            "Two", "[x](gone.md)", day=2, more=f"{series.format(2)}aliases: /second/\n"
        ),
        "three.md": a_post("Three", day=3, more=series.format(3)),
    }
    built = workshop.build(files, CHECKS=CheckSettings({"dead-link": "hold"}))
    assert held(built) == ("two.md",)
    assert built.report is not None
    told = {one.rule for one in built.report.notices}
    assert "link-to-held" in told
    assert "series-waiting" in told
    page = built.page("/one/")
    assert "<a>the second</a> and <a>old</a>" in page
    assert "/two/" not in page
    assert "/three/" in page
    assert "second/index.html" not in built.files()
    # Once it is corrected everything is as if it had never been held back.
    workshop.build({"two.md": files["two.md"].replace("gone.md", "one.md")})
    clean_build(workshop, tmp_path / "clean")
    assert snapshot(workshop.output) == snapshot(tmp_path / "clean")
    assert "/two/" in workshop.build().page("/one/")


@pytest.mark.parametrize("how", ["status: draft\n", "date: 2999-01-01\n", "expires: 2020-01-01\n"])
def test_a_fault_in_what_is_not_published_stops_nothing(tmp_path: Path, how: str) -> None:
    """A draft, a scheduled and an expired post; the fault is told all the same."""
    more = f"{how}tags: [a]\nfeatured: perhaps\n"
    draft = a_post("Bad", "{% include x %}", more=more)
    draft = draft.replace("date: 2024-01-01\n", "", 1) if how.startswith("date") else draft
    workshop = Quick(tmp_path)
    built = workshop.build({"good.md": a_post("Good"), "bad.md": draft})
    assert built.problems == ()
    assert built.report is not None
    assert {one.rule for one in built.report.notices} == {"invalid-featured", "template-code"}
    assert not any("bad" in name for name in built.files())
    assert set(workshop.build(PREVIEW=True).rules) == {"template-code", "invalid-featured"}


def test_a_notice_is_told_and_the_post_is_published(tmp_path: Path) -> None:
    """In each build, also in one that reads nothing anew; off says nothing."""
    workshop = Quick(tmp_path)
    files = {"a.md": a_post("A", "[x](gone.md) ![y](gone.png) {% include x %}\n\nEnd.")}
    rules: set[str] = set()
    for built in (workshop.build(files, CHECKS=NOTICE), workshop.build(CHECKS=NOTICE)):
        assert built.report is not None
        rules = {one.rule for one in built.report.notices}
        assert rules >= {"dead-link", "missing-image", "template-code"}
        assert "End." in built.page("/a/")
    built = workshop.build({"b.md": a_post("B")}, CHECKS=NOTICE)
    assert built.report is not None
    assert {one.rule for one in built.report.notices} == rules
    assert workshop.build(CHECKS=CheckSettings({"*": "off"})).report is not None


def test_a_lead_image_that_is_missing_is_left_out(tmp_path: Path) -> None:
    """Where that is a notice: no broken image at the head of the page, in lists or in feeds."""
    files = {"a.md": a_post("A", more="image: gone.png\nimage_alt: A talk\n")}
    built = Quick(tmp_path).build(files, CHECKS=CheckSettings({"missing-image": "notice"}))
    assert built.report is not None
    for page in ("/a/", "/", "/feeds/all.json"):
        assert "gone.png" not in built.page(page)


def test_folders_and_old_posts_have_levels_of_their_own(tmp_path: Path) -> None:
    """Only those; new posts elsewhere are as strict as ever."""
    workshop = Quick(tmp_path)
    bad = "[x](gone.md)"
    files = {"old.md": a_post("Old", bad), "new.md": a_post("New", bad, day=20)}
    checks = CheckSettings(folders={"import": {"dead-link": "notice"}}, before=date(2024, 1, 10))
    built = workshop.build({**files, "import/b.md": a_post("B", bad, day=21)}, CHECKS=checks)
    assert [problem.partition(":")[0] for problem in built.problems] == ["new.md"]


def test_a_post_chooses_for_itself(tmp_path: Path) -> None:
    """In its front matter; a rule that there is not, and a level that is not safe, are errors."""
    workshop = Quick(tmp_path)
    files = {"a.md": a_post("A", "[x](gone.md)", more="checks: {dead-link: off}\n")}
    assert workshop.build(files).problems == ()
    built = workshop.build({"a.md": a_post("A", more="checks: {dead-lnik: off, url-taken: off}\n")})
    assert built.rules == ("invalid-checks", "invalid-checks")
    assert "did you mean 'dead-link'?" in built.problems[1] + built.problems[0]


def test_accepted_faults_build_and_a_new_one_stops_it(tmp_path: Path) -> None:
    """500 of them are counted; the 501st is an error, wherever it is."""
    place = tmp_path / "baseline.json"
    checks = CheckSettings(baseline=place)
    workshop = Quick(tmp_path)
    files = {
        f"{number:02}.md": a_post(
            f"Post {number}", " ".join(f"[x](gone-{link}.md)" for link in range(20))
        )
        for number in range(25)
    }
    built = workshop.build(files, CHECKS=checks)
    assert len(built.problems) == 500
    baseline.write(place, baseline.counted(_problems(built)))
    built = workshop.build(CHECKS=checks)
    assert built.report is not None, built.problems
    assert (built.report.accepted, built.report.published, built.report.notices) == (500, 25, ())
    assert "500 accepted faults (baseline)" in str(built.report)
    unchanged = workshop.build(CHECKS=checks)
    assert unchanged.report is not None
    assert unchanged.report.accepted == 500
    [problem] = workshop.build(
        {"24.md": f"{files['24.md']}\n[y](new.md)\n"}, CHECKS=checks
    ).problems
    assert "'new.md'" in problem
    workshop.write({"24.md": files["24.md"]})
    place.unlink()
    assert len(workshop.build(CHECKS=checks).problems) == 500


def test_what_must_not_be_published_is_held_back_though_it_is_accepted(tmp_path: Path) -> None:
    """A page that would overwrite another never does."""
    place = tmp_path / "baseline.json"
    checks = CheckSettings(baseline=place)
    workshop = Quick(tmp_path)
    files = {"a.md": a_post("A", "First.", more="slug: x\n"), "b.md": a_post("B", more="slug: x\n")}
    built = workshop.build(files, CHECKS=checks)
    baseline.write(place, baseline.counted(_problems(built)))
    built = workshop.build(CHECKS=checks)
    assert held(built) == ("b.md",)
    assert built.report is not None
    assert (built.report.accepted, built.report.faults) == (1, ())
    assert "First." in built.page("/x/")


def test_pelicans_own_steps_hold_the_same_posts_back(tmp_path: Path) -> None:
    """With a reader that only Pelican has, and the same levels."""
    workshop = Quick(tmp_path)
    files = {
        "a.md": a_post("A", "[x](gone.md)"),
        "b.md": a_post("B", more="status: perhaps\n"),
        "c.rst": "C\n#\n\n:date: 2024-01-01\n:status: perhaps\n\nWords.\n",
        "d.rst": "D\n#\n\n:date: 2024-01-01\n\nWords.\n",
    }
    built = workshop.build(files, CHECKS=HOLD)
    assert held(built) == ("a.md", "b.md", "c.rst")
    assert "d/index.html" in built.files()


def _problems(built: Built) -> list[Problem]:
    """The problems of a failed build, from their lines."""
    found = []
    for line, rule in zip(built.problems, built.rules, strict=True):
        path, number, field, rest = line.split(":", 3)
        message, _, hint = rest.strip().partition("; ")
        found.append(replace(Problem(path, int(number), field.strip(), message, hint), rule=rule))
    return found
