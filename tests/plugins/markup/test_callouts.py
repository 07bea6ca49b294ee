"""The titles of callouts: the writer's own, or what their kind is called in the post's language."""

from __future__ import annotations

import pytest

from plugins.markup.converter import Converter
from plugins.markup.settings import MarkupSettings


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
def test_a_callout_has_the_title_of_its_kind(lang: str, source: str, title: str) -> None:
    """Unless the writer gave it one, or nobody knows the kind."""
    converter = Converter(MarkupSettings().speaking(lang), lambda code, _: code)
    html = converter.convert(f"{source}\n    Text.", ()).html
    assert f'<p class="admonition-title">{title}</p>' in html


def test_a_callout_may_have_no_title() -> None:
    """An empty one is none."""
    converter = Converter(MarkupSettings(), lambda code, _: code)
    assert "admonition-title" not in converter.convert('!!! note ""\n    Text.', ()).html
