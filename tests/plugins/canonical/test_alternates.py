"""The hreflang sets of translations."""

from typing import Any

import pytest

from plugins.canonical.alternates import alternates, check, language_tag
from plugins.canonical.policy import Policy, decide
from plugins.post import Frozen, Original, Post
from plugins.views import AlternateView
from tests.plugins.examples import CANONICAL, SITE, a_post

Member = tuple[Post, Policy]


def member(lang: str, **changes: Any) -> Member:
    """One translation of the text "tea" with its policy."""
    post = a_post(f"tea-{lang.lower()}", **{"lang": lang, "translation": "tea", **changes})
    return post, decide(post, CANONICAL)


def test_every_translation_has_the_same_complete_set() -> None:
    """All members link to all members, themselves included; the site's language is the default."""
    found = alternates([member("fr"), member("en"), member("de")], "en")
    links = (
        AlternateView("de", f"{SITE}/tea-de/"),
        AlternateView("en", f"{SITE}/tea-en/"),
        AlternateView("fr", f"{SITE}/tea-fr/"),
        AlternateView("x-default", f"{SITE}/tea-en/"),
    )
    assert found == dict.fromkeys(("posts/tea-de.md", "posts/tea-en.md", "posts/tea-fr.md"), links)


def test_without_the_sites_language_there_is_no_default() -> None:
    """No other translation is made the one for the rest of the world."""
    found = alternates([member("fr"), member("de")], "en")
    assert [one.lang for one in found["posts/tea-de.md"]] == ["de", "fr"]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "draft"},
        {"status": "scheduled"},
        {"status": "hidden"},
        {"original": Original("https://other.example/")},
        {"original": Original("https://other.example/", relation="republished")},
        {"translation": "coffee"},
        {"kind": "page"},
    ],
)
def test_who_takes_no_part(changes: dict[str, Any]) -> None:
    """A page that is not found here, or is no translation, is in no set and has none."""
    found = alternates([member("en"), member("de"), member("fr", **changes)], "en")
    assert set(found) == {"posts/tea-en.md", "posts/tea-de.md"}
    assert [one.lang for one in found["posts/tea-de.md"]] == ["de", "en", "x-default"]


def test_a_text_in_one_language_has_no_set() -> None:
    """One page is no set, nor is the one that is left when the other is a draft."""
    assert alternates([member("en")], "en") == {}
    assert alternates([member("en"), member("de", status="draft")], "en") == {}


def test_two_pages_of_one_language_are_a_problem() -> None:
    """The later file is named with the line, and the set has no links until that is settled."""
    first = member("en_GB", source="posts/a.md", lines=Frozen({"translation": 4}))
    second = member("en-gb", source="posts/b.md", lines=Frozen({"translation": 6}))
    german = member("de")
    assert alternates([second, german, first], "en") == {}
    (problem,) = check([second[0], german[0], first[0]])
    assert str(problem).startswith("posts/b.md:6: translation: posts/a.md:4 is already the en-GB")


@pytest.mark.parametrize(
    ("lang", "tag"),
    [("en", "en"), ("EN_us", "en-US"), ("pt-br", "pt-BR"), ("zh_hant_tw", "zh-Hant-TW")],
)
def test_languages_are_written_as_html_does(lang: str, tag: str) -> None:
    """Underscores become hyphens, and each subtag has its usual case."""
    assert language_tag(lang) == tag
