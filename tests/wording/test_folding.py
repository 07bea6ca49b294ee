"""Text compiled into templates: the same as looking it up, and not looked up when shown."""

from __future__ import annotations

import pytest
from jinja2 import Environment, StrictUndefined

from wording import wording_for
from wording.templating import install


def environment(lang: str = "de") -> Environment:
    """Templates in a language."""
    made = Environment(autoescape=True, undefined=StrictUndefined)
    install(made, wording_for(lang))
    return made


def unfolded(lang: str = "de") -> Environment:
    """The same as Jinja makes it by itself."""
    made = environment(lang)
    del made.code_generator_class
    return made


SOURCES = [
    '{{ _("Archive") }}',
    '{{ gettext("Archive") }} {{ pgettext("part", "planned") }}',
    '{{ _("About %(name)s", name=name) }}',
    '{{ _("Part %(number)s of %(total)s", number=1, total="<2>") }}',
    '{{ _("100%% of %(name)s", name=name) }}',
    "{% trans name %}About {{ name }}{% endtrans %}",
    "{% trans %}100% sure{% endtrans %}",
    "{% trans count=3, shown=number(3) %}{{ shown }} post{% pluralize count %}{{ shown }} posts{% endtrans %}",
    '{{ _("Archive") ~ name }} {{ _("Archive")|upper }} {{ (_("Archive") if name else _("Tags")) }}',
    "{{ _(word) }}",
    '{{ _("") or "nothing" }}',
    '<a title="{{ _("About %(name)s", name=name) }}">',
    '{% macro m(a) %}{{ a }}{% endmacro %}{{ m(_("Archive")) }}',
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_folded_text_is_the_text(source: str, lang: str) -> None:
    """Whatever way a message is written, a reader sees what Jinja itself would show."""
    values = {"name": '"<b>%(x)s', "word": "Archive"}
    shown = environment(lang).from_string(source).render(values)
    assert shown == unfolded(lang).from_string(source).render(values)


def test_text_is_not_looked_up_when_it_is_shown() -> None:
    """The compiled template holds the German word; a message that is no constant is looked up."""
    code = environment().compile('{{ _("Archive") }}', raw=True)
    assert "Archiv" in code
    assert "gettext" not in code
    assert "_" in environment().compile("{{ _(word) }}", raw=True)


def test_a_variable_that_is_not_given_is_an_error() -> None:
    """A mistake in a template is not hidden."""
    with pytest.raises(KeyError, match="name"):
        environment().from_string('{{ _("About %(name)s") }}').render()


def test_each_environment_keeps_its_own_language() -> None:
    """Compiling in one language changes nothing for another, nor for Jinja itself."""
    german, english = environment("de"), environment("en")
    source = '{{ _("Archive") }}'
    assert german.from_string(source).render() == "Archiv"
    assert english.from_string(source).render() == "Archive"
    assert Environment(autoescape=True).from_string("{{ 1 }}").render() == "1"
