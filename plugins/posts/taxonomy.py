"""Categories and tags as front matter lists them, made into terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from plugins.frontmatter.document import Field
from plugins.frontmatter.fences import Dialect
from plugins.frontmatter.fields import fold, pick
from plugins.frontmatter.values import Fault, each, is_scalar, items, show, text
from plugins.post import Term
from plugins.posts.slugs import slugify

# The keys that Jekyll splits at spaces when their value is plain text.
_SPACED = frozenset({"tags", "categories"})


def terms(field: Field, dialect: Dialect) -> tuple[Term, ...]:
    """The terms that ``field`` lists, each once, called as first written.

    Raises `Fault`, `Faults`.
    """
    return distinct(each(_listed(field, dialect), term))


def term(value: Any) -> Term:
    """The category or tag called ``value``, which may be a mapping with a name, as Ghost's is."""
    named = pick(value, "name") if isinstance(value, Mapping) else value
    if not is_scalar(named):
        raise Fault(f"{show(value)} stands where a name is expected", "write one list of names")
    name = text(named).lstrip("#")
    if not (found := _called(name)).slug:
        raise Fault(f"{show(value)} has no letter or digit to make an address of", "rename it")
    return found


@lru_cache(maxsize=4096)  # many posts have the same ones
def _called(name: str) -> Term:
    return Term(name, slugify(name))


def distinct(found: Iterable[Term]) -> tuple[Term, ...]:
    """``found`` without those whose slug came before."""
    first: dict[str, Term] = {}
    for one in found:
        first.setdefault(one.slug, one)
    return tuple(first.values())


def _listed(field: Field, dialect: Dialect) -> list[Any]:
    """The names in a list, or in a text: divided by ``;`` or ``,``, in Jekyll's way by spaces.

    ``category`` is one name, commas and all, as in Pelican and Jekyll; ``categories`` are several.
    Spaces divide plain YAML text only, under ``tags`` and ``categories``: quotes, or any other
    dialect, keep "content marketing" one tag.
    """
    value = field.value
    if not isinstance(value, str):
        return items(value)
    if fold(field.key) == "category":
        return [value]
    for mark in (";", ","):
        if mark in value:
            return items(value, mark)
    spaced = dialect == "yaml" and not field.quoted and fold(field.key) in _SPACED
    return items(value, r"\s" if spaced else None)
