"""The texts of a site brought up to date: what changed is read, in parallel; the rest is known."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any

from plugins.build.pool import WorkerPool
from plugins.build.worker import Parcel
from plugins.engine.recalling import (
    Asked,
    FirstSeen,
    Kept,
    Recalled,
    recall_texts,
    remember,
    renew,
    set_aside,
)
from plugins.engine.sending import pack
from plugins.engine.texts import Read, Text, text_of
from plugins.errors import Problem, SiteError
from plugins.fastbuild.clock import Moment, Span
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.progress import Progress
from plugins.fastbuild.store import DamagedError, Store
from plugins.post import Body, Post
from plugins.posts.ledger import Ledger
from plugins.posts.reader import no_file, tools_of
from plugins.posts.reading import FlawedReadingError, Reading, Tools, read_source

Settings = MutableMapping[str, Any]

BATCH = 16
# Bytes of HTML just read that stay in memory until their pages are made.
NEAR = 128_000_000


@dataclass(frozen=True, slots=True)
class _Flaw:
    """A file that cannot be shown, and the post that it is if that is known."""

    problems: tuple[Problem, ...]
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text by source, with its flaws, and the moments for which all of them are right."""

    by_source: Mapping[str, Read]
    span: Span
    dated_by_history: bool
    recalled: Recalled


def bring_up_to_date(
    digests: Mapping[str, bytes],
    settings: Settings,
    ledger: Ledger,
    store: Store,
    pool: WorkerPool,
    progress: Progress,
    recalled: Recalled | None = None,
) -> Texts:
    """The texts of the files in ``digests``, read anew where something changed.

    Problems of files that cannot be shown go into ``ledger``. What was read is kept in ``store`` at once: it is right whatever
    becomes of this build. ``recalled`` is what a process has in memory of an earlier one.
    """
    before = recall_texts(store, recalled)
    fits = partial(_fits, tools=tools_of(settings))
    found = _Found(store)
    for source, digest in digests.items():
        if (one := before.kept.get(source)) and one.digest == digest and fits(source, one):
            found.add(source, one, before.text(source, one))
    missing = [source for source in digests if source not in found.texts]
    if before.kept:
        set_aside(store, missing)
    job = _ReadJob(settings)
    progress.begin()
    for _, batch in pool.in_batches(job, missing, BATCH, job.parcel):
        progress("read", len(batch), len(missing))
        whole = [(source, row, html) for source, row, html in batch if isinstance(row, bytes)]
        store.put("texts", ((source, html) for source, _, html in whole))
        store.put("readings", ((source, row) for source, row, _ in whole))
        for source, row, html in whole:
            kept: Kept = loads(row)
            found.add(source, kept, loads(kept.text), html)
        for source, flaw, _ in batch:
            if isinstance(flaw, _Flaw):
                _enter(ledger, source, flaw)
                store.drop("readings", [source])
    gone = before.kept.keys() - digests.keys()
    store.drop("readings", gone)
    store.drop("texts", gone)
    state = renew(store) if missing or gone or not before.state else before.state
    store.commit()
    texts = dict(sorted(found.texts.items()))
    again = remember(state, found.known, texts)
    return Texts(texts, found.span, found.dated_by_history, again)


class _Found:
    """The texts of a build so far. Each is made ready as it comes, while others are being read."""

    def __init__(self, store: Store) -> None:
        self.known: dict[str, Kept] = {}
        self.texts: dict[str, Read] = {}
        self.span = Span()
        self.dated_by_history = False
        self._store = store
        self._room = NEAR

    def add(self, source: str, kept: Kept, text: Text, html: bytes = b"") -> None:
        """Take one more; ``html`` stays in memory as long as there is room."""
        self._room -= len(html)
        near = html if html and self._room > 0 else None
        self.known[source] = kept
        self.texts[source] = Read(text, _Stored(self._store, source, near))
        self.span = self.span.within(kept.span)
        self.dated_by_history = self.dated_by_history or kept.seen is not None


