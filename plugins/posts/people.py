"""Authors as front matter names them, made into persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.canonical.addresses import web_url
from plugins.frontmatter.fields import pick
from plugins.frontmatter.values import Fault, each, is_empty, items, show, text
from plugins.post import Person
from plugins.posts.slugs import slugify

# What follows a comma in one person's or company's name.
_SUFFIXES = frozenset(
    {
        *("jr", "sr", "ii", "iii", "iv", "esq", "md", "phd", "dphil", "mba", "msc", "bsc", "cpa"),
        *("inc", "ltd", "llc", "llp", "gmbh", "ag", "bv", "plc", "co"),
    }
)


def people(value: Any) -> tuple[Person, ...]:
    """The persons in ``value``: a name, names divided by ``;`` or ``,``, a mapping, or a list.

    Two spellings of one slug are one person, called as first written. Raises `Fault`, `Faults`.
    """
    names = _divided(value) if isinstance(value, str) else items(value)
    found = each(names, _person)
    return tuple({person.slug: person for person in reversed(found)}.values())[::-1]


def _divided(names: str) -> list[str]:
    """The names in one line; ``Smith, John; Doe, Jane`` are two, and so are ``Ann, Bob``."""
    if ";" in names:
        return items(names, ";")
    result: list[str] = []
    for part in items(names):
        if result and part.replace(".", "").casefold() in _SUFFIXES:
            result[-1] += f", {part}"
        else:
            result.append(part)
    return result


def _person(value: Any) -> Person:
    mapping = value if isinstance(value, Mapping) else {}
    name = pick(mapping, "name", "display_name", "full_name") if mapping else value
    if is_empty(name):
        raise Fault("an author has no name", "write it as name: Ann Example")
    name = text(name)
    if not (slug := slugify(name)):
        raise Fault(f"{show(name)} has no letter or digit", "write the author's name")
    page = pick(mapping, "url", "website", "homepage", "link") if mapping else None
    return Person(name, slug, home(page))


def home(value: Any) -> str | None:
    """The person's page: on the web, or a path on this site; raises `Fault`."""
    if value is None:
        return None
    url = text(value)
    if url.startswith("/") and not url.startswith("//"):
        return url
    try:
        return web_url(url)
    except ValueError as error:
        hint = "write it as https://example.org/ann"
        raise Fault(f"the author's URL {show(url)} {error}", hint) from error
