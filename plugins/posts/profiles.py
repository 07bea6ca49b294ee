"""Authors as people: what ``content/authors/<key>.md`` says of them, and the posts that name them.

A post may name the key, which is the name of the file, or the person's name. Both lead to one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote

from plugins.canonical.addresses import site_label
from plugins.checks.rules import field_rule
from plugins.errors import Problem
from plugins.frontmatter.document import Document, Field
from plugins.frontmatter.fields import fold, pick
from plugins.frontmatter.values import Fault, Faults, each, faults_of, is_empty, items, show, text
from plugins.post import Person, Picture, Post
from plugins.posts.people import home
from plugins.posts.pictures import picture
from plugins.posts.plain_text import summary
from plugins.posts.slugs import slugify

FOLDER = "authors"
# The fields of a profile, each with the names it has elsewhere.
_NAME = ("name", "display_name", "full_name", "title")
_PICTURE = ("picture", "avatar", "photo", "portrait", "image", "profile_image", "gravatar")
_HOME = ("url", "website", "homepage", "link")
_LINKS = ("links", "social")
_ABOUT = ("summary", "bio", "description")
_ALT, _DRAFT = ("image_alt", "alt"), ("draft",)
# Accounts, of which most write the name alone.
_ACCOUNTS = {
    "bluesky": "https://bsky.app/profile/{}",
    "github": "https://github.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "linkedin": "https://www.linkedin.com/in/{}/",
    "mastodon": "",
    "threads": "https://www.threads.net/@{}",
    "twitter": "https://twitter.com/{}",
    "x": "https://x.com/{}",
    "youtube": "https://www.youtube.com/@{}",
}
_LABELS = {"github": "GitHub", "linkedin": "LinkedIn", "x": "X", "youtube": "YouTube"}
_ACCOUNT = re.compile(r"@?(?P<name>[\w.-]{1,64})(?:@(?P<host>[a-z0-9.-]{1,253}))?", re.ASCII | re.I)
_KNOWN = {
    fold(name) for name in (*_NAME, *_PICTURE, *_HOME, *_LINKS, *_ABOUT, *_ALT, *_DRAFT, *_ACCOUNTS)
}
_FOR_WRITERS = "name, picture, summary, url, links, and accounts such as mastodon or github"
# So near is a name that was mistyped.
_NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is: ``person`` has the key as its slug, and no name where none is written.

    ``line`` is where ``picture`` is named.
    """

    source: str
    person: Person
    picture: Picture | None = None
    about: str = ""
    line: int = 1


def read_profile(document: Document, key: str) -> tuple[Profile, tuple[Problem, ...]]:
    """The profile in a file; what is wrong with it, field by field."""
    return _Reading(document).profile(key)


def unknown_fields(document: Document) -> Iterator[Problem]:
    """A notice for each field of the file that nothing shows."""
    for field in _fields(document).values():
        if fold(field.key) not in _KNOWN:
            message = f"nothing shows the field {show(field.key)} of an author"
            hint = f"an author has {_FOR_WRITERS}; write the rest into the text"
            yield Problem(document.path, field.line, field.key, message, hint, "unread-field")


class _Reading:
    """Reads the fields of one file, and notes what is wrong."""

    def __init__(self, document: Document) -> None:
        self._path = document.path
        self._fields = _fields(document)
        self._problems: list[Problem] = []

    def profile(self, key: str) -> tuple[Profile, tuple[Problem, ...]]:
        name, shown = self._take(_NAME, text), self._take(_PICTURE, picture)
        alt, url = self._take(_ALT, text), self._take(_HOME, home)
        person = Person(name or "", slugify(key) or key, url, self._links())
        if shown and not shown.alt:
            shown = replace(shown, alt=alt or name or "")
        about = self._take(_ABOUT, summary) or ""
        line = next((field.line for field in self._found(_PICTURE)), 1)
        return Profile(self._path, person, shown, about, line), tuple(self._problems)

    def _links(self) -> tuple[tuple[str, str], ...]:
        listed = [
            link
            for links in (self._take((name,), _listed) for name in _LINKS)
            for link in links or ()
        ]
        for name, pattern in _ACCOUNTS.items():
            label = _LABELS.get(name, name.capitalize())
            if url := self._take((name,), lambda value, at=pattern: _account(value, at)):
                listed.append((label, url))
        return tuple({url: (label, url) for label, url in listed}.values())

    def _found(self, names: Sequence[str]) -> Iterator[Field]:
        found = (self._fields.get(fold(name)) for name in names)
        return (field for field in found if field and not is_empty(field.value))

    def _take(self, names: Sequence[str], convert: Any) -> Any:
        """The value of the first of ``names`` that is written; None where that cannot be used."""
        for field in self._found(names):
            try:
                return convert(field.value)
            except (Fault, Faults) as error:
                for fault in faults_of(error):
                    where = (self._path, field.line, field.key)
                    one = Problem(*where, fault.message, fault.hint, field_rule(field.key))
                    self._problems.append(one)
                return None
        return None


