"""Texts that look like no posts, and say in their front matter that they are."""

from __future__ import annotations

from pathlib import Path

from plugins.errors import SiteError
from plugins.frontmatter.document import Document, parse
from plugins.frontmatter.fields import fold
from plugins.frontmatter.values import is_boolean
from plugins.posts.source_names import read_name

_PUBLIC = frozenset({"published", "publish", "public", "live", "hidden", "unlisted"})
_POST = frozenset({"post", "posts", "article", "blog", "blogpost", "page"})


def says_that_it_is_a_post(path: Path, source: str) -> bool:
    """Whether front matter gives the text an address or a state; title and date if it is no read-me."""
    try:
        document = parse(path.read_bytes(), source)
    except (OSError, SiteError):
        return False
    fields = document.fields
    if {"slug", "permalink"} & fields.keys() or _is_stated(document):
        return True
    dated = "date" in fields or read_name(source).date is not None
    readme = path.name.casefold().startswith("readme")
    return dated and "title" in fields and not readme


def _is_stated(document: Document) -> bool:
    """Whether it says ``status: published``, ``draft: false``, ``layout: post`` or the like."""
    fields = document.fields
    words = {name: fold(str(field.value)) for name, field in fields.items()}
    return (
        words.get("status") in _PUBLIC
        or words.get("template") in _POST
        or words.get("type") in _POST
        or any(name in fields and is_boolean(fields[name].value) for name in ("draft", "published"))
    )
