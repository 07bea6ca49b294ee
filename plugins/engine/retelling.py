"""Pages of which only their own files have changed, made from what is in memory: the short way of a save.

It is taken only where the files that changed are posts and pages that stay what they are to the
others: the same address, dates, series, links and images. What depends on the texts themselves (feeds,
the search index, related posts), and what other pages show of them (titles, terms, beginnings,
minutes to read), is made by the build that follows, as are the records on disk; that build looks at
everything, and does not have to trust this one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plugins.catalogue.lazy import LazyEntry
from plugins.engine.held import Held
from plugins.engine.reads import read_again
from plugins.engine.staging import Staging
from plugins.engine.telling import Telling
from plugins.engine.texts import Read, Text
from plugins.fastbuild.tasks import publishing_of
from plugins.fastbuild.walking import stamp
from plugins.posts.moment import moment_of_build

# What a post shows of itself that has no part in where it is on the site.
_SHOWN = (
    *("title", "category", "tags", "summary", "modified", "toc", "featured"),
    *("extra", "lines"),
)
# How often a file is read that is being written while we read it.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Retold:
    """Which files were written; ``alone`` if no other page shows what changed."""

    files: tuple[str, ...]
    alone: bool


def retell(held: Held, sources: Collection[str]) -> Retold | None:
    """Publish the pages of ``sources`` as their files are now.

    None where a page may be another one because of what changed, or a file has problems, or is
    still being written: then nothing was done. Raises :class:`SiteError` for a template's problems.
    """
    pages, alone = {}, True
    for source in sources:
        if _was_passing(held, source):
            continue
        read = _read(held, source)
        entry = _entry(held, source, read) if read else None
        if read is None or entry is None:
            return None
        page = held.pages[source]
        pages[page.page.save_as] = page.tell(entry)
        alone = alone and read.text.keeps(held.texts[source].text)
    _publish(held, pages)
    return Retold(tuple(pages), alone)


def rehearse(held: Held) -> None:
    """Do everything for a page but publish it: what the first save would have to load is there then."""
    source = next((source for source in held.pages if source in held.texts), None)
    read = _read(held, source) if source else None
    if source and read and (entry := _entry(held, source, read)):
        held.pages[source].tell(entry)


def _was_passing(held: Held, source: str) -> bool:
    """Whether there was no such file and is none: an editor's own, which it has taken away again."""
    path = f"{held.settings['PATH']}/{source}"
    return ("content", source) not in held.seen and not os.path.lexists(path)


def _read(held: Held, source: str) -> Read | None:
    """The text as it is; None where it is not whole, or belongs to no page."""
    if source not in held.pages or source not in held.texts:
        return None
    path = f"{held.settings['PATH']}/{source}"
    for _ in range(_ATTEMPTS):
        before = stamp(path)
        read = read_again(source, held.settings, moment_of_build())
        if stamp(path) == before:
            return read
    return None


def _entry(held: Held, source: str, read: Read) -> LazyEntry | None:
    """The post as it is now; None where its place on the site may be another one."""
    entry = held.pages[source].page.entry
    if not isinstance(entry, LazyEntry) or not is_in_place(held.texts[source].text, read.text):
        return None
    return _with(entry, read)


def is_in_place(before: Text, after: Text) -> bool:
    """Whether the page of a post can be made from what is known of all others.

    That is so where its address, its links, images and place among the others are the same. What
    the others show of it may be another: its title, its terms, its beginning, its minutes to read.
    """
    moved = {name: getattr(after.post, name) for name in _SHOWN}
    return _around(before) == _around(after) and replace(before.post, **moved) == after.post


def _around(text: Text) -> tuple[object, ...]:
    return text.policy, text.foreign, text.local, text.shown


def _with(entry: LazyEntry, read: Read) -> LazyEntry:
    """The same post with the text that was read."""
    old = entry.telling
    if not isinstance(old, Telling):
        raise TypeError(f"{entry.post.source}: its text is not one that was read")
    fields = [name for name in LazyEntry.__dataclass_fields__ if name != "html"]
    values = {name: getattr(entry, name) for name in fields}
    text = read.text
    values |= {"words": text.words, "headings": text.headings}
    # The authors are the same, and known as people.
    post = replace(text.post, authors=entry.post.authors)
    values |= {"post": post, "summary": text.summary}
    telling = replace(old, html=read.html, shown=text.shown)
    return LazyEntry(telling, text.own, text.facets, (text.body, "retold"), **values)


def _publish(held: Held, pages: Mapping[str, bytes]) -> None:
    """Bring the pages into the output: written beside, then renamed, each whole at any moment."""
    with Staging(Path(held.settings["OUTPUT_PATH"])) as staging:
        for name, data in pages.items():
            staging.write(name, data)
        staging.renew(publishing_of(held.plugins, held.settings))
