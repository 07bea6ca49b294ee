"""Jinja made for many pages: the same text as Jinja itself, and parts that stand are made once."""

from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from thread.quick import QuickEnvironment, shown
from wording import wording_for
from wording.templating import install

OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


@dataclass(frozen=True)
class Site:
    """The view of a site."""

    name: str = "A <Site>"
    links: tuple[str, ...] = ("one", "two & three")


@dataclass(frozen=True)
class Page:
    """The view of a page."""

    title: str = 'Tea & "cake"'
    html: Markup = Markup("<p>Text</p>")
    minutes: int = 3
    none: None = None


TEMPLATES = {
    "base.html": "<title>{% block title %}{{ page.title }}{% endblock %}</title>"
    "{% include 'foot.html' %}{% block main %}{% endblock %}",
    "page.html": "{% extends 'base.html' %}{% from 'macros.html' import link, loud with context %}"
    "{% import 'macros.html' as all %}"
    "{% block title %}{{ super() }} at {{ site.name }}{% endblock %}"
    "{% block main %}{{ page.html }}{{ page.minutes }}{{ page.none }}{% include 'part.html' %}"
    "{% for one in site.links %}{{ link(one, class='a' if loop.first else '') }}{% endfor %}"
    "{{ all.link('x>y') }}{% call loud(2) %}<{{ page.title }}>{% endcall %}"
    "{% set shouted %}{{ page.title }}{% endset %}{{ shouted }}"
    "{% filter upper %}{{ page.title }}{% endfilter %}{{ page.html ~ page.title }}"
    "{{ page.title|replace('&', '<') }}{{ 'a<b'|safe }}{{ page.title[0:3] }}"
    "{% if page.gone is defined %}never{% endif %}{{ reading_time(page.minutes) }}"
    "{{ _('%(name)s by %(other)s', name=page.title, other=link('l')) }}{% endblock %}",
    "part.html": "{% from 'macros.html' import link %}{% set own = page.title %}{{ own }}{{ link(own) }}"
    "{% if page.minutes %}{% include 'foot.html' %}{% endif %}{{ named_by_hand() }}",
    "foot.html": "{% from 'macros.html' import link %}<footer>{{ site.name }}"
    "{% for one in site.links %}{{ link(one) }}{% endfor %}</footer>",
    "macros.html": "{% macro link(text, class='') %}<a{% if class %} class=\"{{ class }}\"{% endif %}>"
    "{{ text }}</a>{% endmacro %}{% macro loud(times) %}{% for _ in range(times) %}{{ caller() }}"
    "{% endfor %}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}",
}


@pass_context
def _named(context: Context) -> str:
    return f"<{context.name}>"


def quick(templates: dict[str, str], kind: type[Environment] = QuickEnvironment) -> Environment:
    """An environment with these templates and English words."""
    made = kind(loader=DictLoader(templates), **OPTIONS)
    install(made, wording_for("en"))
    made.globals["named_by_hand"] = _named
    return made


def test_it_gives_what_jinja_gives() -> None:
    """Inheritance, includes, imports, macros, calls, filters and escaping: the same text."""
    values = {"site": Site(), "page": Page()}
    expected = quick(TEMPLATES, Environment).get_template("page.html").render(values)
    made = quick(TEMPLATES).get_template("page.html")
    assert made.render(values) == expected
    assert made.render(values) == expected
    assert "Tea &amp; &#34;cake&#34;" in expected


@pytest.mark.parametrize(
    "value", ["plain", "<b>&'\"</b>", Markup("<b>"), 3, None, "", "ü ≤ 漢字", 2.5, ("<", ">")]
)
def test_what_is_shown_is_escaped_as_markupsafe_does(value: object) -> None:
    """Safe text stays, everything else is text first."""
    assert shown(value) == str(Markup.escape(value))


def test_a_macro_gives_text_that_is_safe() -> None:
    """What a macro made is not escaped again by the template or the macro that calls it."""
    templates = {
        "page.html": "{% macro inner(text) %}<i>{{ text }}</i>{% endmacro %}"
        "{% macro outer(text) %}<b>{{ inner(text) }}</b>{% endmacro %}{{ outer('&') ~ '<' }}"
    }
    assert quick(templates).get_template("page.html").render() == "<b><i>&amp;</i></b>&lt;"


@pytest.mark.parametrize("text", ["{{ page.gone }}", "{{ gone }}", "{{ gone() }}"])
def test_what_is_not_there_is_an_error(text: str) -> None:
    """Nothing is ever printed as nothing."""
    with pytest.raises(UndefinedError):
        quick({"page.html": text}).get_template("page.html").render(page=Page())


class Counted:
    """The view of a site that counts how often it is asked for its name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.asked = 0

    @property
    def name(self) -> str:
        """The name."""
        self.asked += 1
        return self._name


def rendered(part: str, *sites: Counted, **more: str) -> list[str]:
    """Pages that include ``part``: two for each site, in turns, with titles of their own."""
    page = quick({"page.html": "{% include 'part.html' %}", "part.html": part, **more})
    template = page.get_template("page.html")
    return [
        template.render(site=site, page=Page(title=f"{turn}"), word="w")
        for site in sites
        for turn in range(2)
    ]


def test_a_part_that_reads_the_site_alone_is_made_once_for_each_site() -> None:
    """Its text is kept for as long as the site is the same, and no longer."""
    one, two = Counted("one"), Counted("two")
    assert (
        rendered("<{{ site.name }}>", one, two, one)
        == ["<one>"] * 2 + ["<two>"] * 2 + ["<one>"] * 2
    )
    assert (one.asked, two.asked) == (2, 1)


@pytest.mark.parametrize(
    "part",
    [
        "{{ site.name }}{{ page.title }}",
        "{% set page = page %}{{ site.name }}{{ page.title }}",
        "{{ site.name }}{% include 'more.html' %}",
        "{{ site.name }}{% from 'macros.html' import title with context %}{{ title() }}",
        "{{ site.name }}{{ [page.title]|first }}",
    ],
)
def test_a_part_that_reads_the_page_is_made_for_each(part: str) -> None:
    """Also where it reads it in what it includes, or imports with the page around it."""
    macros = {
        "more.html": "{{ page.title }}",
        "macros.html": "{% macro title() %}{{ page.title }}{% endmacro %}",
    }
    assert rendered(part, Counted("one"), **macros) == ["one0", "one1"]


def test_a_part_that_reads_anything_else_is_made_for_each() -> None:
    """Only the view of the site is known to stay."""
    one = Counted("one")
    rendered("{{ site.name }}{{ word }}", one)
    assert one.asked == 2


def test_a_part_can_be_imported_and_included() -> None:
    """Its macros and values are there, whatever came first."""
    part = "{% macro link(to) %}<a>{{ to }}</a>{% endmacro %}{% set n = 5 %}{{ site.name }}"
    page = (
        "{% include 'p.html' %}{% from 'p.html' import link, n with context %}"
        "{{ link('x') }}{{ n }}{% include 'p.html' %}"
    )
    made = quick({"page.html": page, "p.html": part}).get_template("page.html")
    assert [made.render(site=Site("S")) for _ in range(2)] == ["S<a>x</a>5S"] * 2
