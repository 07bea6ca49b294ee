"""What files about authors say, and how posts name these people."""

from __future__ import annotations

import pytest

from plugins.frontmatter.document import parse
from plugins.post import Person, Post
from plugins.posts.profiles import (
    Profile,
    namesakes,
    people_of,
    read_profile,
    strangers,
    unknown_fields,
    with_people,
)
from tests.plugins.examples import a_post

MARA = Person("Mara Lindqvist", "mara")
BO = Person("Bo Ek", "bo-ek")
PEOPLE = [Profile("authors/mara.md", MARA), Profile("authors/bo-ek.md", BO)]


def profile(fields: str, key: str = "mara") -> tuple[Profile, list[str]]:
    """The profile in a file with these fields, and what is wrong with it."""
    document = parse(f"---\n{fields}\n---\n\nBio.\n".encode(), "authors/mara.md")
    found, problems = read_profile(document, key)
    return found, list(map(str, problems))


def by(*names: str) -> Post:
    """A post by these authors, as written."""
    return a_post(authors=tuple(Person(name, name.lower().replace(" ", "-")) for name in names))


def test_a_profile_has_what_other_tools_call_by_other_names() -> None:
    """Ghost's, Jekyll's and Hugo's words for name, picture and home page."""
    found, problems = profile(
        "display_name: Mara L.\navatar: mara.jpg\nwebsite: https://mara.example\nbio: Edits *things*."
    )
    assert problems == []
    assert (found.person.name, found.person.url) == ("Mara L.", "https://mara.example/")
    assert found.picture is not None
    assert (found.picture.src, found.picture.alt) == ("mara.jpg", "Mara L.")
    assert found.about == "Edits things."


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("links: {Books: 'https://b.example/x'}", (("Books", "https://b.example/x"),)),
        ("links: ['https://b.example/x']", (("b.example", "https://b.example/x"),)),
        (
            "links:\n  - {label: Books, url: 'https://b.example/x'}\n  - https://c.example/",
            (("Books", "https://b.example/x"), ("c.example", "https://c.example/")),
        ),
        ("github: '@mara'", (("GitHub", "https://github.com/mara"),)),
        ("mastodon: '@mara@s.example'", (("Mastodon", "https://s.example/@mara"),)),
        ("x: https://x.com/mara", (("X", "https://x.com/mara"),)),
        (
            "twitter: https://t.example/a\nlinks: ['https://t.example/a']",
            (("Twitter", "https://t.example/a"),),
        ),
    ],
)
def test_links_in_every_form(fields: str, links: tuple[tuple[str, str], ...]) -> None:
    """Mappings, lists, and accounts by name or URL; each page once."""
    found, problems = profile(fields)
    assert problems == []
    assert found.person.links == links


@pytest.mark.parametrize(
    "fields",
    ["links: ['javascript:alert(1)']", "mastodon: mara", "github: a/../b?c", "links: [{label: A}]"],
)
def test_links_that_are_none_are_refused(fields: str) -> None:
    """With their line; nothing else of the profile is lost."""
    found, problems = profile(f"name: Mara\n{fields}")
    assert found.person.name == "Mara"
    assert found.person.links == ()
    assert [line.split(": ")[0] for line in problems] == ["authors/mara.md:3"]


def test_fields_that_nothing_shows_are_named() -> None:
    """A writer learns which fields there are."""
    document = parse(b"---\nname: Mara\njob: Editor\n---\n\nBio.\n", "authors/mara.md")
    [said] = map(str, unknown_fields(document))
    assert said.startswith('authors/mara.md:3: job: nothing shows the field "job" of an author; ')


@pytest.mark.parametrize("written", ["mara", "Mara Lindqvist", "MARA"])
def test_key_and_name_are_one_person(written: str) -> None:
    """Whichever a post writes, and together they are named once."""
    people = people_of(PEOPLE)
    assert with_people(by(written), people).authors == (MARA,)
    assert with_people(by(written, "Mara Lindqvist", "Zoe Q"), people).authors == (
        MARA,
        Person("Zoe Q", "zoe-q"),
    )


def test_a_file_without_a_name_leaves_the_name_as_posts_write_it() -> None:
    """It adds what it has."""
    people = people_of([Profile("authors/ann.md", Person("", "ann", "https://ann.example/"))])
    [author] = with_people(by("Ann"), people).authors
    assert (author.name, author.url) == ("Ann", "https://ann.example/")


def test_a_post_without_people_stays_itself() -> None:
    """So its digests do."""
    post = by("Zoe Q")
    assert with_people(post, people_of(PEOPLE)) is post


def test_two_people_of_one_name_are_a_problem() -> None:
    """Posts that write the name could mean either."""
    twin = Profile("authors/ml.md", Person("Mara  Lindqvist", "ml"))
    [said] = map(str, namesakes([*PEOPLE, twin]))
    assert said.startswith("authors/ml.md:1: name: authors/mara.md is called ")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("maro", "is it mara (Mara Lindqvist)? Else write authors/maro.md"),
        ("Mara Lindquist", "is it mara (Mara Lindqvist)? Else write authors/mara-lindquist.md"),
        ("guest", "write authors/guest.md"),
    ],
)
def test_a_key_without_a_person_is_a_notice(written: str, hint: str) -> None:
    """Once for all posts that write it, with the nearest people."""
    [said] = strangers([by(written), by(written)], PEOPLE)
    assert said.hint == hint
    assert "(2 posts)" in said.message


def test_names_of_others_are_no_keys() -> None:
    """A guest need not have a file, and where there are none no name is a key."""
    assert list(strangers([by("Zoe Quill"), by("mara")], PEOPLE)) == []
    assert list(strangers([by("guest")], [])) == []
