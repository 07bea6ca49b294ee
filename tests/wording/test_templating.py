"""Templates in a language: text, variables that are escaped, and the helpers."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from wording import wording_for
from wording.templating import install


def render(source: str, lang: str = "en", **variables: object) -> str:
    """What a template of that source makes."""
    environment = Environment(autoescape=True)
    install(environment, wording_for(lang))
    return environment.from_string(source).render(variables)


@pytest.mark.parametrize(
    "source",
    ['{{ _("Hello %(name)s", name=name) }}', "{% trans %}Hello {{ name }}{% endtrans %}",
     '{{ ngettext("Hello %(name)s", "all %(name)s", 1, name=name) }}',
     '{{ pgettext("greeting", "Hello %(name)s", name=name) }}'],
)  # fmt: skip
def test_variables_are_escaped(source: str) -> None:
    """Whatever way a variable comes into a text, it cannot bring HTML."""
    assert render(source, name="<script>") == "Hello &lt;script&gt;"


def test_a_percent_sign_in_a_variable_is_only_text() -> None:
    """Variables are put in once: what looks like another one stays as it is."""
    assert render('{{ _("%(a)s!", a=a) }}', a="100% %(b)s") == "100% %(b)s!"


def test_lines_of_a_text_are_one() -> None:
    """Indentation in a template is no part of the message that is translated."""
    assert render("{% trans %}One\n    two{% endtrans %}") == "One two"


def test_text_is_in_the_language_of_the_environment() -> None:
    """One template, two languages; each environment speaks its own."""
    source = "{{ reading_time(3) }}, {{ number(1234) }}{{ between(1, 2) }}{{ direction('ar') }}"
    assert render(source) == "3 min read, 1,234 and rtl"
    assert render(source, "de") == "3 Min. Lesezeit, 1.234 und rtl"