class _Stored:
    """The HTML of a text: from memory, where it is, or from the cache."""

    __slots__ = ("_near", "_source", "_store")

    def __init__(self, store: Store, source: str, near: bytes | None) -> None:
        self._store = store
        self._source = source
        self._near = near

    def __call__(self) -> str:
        near = self._near
        data = self._store.get("texts", self._source) if near is None else near
        if data is None:
            raise DamagedError(f"the cache of the build has lost the text of {self._source}")
        return data.decode("utf-8", "surrogatepass")

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which can ask the cache: what is in memory here is not sent."""
        return _Stored, (self._store, self._source, None)


def _fits(source: str, kept: Kept, tools: Tools) -> bool:
    """Whether a reading of the same bytes is still right at this moment."""
    if tools.rules.now not in kept.span or tools.rules.languages.of(source) != kept.lang:
        return False
    try:
        return kept.seen is None or tools.history.first_seen(source) == kept.seen
    except OSError:
        return False


def _enter(ledger: Ledger, source: str, flaw: _Flaw) -> None:
    if flaw.post is None:
        ledger.unreadable(source, flaw.problems)
    elif not ledger.admit(flaw.post, flaw.problems) and source in ledger.failed:
        ledger.flawed[source] = (flaw.post, None)
    elif source not in ledger.held:
        ledger.hold(flaw.post)


class _ReadJob:
    """Reads sources, in whatever process."""

    def __init__(self, settings: Settings, now: datetime | None = None) -> None:
        self._settings = settings
        self._content = str(settings["PATH"])
        self._tools = tools_of(settings)
        self._now = now or self._tools.rules.now

    def parcel(self, sources: Sequence[str]) -> Parcel:
        """The same job for processes that were started anew."""
        return Parcel(pack((self, sources), self._settings))

    def __reduce__(self) -> tuple[Any, ...]:
        return _ReadJob, (self._settings, self._now)

    def __call__(self, sources: Sequence[str]) -> list[tuple[str, bytes | _Flaw, bytes]]:
        """Each source with the pickled :class:`Kept`, or what is wrong, and the HTML."""
        return [self._read(source) for source in sources]

    def _read(self, source: str) -> tuple[str, bytes | _Flaw, bytes]:
        path = f"{self._content}/{source}"
        if not os.path.isfile(path):  # noqa: PTH113 - called for every source
            return source, _Flaw((no_file(source),)), b""
        now, history = Moment.of(self._now), Asked(self._tools.history)
        rules = replace(self._tools.rules, now=now)
        tools = replace(self._tools, rules=rules, history=history)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            data = file.readall()
        flaws: tuple[Problem, ...] = ()
        try:
            reading = read_source(data, source, tools)
        except FlawedReadingError as error:
            if error.body is None:
                return source, _Flaw(error.problems, error.post), b""
            reading, flaws = Reading(error.post, error.body), error.problems
        except SiteError as error:
            return source, _Flaw(error.problems), b""
        # Of the bytes that were read: the file may have changed since it was looked at.
        digest = blake2b(data, digest_size=16).digest()
        text = text_of(reading.post, reading.body, self._tools.canonical, flaws)
        lang = rules.languages.of(source)
        kept = _kept(digest, text, now, history.answer, lang)
        return source, dumps(kept), reading.body.html.encode("utf-8", "surrogatepass")


def read_again(source: str, settings: Settings, now: datetime) -> Read | None:
    """The text of one file as it is at the moment; None where it has problems."""
    found = read_anew(source, settings, now)
    return found[1] if found else None


def read_anew(source: str, settings: Settings, now: datetime) -> tuple[Kept, Read, bytes] | None:
    """The same with what is to be kept of it, and its HTML as that is kept."""
    [(_, row, html)] = _ReadJob(settings, now)([source])
    if isinstance(row, _Flaw):
        return None
    kept: Kept = loads(row)
    text: Text = loads(kept.text)
    read = Read(text, partial(html.decode, "utf-8", "surrogatepass"))
    return None if text.flaws else (kept, read, html)


def keep_reading(source: str, kept: Kept, html: bytes, store: Store) -> None:
    """Keep what was read of a file."""
    store.put("texts", [(source, html)])
    store.put("readings", [(source, dumps(kept))])


def _kept(digest: bytes, text: Text, now: Moment, seen: FirstSeen | None, lang: str | None) -> Kept:
    # A date in the future that is not the writer's is cut to the moment of the build.
    moving = seen is not None and now.span.until <= seen[0]
    span = Span(now.plain(), now.plain()) if moving else now.span
    return Kept(digest, span, seen, dumps(text), lang)


def _encoded(body: Body) -> bytes:
    return body.html.encode("utf-8", "surrogatepass")
