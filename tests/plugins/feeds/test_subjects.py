"""What there are feeds of, and which posts are in each."""

from __future__ import annotations

from dataclasses import replace

from plugins.catalogue.catalogue import Catalogue
from plugins.feeds.subjects import Subject, subjects
from plugins.post import SeriesClaim
from plugins.series.arrange import SeriesFile
from tests.plugins.feed_examples import FACTS, MARA, SETTINGS, catalogue, entry, on, term


def _subjects(site: Catalogue) -> dict[str, Subject]:
    return {subject.stem: subject for subject in subjects(site, FACTS, SETTINGS)}


def _slugs(subject: Subject) -> list[str]:
    return [entry.post.slug for entry in subject.entries]


def test_there_is_a_feed_of_everything_and_of_each_term_and_series() -> None:
    """At the paths of the contract, with the newest post first."""
    site = catalogue(
        [
            entry(
                "one", date=on(1), category=term("News"), tags=(term("e-mail"),), authors=(MARA,)
            ),
            entry("two", date=on(2), category=term("News"), series=SeriesClaim("Attention", 1)),
        ]
    )
    found = _subjects(site)
    assert list(found) == [
        "feeds/all",
        "feeds/category/news",
        "feeds/series/attention",
        "feeds/author/mara-lindqvist",
        "feeds/tag/e-mail",
    ]
    assert _slugs(found["feeds/all"]) == _slugs(found["feeds/category/news"]) == ["two", "one"]
    assert _slugs(found["feeds/series/attention"]) == ["two"]
    assert found["feeds/category/news"].title == "News · Parley"
    assert found["feeds/category/news"].page == "/category/news/"


def test_a_site_without_posts_still_has_its_feed() -> None:
    """Who subscribes on the first day gets the first post."""
    (only,) = subjects(catalogue([]), FACTS, SETTINGS)
    assert (only.stem, only.entries) == ("feeds/all", ())


def test_posts_that_are_not_public_are_in_no_feed() -> None:
    """Hidden ones, and in a preview drafts and scheduled ones; a term with nothing else has none."""
    site = catalogue(
        [
            entry("public", date=on(1)),
            entry("draft", status="draft", tags=(term("secret"),), series=SeriesClaim("S", 1)),
            entry("later", status="scheduled", lang="de"),
            entry("hidden", status="hidden", lang="fr"),
        ]
    )
    found = _subjects(site)
    assert list(found) == ["feeds/all"]
    assert _slugs(found["feeds/all"]) == ["public"]


def test_each_language_has_a_feed_once_there_are_two() -> None:
    """With the translations that the site's own feed leaves to their originals."""
    english = entry("hello", date=on(1))
    german = entry("hallo", date=on(2), lang="de", translation="hello", primary=False)
    assert "feeds/language/en" not in _subjects(catalogue([english]))
    found = _subjects(catalogue([english, german]))
    assert _slugs(found["feeds/all"]) == ["hello"]
    assert _slugs(found["feeds/language/de"]) == ["hallo"]
    assert _slugs(found["feeds/language/en"]) == ["hello"]
    assert found["feeds/language/de"].title == "Deutsch · Parley"
    assert found["feeds/language/de"].lang == "de"


def test_a_series_knows_the_order_it_is_to_be_read_in() -> None:
    """Its posts are newest first, like in any feed; the order of parts is beside them."""
    site = catalogue(
        [
            entry("b", date=on(1), series=SeriesClaim("Attention", 2)),
            entry("a", date=on(3), series=SeriesClaim("Attention", 1)),
        ],
        [SeriesFile("series/attention.md", "attention", "Attention", summary="On attention.")],
    )
    series = _subjects(site)["feeds/series/attention"]
    assert _slugs(series) == ["a", "b"]
    assert series.reading_order == ("posts/a.md", "posts/b.md")
    assert series.description == "On attention."


def test_series_of_one_name_in_two_languages_have_two_feeds() -> None:
    """The one in another language lies below its language, as its page does."""
    claim = SeriesClaim("Attention", 1)
    site = catalogue([entry("a", series=claim), entry("b", lang="de", series=claim)])
    found = _subjects(site)
    assert found["feeds/series/attention"].lang == "en"
    assert found["feeds/de/series/attention"].lang == "de"


def test_kinds_of_feeds_can_be_left_out() -> None:
    """A site with thousands of tags may do without their feeds, never without its own."""
    site = catalogue([entry("one", category=term("News"), tags=(term("x"),))])
    found = subjects(site, FACTS, replace(SETTINGS, kinds=("category",)))
    assert [subject.kind for subject in found] == ["site", "category"]
