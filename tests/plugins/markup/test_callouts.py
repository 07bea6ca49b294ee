"""The titles of callouts: the writer's own, or what their kind is called in the post's language."""

from __future__ import annotations

import pytest

from plugins.errors import SiteError
from plugins.markup.markup import Markup

BOTH = pytest.mark.parametrize("python", [False, True], ids=["commonmark", "python"])


@BOTH
@pytest.mark.parametrize(
    ("lang", "source", "title"),
    [
        ("en", "!!! note", "Note"),
        ("de", "!!! note", "Anmerkung"),
        ("de", "!!! warning small", "Warnung"),
        ("de", '!!! note "Read this"', "Read this"),
        ("de", "!!! sidenote", "Sidenote"),
    ],
)
def test_a_callout_has_the_title_of_its_kind(
    lang: str, source: str, title: str, python: bool
) -> None:
    """Unless the writer gave it one, or nobody knows the kind."""
    html = Markup().speaking(lang).render(f"{source}\n    Text.", python=python).html
    assert f'<p class="admonition-title">{title}</p>' in html


@BOTH
def test_a_callout_may_have_no_title(python: bool) -> None:
    """An empty one is none."""
    html = Markup().render('!!! note ""\n    Text.', python=python).html
    assert "admonition-title" not in html


@pytest.mark.parametrize("source", ["> [!NOTE] a\n> ===\n> b\n", "> [!tip]-\n> a\n> ---\n"])
def test_underlined_marks_are_no_callout(source: str) -> None:
    """They would be part of a heading, so they are named as marks that would be printed."""
    with pytest.raises(SiteError, match="begins no callout"):
        Markup().render(source)
