"""A site's own shortcodes: what a template makes of a call, and what is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.markup.markup import Markup
from plugins.markup.partials import LONGEST_ARGUMENT, expand, partials
from plugins.markup.settings import MarkupSettings

CTA = (
    ("box", '<div class="box">\n  <b>{{ title }}</b>\n  {{ inner }}\n</div>\n'),
    ("cta", '<p>\n<a href="{{ url }}">{{ text|default("Go") }}</a></p>\n'),
    ("gone", None),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{{< cta url="/a" >}}', '<p> <a href="/a">Go</a></p>'),
        ('{{< cta url="/a" text="x < y" />}}', '<p> <a href="/a">x &lt; y</a></p>'),
        ('{{< CTA url=/a text="say \\"hi\\"" >}}', '<p> <a href="/a">say &#34;hi&#34;</a></p>'),
        ('`{{< cta url="/a" >}}`', '`{{< cta url="/a" >}}`'),
        ("{{< other >}}", "{{< other >}}"),
    ],
)
def test_a_call_is_what_its_template_says(text: str, shown: str) -> None:
    """Arguments are escaped; code and other names are left alone."""
    assert expand(text, CTA).text == shown
    assert expand(text, CTA).problems == ()


def test_the_text_of_a_call_is_markdown() -> None:
    """It stands inside the template's HTML, and every line keeps its number."""
    text = (
        'Above.\n\n{{< box title="T" >}}\n**bold** and {{< cta url="/b" >}}\n{{< /box >}}\n\nBelow.'
    )
    shown = expand(text, CTA).text
    assert shown.count("\n") == text.count("\n")
    html = Markup(MarkupSettings(partials=CTA)).render(shown).html
    assert "<strong>bold</strong>" in html
    assert 'class="box"' in html
    assert "markdown=" not in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{< gone >}}", "shortcodes/gone.html is missing"),
        ("{{< cta >}}", "'url' is undefined"),
        ("{{< cta words >}}", "'words' is no argument"),
        ("{{< /cta >}}", "nothing here begins"),
        (f'{{{{< cta url="{"x" * (LONGEST_ARGUMENT + 1)}" >}}}}', "url is too long"),
        (f"{{{{< cta {' '.join(f'a{n}=1' for n in range(21))} >}}}}", "it has 21 arguments"),
    ],
)
def test_a_call_that_cannot_be_shown_is_an_error_with_its_line(text: str, said: str) -> None:
    """It is left out, and what stands around it stays."""
    shown = expand(f"One.\n\n{text} two.", CTA, 5, "a.md")
    assert [(one.line, one.rule, said in one.message) for one in shown.problems] == [
        (7, "shortcode", True)
    ]
    assert shown.text == "One.\n\n two."


def test_templates_are_files_of_the_site(tmp_path: Path) -> None:
    """By the name of the shortcode, or as the table says; one outside of the site is refused."""
    (tmp_path / "shortcodes").mkdir()
    (tmp_path / "shortcodes" / "cta.html").write_text("A", "utf-8")
    table = {
        "cta": "template",
        "Box": "template shortcodes/cta.html",
        "no": "template",
        "x": "drop",
    }
    assert partials(tmp_path, table) == (("box", "A"), ("cta", "A"), ("no", None))
    with pytest.raises(ValueError, match="leads out of the site"):
        partials(tmp_path, {"cta": "template ../x.html"})
