"""Related posts: what they share, what is left out, and that the answer is always the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.catalogue.catalogue import Entry
from plugins.pages.related import SHOWN, relate
from plugins.post import Term
from plugins.series.model import Part, Place, Series, Signpost
from tests.plugins.examples import a_post, an_entry
from tests.plugins.series_examples import ahead

DAY = a_post().date
SUBJECTS = {
    "tea": "kettle leaves steeping porcelain teapot infusion harvest",
    "bees": "hive honey nectar swarm queen pollen keeper",
    "ships": "harbour anchor rigging sail hull captain voyage",
    "bread": "flour yeast oven crust dough baker sourdough",
}


def entry(slug: str, subject: str = "", day: int = 0, **changes: object) -> Entry:
    """A post about one of the subjects, with the words that every post has."""
    html = f"<p>the and this with from they have {SUBJECTS.get(subject, subject)}</p>"
    return an_entry(slug, html, date=DAY + timedelta(days=day), **changes)


def blog(each: int = 4) -> list[Entry]:
    """Some posts about each subject, older ones with higher numbers."""
    return [
        entry(f"{subject}-{number}", subject, -number)
        for subject in SUBJECTS
        for number in range(each)
    ]


def slugs(entries: list[Entry], source: str) -> list[str]:
    """The slugs of what is related to the post with this slug."""
    return [other.post.slug for other in relate(entries)[f"posts/{source}.md"]]


def test_posts_about_the_same_are_related_and_never_to_themselves() -> None:
    """Each post has the others of its subject, the newest first where they are equally like it."""
    assert slugs(blog(), "tea-2") == ["tea-0", "tea-1", "tea-3"]
    assert slugs(blog(), "bees-0") == ["bees-1", "bees-2", "bees-3"]


def test_no_more_than_three_are_shown() -> None:
    """Of many the first ones stay."""
    assert slugs(blog(5), "ships-4") == [f"ships-{number}" for number in range(SHOWN)]


def test_posts_of_one_moment_come_by_their_file() -> None:
    """Where likeness and date are equal the name of the file decides."""
    entries = [entry(f"{name}-{subject}", subject) for subject in SUBJECTS for name in "cab"]
    assert slugs(entries, "b-tea") == ["a-tea", "c-tea"]


def test_words_that_everybody_uses_relate_nothing() -> None:
    """What is common on the blog counts for nothing, without any list of stop words."""
    lonely = entry("lonely", "granite quarry")
    assert slugs([*blog(), lonely], "lonely") == []


def test_a_shared_tag_outweighs_a_shared_word() -> None:
    """What writers say a post is about counts for more than what its text happens to mention."""
    tag = (Term("Brewing", "brewing"),)
    tagged = entry("tagged", "granite quarry", tags=tag)
    mentions = entry("mentions", "granite hive flour sail")
    own = entry("own", "granite kettle", tags=tag)
    assert slugs([*blog(), tagged, mentions, own], "own")[0] == "tagged"


@pytest.mark.parametrize("status", ["draft", "scheduled", "hidden"])
def test_what_is_not_public_is_offered_to_nobody(status: str) -> None:
    """A preview or unlisted post finds related posts, and changes nothing for the others."""
    secret = entry("secret", "tea", day=1, status=status)
    before, after = relate(blog()), relate([*blog(), secret])
    assert slugs([*blog(), secret], "secret") == ["tea-0", "tea-1", "tea-2"]
    assert {source: after[source] for source in before} == before


def test_languages_keep_to_themselves() -> None:
    """A post in another language is not related, however many words they share."""
    assert slugs([*blog(1), entry("thé", "tea", lang="fr")], "thé") == []


def test_parts_of_the_same_series_are_left_out() -> None:
    """The series box and the signposts link them already; the next best take their place."""
    entries = blog(6)
    parts = tuple(Part(n, "", "published", entries[n].post) for n in (0, 1))
    series = Series("s", "S", "en", "/series/s/", parts, 2)
    pointed = Part(3, "", "published", entries[2].post)
    place = Place(parts[0], series, signposts=(Signpost(ahead(3), pointed),))
    entries[0] = replace(entries[0], place=place)
    assert slugs(entries, "tea-0") == ["tea-3", "tea-4", "tea-5"]


def test_scripts_without_spaces_are_compared() -> None:
    """Chinese and Japanese texts, which have no spaces between words, find each other."""
    texts = {
        "a": "紅茶と急須",
        "b": "紅茶の話",
        "c": "養蜂と蜂蜜",
        "d": "港の船",
        "e": "酵母",
        "f": "船出",
    }
    entries = [an_entry(slug, f"<p>{text}</p>", lang="ja") for slug, text in texts.items()]
    assert slugs(entries, "a") == ["b"]


def test_code_and_markup_are_no_text() -> None:
    """Two posts that show the same program, or use the same elements, are not about the same."""
    code = '<pre class="kettle"><code>kettle teapot porcelain</code></pre><p>{}</p>'
    entries = [an_entry("a", code.format("granite")), an_entry("b", code.format("marble"))]
    assert slugs([*blog(), *entries], "a") == []


def test_the_order_of_reading_makes_no_difference() -> None:
    """Shuffled entries give the same answer, and so does asking again."""
    entries = blog()
    shuffled = random.Random(1).sample(entries, len(entries))
    assert relate(shuffled) == relate(entries)


def test_an_empty_blog_and_a_single_post_have_none() -> None:
    """There is nothing to divide by, and nothing to show."""
    assert relate([]) == {}
    assert slugs([entry("only", "tea")], "only") == []
