"""What an export has beside its posts: authors, and descriptions of categories and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pelican.utils import slugify

from desk.importing.model import Item, Page, Refusal
from desk.importing.wordpress.fields import plain
from desk.importing.wordpress.wxr import Author, Export

SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]


def key_of(author: Author) -> str:
    """The name of an author's file; a login that is a mail address does not become public."""
    login = author.name if "@" in author.login else author.login
    return slugify(login, SUBSTITUTIONS) or "author"


def people(export: Export, keys: Mapping[str, str], file: str) -> Iterator[Item]:
    """A page for each author of the export; ``keys`` are the names of their files by login."""
    seen: Counter[str] = Counter()
    for one in export.authors:
        key = keys[one.login]
        seen[key] += 1
        if seen[key] == 1:
            yield Page(
                f"{file}#author {one.login.split('@')[0]}",
                f"authors/{key}.md",
                {"name": one.name},
                "",
            )
        else:
            yield Refusal(
                f"{file}#author {one.login.split('@')[0]}", f"another author is called {key}"
            )


def topics(export: Export, used: Collection[tuple[str, str]], file: str) -> Iterator[Item]:
    """Descriptions of categories and tags; the terms themselves are in the posts."""
    folders = {"category": "categories", "post_tag": "tags"}
    for one in export.terms:
        if one.description and one.taxonomy in folders and one.slug:
            source = f"{file}#{one.taxonomy} {one.slug}"
            kinds = [kind for kind in (one.taxonomy, "post_tag") if (kind, one.name) in used]
            if not kinds:
                yield Refusal(source, "the description of a term that no post has")
                continue
            target = f"{folders[kinds[0]]}/{slugify(one.name, SUBSTITUTIONS)}/_index.md"
            yield Page(source, target, {"title": one.name}, plain(one.description))
