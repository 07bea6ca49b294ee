"""Templates under strict rules."""

from dataclasses import replace
from pathlib import Path

import pytest

from plugins.errors import SiteError
from plugins.pages.render import Renderer
from plugins.views import HeadView, SiteView
from plugins.views import NotFoundView as View
from tests.theme import samples

SITE = replace(samples.empty(SiteView), name="A <Site>")
PAGE = View(HeadView("Title"), ())


def render(folder: Path, **templates: str) -> str:
    """Render ``page.html`` of a theme with these templates."""
    for name, text in templates.items():
        (folder / f"{name}.html").write_text(text)
    return Renderer(folder).render("page.html", SITE, PAGE)


def test_text_is_escaped(tmp_path: Path) -> None:
    """Autoescape is on."""
    assert render(tmp_path, page="<b>{{ site.name }}</b>") == "<b>A &lt;Site&gt;</b>"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("\n{{ page.nothing }}", 2),
        ("{{ nothing }}", 1),
        ("\n\n{% if %}", 3),
        ("{% include 'gone.html' %}", 1),
        ("{{ site.name.nothing.more }}", 1),
    ],
)
def test_what_a_template_does_wrong_is_an_error_with_its_line(
    tmp_path: Path, page: str, line: int
) -> None:
    """An attribute a view does not have is never printed as nothing."""
    with pytest.raises(SiteError) as caught:
        render(tmp_path, page=page)
    [problem] = caught.value.problems
    assert (problem.line, problem.field) == (line, "template")
    assert problem.path.endswith("page.html")


def test_the_innermost_template_is_named(tmp_path: Path) -> None:
    """A fault in a partial is reported where it is."""
    (tmp_path / "templates").mkdir()
    with pytest.raises(SiteError) as caught:
        render(tmp_path / "templates", page="{% include 'part.html' %}", part="\n\n{{ gone }}")
    assert [(p.path, p.line) for p in caught.value.problems] == [("theme/templates/part.html", 3)]


def test_no_other_theme_stands_in(tmp_path: Path) -> None:
    """A template that is missing is missing."""
    assert not Renderer(tmp_path).has("article.html")