def _fields(document: Document) -> Mapping[str, Field]:
    every = (*document.fields.values(), *document.extra.values())
    return {fold(field.key): field for field in every}


def _listed(value: Any) -> tuple[tuple[str, str], ...]:
    """Links as a list of URLs or of mappings, or as a mapping of names to URLs."""
    if isinstance(value, Mapping) and pick(value, "url", "href", "link") is None:
        return each(list(value.items()), lambda pair: (text(pair[0]), _page(pair[1])))
    return each([value] if isinstance(value, Mapping) else items(value), _link)


def _link(value: Any) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        url = _page(value)
        return site_label(url) if url.startswith("http") else url, url
    url = _page(pick(value, "url", "href", "link"))
    named = pick(value, "label", "name", "title", "text")
    return (text(named) if named is not None else site_label(url)), url


def _page(value: Any) -> str:
    url = home(value)
    if not url:
        raise Fault("a link has no URL", "write it as https://example.org/ann")
    return url


def _account(value: Any, pattern: str) -> str:
    """The page of an account: a URL as it is, a name put into ``pattern``, ``@ann@host`` by its host."""
    written = text(value)
    found = _ACCOUNT.fullmatch(written)
    if found and found["host"]:
        return f"https://{found['host']}/@{found['name']}"
    if found and pattern and not written.startswith(("http:", "https:")):
        return pattern.format(quote(found["name"]))
    return _page(written)


def people_of(profiles: Iterable[Profile]) -> Mapping[str, Person]:
    """The people by the slugs of their keys and names; a key comes before another's name."""
    known = list(profiles)
    by_name = {slugify(one.person.name): one.person for one in known if one.person.name}
    return {**by_name, **{one.person.slug: one.person for one in known}}


def with_people(post: Post, people: Mapping[str, Person]) -> Post:
    """``post`` with its authors as the people they are; itself where none of them is known."""
    if not any(author.slug in people for author in post.authors):
        return post
    found = (_known(author, people.get(author.slug)) for author in post.authors)
    return replace(post, authors=tuple({one.slug: one for one in found}.values()))


def _known(author: Person, person: Person | None) -> Person:
    if person is None:
        return author
    return replace(person, name=person.name or author.name, url=person.url or author.url)


def namesakes(profiles: Iterable[Profile]) -> Iterator[Problem]:
    """A problem for each person who is called like another one: posts could mean either."""
    names: dict[str, Profile] = {}
    for one in profiles:
        first = names.setdefault(slugify(one.person.name) or one.person.slug, one)
        if first is not one:
            message = f"{first.source} is called {show(one.person.name)} as well"
            hint = "give one of them another name"
            yield Problem(one.source, 1, "name", message, hint, "author-taken")


def strangers(posts: Iterable[Post], profiles: Sequence[Profile]) -> Iterator[Problem]:
    """A notice for each author who is none of the people and looks like a key, or like one of them.

    There are none on a site without profiles.
    """
    people = people_of(profiles)
    found: dict[str, list[Post]] = {}
    for post in posts if people else ():
        for author in post.authors:
            if author.slug not in people:
                found.setdefault(author.name, []).append(post)
    for name, theirs in sorted(found.items()):
        near = get_close_matches(slugify(name), people, n=3, cutoff=_NEAR)
        if near or _is_key(name):
            first = min(theirs, key=lambda post: post.source)
            times = f" ({len(theirs)} posts)" if len(theirs) > 1 else ""
            message = f"{show(name)} is the key or name of no file in {FOLDER}/{times}"
            listed = dict.fromkeys(_called(people[one]) for one in near)
            asked = f"is it {' or '.join(listed)}? Else " if listed else ""
            hint = f"{asked}write {FOLDER}/{slugify(name)}.md"
            line = first.line_of("authors")
            yield Problem(first.source, line, "authors", message, hint, "unknown-author")


def _is_key(name: str) -> bool:
    return name == name.lower() and " " not in name


def _called(person: Person) -> str:
    return f"{person.slug} ({person.name})" if person.name else person.slug
