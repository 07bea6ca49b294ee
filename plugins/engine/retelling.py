"""Pages whose text alone has changed, made from what is in memory: the short way of a save.

It is taken only where the files that changed are posts and pages of which nothing else on the site
shows what changed: the same title, dates, terms, beginning, links and images. What depends on the
texts themselves (feeds, the search index, related posts) is made by the build that follows, as are the
records on disk; that build looks at everything, and does not have to trust this one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from plugins.catalogue.lazy import LazyEntry
from plugins.digests import digest
from plugins.engine.assemble import Telling
from plugins.engine.held import Held
from plugins.engine.reads import read_again
from plugins.engine.staging import Staging
from plugins.engine.texts import Read, Text
from plugins.fastbuild.tasks import publishing_of
from plugins.fastbuild.walking import stamp
from plugins.posts.moment import moment_of_build

# How often a file is read that is being written while we read it.
_ATTEMPTS = 5


def retell(held: Held, sources: Collection[str]) -> tuple[str, ...] | None:
    """Publish the pages of ``sources`` with their new texts; returns the files written.

    None where more than these pages may depend on what changed, or a file has problems, or is still
    being written: then nothing was done. Raises :class:`SiteError` for a template's problems.
    """
    pages = {}
    for source in sources:
        if _was_passing(held, source):
            continue
        page = _page(held, source)
        if page is None:
            return None
        pages[held.pages[source].page.save_as] = page
    _publish(held, pages)
    return tuple(pages)


def _was_passing(held: Held, source: str) -> bool:
    """Whether there was no such file and is none: an editor's own, which it has taken away again."""
    path = f"{held.settings['PATH']}/{source}"
    return ("content", source) not in held.seen and not os.path.lexists(path)


def _page(held: Held, source: str) -> bytes | None:
    if source not in held.pages or source not in held.texts:
        return None
    path = f"{held.settings['PATH']}/{source}"
    for _ in range(_ATTEMPTS):
        before = stamp(path)
        read = read_again(source, held.settings, moment_of_build())
        if stamp(path) == before:
            return _told(held, source, read) if read else None
    return None


def _told(held: Held, source: str, read: Read) -> bytes | None:
    page = held.pages[source]
    entry = page.page.entry
    if not isinstance(entry, LazyEntry) or not is_only_text(held.texts[source].text, read.text):
        return None
    return page.tell(_with(entry, read))


def is_only_text(before: Text, after: Text) -> bool:
    """Whether two readings of a post differ in nothing that is shown or told elsewhere."""
    if _facets(before) != _facets(after):
        return False
    # A notice about an image names its line.
    return before.links == after.links or not (before.shown or before.post.image)


def _facets(text: Text) -> tuple[object, ...]:
    return text.own, text.policy, text.foreign, text.local, text.shown, text.unnamed


def _with(entry: LazyEntry, read: Read) -> LazyEntry:
    """The same post with the text that was read."""
    old = entry.telling
    if not isinstance(old, Telling):
        raise TypeError(f"{entry.post.source}: its text is not one that was read")
    fields = [name for name in LazyEntry.__dataclass_fields__ if name != "html"]
    values = {name: getattr(entry, name) for name in fields}
    values |= {"words": read.text.words, "headings": read.text.headings}
    telling = Telling(read.html, old.urls, old.gallery, old.leads)
    return LazyEntry(telling, read.text.own, digest(read.text.body, "retold"), **values)


def _publish(held: Held, pages: Mapping[str, bytes]) -> None:
    """Bring the pages into the output: written beside, then renamed, each whole at any moment."""
    with Staging(Path(held.settings["OUTPUT_PATH"])) as staging:
        for name, data in pages.items():
            path = staging.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        staging.renew(publishing_of(held.plugins, held.settings))
