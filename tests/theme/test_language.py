"""Pages in the site's language: no English is left in a template, and German pages are German."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment, nodes

from plugins.views import PostView, SiteView
from tests.theme import pages, samples
from tests.theme.samples import TEMPLATES
from wording import wording_for
from wording.templating import install

FOLDER = pages.THEME / "templates"
TEMPLATE_FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
# Attributes whose values readers see or hear.
_SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder|data-\w*text|data-done|label)="([^"]*)"')
# Names that are the same in every language.
_NAMES = {"RSS", "Atom", "JSON", "LinkedIn", "Bluesky", "Mastodon"}


def english(source: str) -> set[str]:
    """The words a template shows that did not come through gettext."""
    environment = Environment(autoescape=True)
    install(environment, wording_for("en"))
    tree = environment.parse(source)
    text = "\0".join(data.data for data in tree.find_all(nodes.TemplateData))
    shown = [re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", text), *_SPOKEN.findall(text)]
    return set(re.findall(r"[A-Za-z]{2,}", " ".join(shown))) - _NAMES


@pytest.mark.parametrize("name", TEMPLATE_FILES)
def test_every_word_of_a_template_can_be_translated(name: str) -> None:
    """What readers see or hear is passed through gettext, in text and in attributes."""
    assert english((FOLDER / name).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "source",
    ["<p>Hello</p>", '<nav aria-label="Main"></nav>', "{% if x %}Hello{% endif %}"],
)
def test_untranslated_words_are_found(source: str) -> None:
    """The check above sees text, spoken attributes, and what stands in branches."""
    assert english(source) in ({"Hello"}, {"Main"})


def german() -> SiteView:
    """The sample site in German."""
    return replace(samples.site(), lang="de")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_german_page_is_built_like_an_english_one(template: str) -> None:
    """A translation changes words only: the elements and their attributes are the same."""
    view = samples.full(TEMPLATES[template])
    site = replace(samples.site(), lang="en")
    english_page = pages.read(template, speaking(view, "en"), site)
    german_page = pages.read(template, speaking(view, "de"), german())
    assert pages.skeleton(german_page) == pages.skeleton(english_page)


def speaking(view: Any, lang: str) -> Any:
    """The view in another language, where it has one of its own."""
    return replace(view, lang=lang) if hasattr(view, "lang") else view


def test_a_german_post_says_so_in_german() -> None:
    """The interface around a German post is German, and the page says that it is."""
    page = pages.read("post.html", samples.full(PostView), german())
    assert pages.values(page, "html", "lang") == ["de"]
    assert pages.texts(page, ".skip-link") == ["Zum Inhalt springen"]
    assert "Min. Lesezeit" in pages.words(page.root)


def test_an_arabic_page_runs_from_right_to_left() -> None:
    """A language without a catalogue keeps English text and its own direction."""
    page = pages.read("post.html", samples.full(PostView), replace(samples.site(), lang="ar"))
    assert pages.values(page, "html", "dir") == ["rtl"]
