"""Which files of the site posts use: to tell what is public only with a draft, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.markup.links import is_local, references
from plugins.markup.targets import look_up, spelled
from plugins.post import Post
from plugins.urls import bare, composed, decoded

# The fields besides the lead image that name a file, or several.
_FIELDS = ("audio", "video", "podcast", "enclosure")

# The addresses that a source file names, as written.
Uses = tuple[str, Iterable[str]]


def addresses_in(html: str) -> Iterator[str]:
    """The addresses of this site in a piece of HTML."""
    return (ref.value for ref in references(html) if is_local(ref.value))


def uses_of(post: Post, local: Iterable[str]) -> Uses:
    """What a post names in its text, of which ``local`` are the addresses, and in its fields."""
    lead = [post.image.src] if post.image else []
    fields = (address for field in _FIELDS for address in _named(post.extra.get(field)))
    return post.source, (*local, *lead, *fields)


def used(uses: Iterable[Uses], files: Mapping[str, str]) -> set[str]:
    """Those of ``files`` that ``uses`` name; ``files`` are sources with their URLs."""
    if not files:
        return set()
    index = spelled(
        {**{decoded(url): source for source, url in files.items()}, **{s: s for s in files}}
    )
    names = {_last(key) for key in index}
    named = (
        look_up(address, source, index)
        for source, addresses in uses
        for address in addresses
        # Most addresses are of other files, which costs little to see.
        if _last(decoded(bare(address))) in names or _last(address) in names
    )
    return {found[0] for found in named if found}


def _last(path: str) -> str:
    return composed(path.rpartition("/")[2])


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _named(value.get("url"))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _named(one)
