"""Fields that nothing reads, from files to the notices of a build."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from plugins.frontmatter.settings import OwnNames, own_names
from plugins.post import Extra, Frozen
from plugins.posts.unread import unread_fields
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.examples import a_post


def notices(
    *posts: dict[str, int], names: OwnNames | None = None, templates: tuple[str, ...] = ()
) -> list[str]:
    """What is said of posts with these unknown fields, each on a line."""
    made = [
        a_post(source=f"{number}.md", extra=Extra(dict.fromkeys(lines, "x")), lines=Frozen(lines))
        for number, lines in enumerate(posts)
    ]
    return list(map(str, unread_fields(made, names or OwnNames(), lambda: templates)))


def test_a_name_near_a_field_is_named_with_it_and_its_count() -> None:
    """Once, where it is found first, in whatever spelling."""
    [said] = notices({"source_url": 4}, {"Source-URL": 2})
    assert said == (
        "0.md:4: source_url: nothing reads this field (2 times); is it original? "
        'Rename it, or write FIELDS = {"source_url": "original"} [unread-field]'
    )


def test_all_other_names_are_one_notice() -> None:
    """With how often each occurs, and no more names than one can read."""
    [said] = notices({"mood": 2, "weather": 3}, {"mood": 2})
    assert "nothing reads mood (2 times), weather; " in said
    [said] = notices({f"qq{number:03}zz": number + 2 for number in range(30)})
    assert " and 10 more; " in said


@pytest.mark.parametrize(
    "template",
    [
        *(
            "{{ page.extra.mood }}",
            "{{ page.extra['mood'] }}",
            '{% set m = page.extra.get("mood") %}',
        ),
        *(
            "{% for name, value in page.extra.items() %}",
            "{% with extra = page.extra %}{{ extra.Mood }}",
        ),
        "{{ article.mood }}",
    ],
)
def test_what_templates_print_is_read(template: str) -> None:
    """Nothing is said of it, nor of anything where they print all."""
    assert notices({"mood": 2}, templates=("{{ page.title }}", template)) == []


def test_what_the_site_names_is_not_mentioned() -> None:
    """Neither is a field of the registry that stands in for another and was not needed."""
    names = own_names({"FIELDS": {"mood": "extra"}})
    assert notices({"mood": 2, "excerpt": 3}, names=names) == []


def test_a_field_reaches_the_page_by_a_template_alone(tmp_path: Path) -> None:
    """Escaped, empty where a post has none; and so does one that is edited, without another notice."""
    theme = copytree(ROOT / "theme", tmp_path / "theme")
    path = theme / "templates" / "post.html"
    text = path.read_text(encoding="utf-8")
    shown = '{% if page.extra.mood %}<p id="mood">{{ page.extra.mood }}</p>{% endif %}</header>'
    path.write_text(text.replace("</header>", shown, 1), encoding="utf-8")
    workshop = Workshop(tmp_path)
    post = "---\ntitle: {}\ndate: 2026-05-19\n{}---\n\nText.\n"
    files = {"posts/a.md": post.format("A", "Mood: <b>calm\n"), "posts/b.md": post.format("B", "")}
    built = workshop.build(files, THEME=str(theme))
    assert built.report is not None
    assert (built.problems, built.report.notices) == ((), ())
    assert '<p id="mood">&lt;b&gt;calm</p>' in built.page("/a/")
    assert 'id="mood"' not in built.page("/b/")
    built = workshop.build({"posts/a.md": post.format("A", "mood: wild\n")}, THEME=str(theme))
    assert '<p id="mood">wild</p>' in built.page("/a/")


def test_a_slip_in_a_field_that_matters_stops_the_build(tmp_path: Path) -> None:
    """A draft with a misspelt word is not published; the site can say that the word is its own."""
    post = "---\ntitle: A\ndate: 2026-05-19\ndarft: true\n---\n\nText.\n"
    workshop = Workshop(tmp_path)
    assert workshop.build({"posts/a.md": post}).problems == (
        "posts/a.md:4: darft: this is nearly draft, and no field; "
        'write draft, or FIELDS = {"darft": "extra"} in the settings',
    )
    assert workshop.build(FIELDS={"darft": "extra"}).problems == ()
    held = workshop.build(FIELDS={"darft": "draft"}).report
    assert held is not None
    assert held.drafts == 1
