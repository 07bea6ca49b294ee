"""Small views made from entries."""

from dataclasses import replace

import pytest

from plugins.catalogue.datetext import DateText
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import PageSettings
from plugins.pages.cards import card, mark, original_view
from plugins.post import Original, Person, Term
from plugins.urls import Urls
from tests.plugins.examples import a_post, an_entry

FACTS = Facts(
    *("Parley", "A tagline", "en", Urls("https://example.org/blog")),
    show_date=DateText("Europe/London"),
    pages=PageSettings(),
)


def test_a_card_says_what_a_list_needs() -> None:
    """Links lead below the site's path, and the date is the site's."""
    entry = an_entry(
        authors=(Person("Ann", "ann"),), category=Term("News", "news"), title="<Title>"
    )
    made = card(replace(entry, words=461), FACTS)
    assert (made.title, made.url, made.minutes) == ("<Title>", "/blog/a-post/", 3)
    assert made.date.text == "19 May 2026"
    assert made.date.iso == "2026-05-19T10:30:00+01:00"
    assert [link.url for link in made.authors] == ["/blog/author/ann/"]
    assert made.category is not None
    assert made.category.url == "/blog/category/news/"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("draft", "Draft: only visible in this preview"),
        ("scheduled", "Scheduled for 19 May 2026: only visible in this preview"),
        ("hidden", "Unlisted: only people who have the link"),
    ],
)
def test_what_is_not_public_is_marked(status: str, text: str) -> None:
    """The mark says what it is and who sees it."""
    made = mark(a_post(status=status), FACTS)
    assert made is not None
    assert made.kind == status
    assert made.text.startswith(text)


def test_a_list_is_in_its_own_language() -> None:
    """A German list dates and marks an English post in German; the post says that it is English."""
    made = card(an_entry(status="scheduled", lang="en"), FACTS.speaking("de"))
    assert (made.date.text, made.lang) == ("19. Mai 2026", "en")
    assert made.mark is not None
    assert made.mark.text.startswith("Geplant für den 19. Mai 2026")


def test_a_published_post_has_no_mark() -> None:
    """Readers see none."""
    assert mark(a_post(), FACTS) is None


def test_the_visible_original_is_that_of_the_policy() -> None:
    """The site's name is filled in from the address where the writer gave none."""
    made = original_view(an_entry(original=Original("https://www.example.net/x")), FACTS)
    assert made is not None
    assert (made.url, made.site, made.relation) == (
        "https://www.example.net/x",
        "example.net",
        "crosspost",
    )
    assert original_view(an_entry(), FACTS) is None
