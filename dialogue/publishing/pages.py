"""From a thread to its files: for the build, the block in the finished page, feeds, packed copies.

Each step may be done twice. Whoever calls one holds no lock: they take that of the output folder, one
page at a time, so that a build gets its turn in between.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateError

from dialogue.errors import DialogueError
from dialogue.publishing.theme import Theme
from dialogue.supervision.outage import is_outage, is_panic, reason
from dialogue.targets import Targets
from thread import files, leftovers
from thread.errors import FileError
from thread.lock import OutputBusyError, output_lock
from thread.model import Reply, Target, Thread
from thread.splice import feeds, rendered, splice_page, splice_rest

_log = logging.getLogger(__name__)
# A build holds the lock while it renames its files. We look again after so many seconds.
_PATIENCE = 1.0
# A draft outside of the output folder, where no lock says that its writer is gone.
_OLD_SECONDS = 3600.0
_AROUND = (OSError, OutputBusyError, TemplateError, FileError, DialogueError)


def is_around(error: BaseException) -> bool:
    """Whether ``error`` is about disk, lock, theme or site: nothing that a reply can cause."""
    return isinstance(error, _AROUND) or is_outage(error)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the site in ``output`` that ``targets`` lists, and the ``folder`` of threads."""

    targets: Targets
    folder: Path
    output: Path
    theme: Theme

    def warm(self) -> None:
        """Read the list of posts and the templates again where they changed, ahead of need."""
        with suppress(*_AROUND, ValueError):
            post = next(iter(self.targets.all()), None)
            if post is not None:
                self._rendered(post, Thread(post.id, 0, ()))

    def clean(self) -> int:
        """Remove the drafts that killed writers left; returns how many."""
        with output_lock(self.output, _PATIENCE):
            now = time.time()
            found = leftovers.remove(self.output, now)
        if self.folder.is_dir():
            found += leftovers.remove(self.folder, now - _OLD_SECONDS)
        return found

    def put_page(self, thread: Thread) -> Thread:
        """Write the thread's file and its block into its page; returns the thread as its file says.

        A post that was taken down has no page; one that was not built yet is built with the file.
        What cannot be rendered raises before anything is written.
        """
        with output_lock(self.output, _PATIENCE):
            inside = self._rendered(self._post(thread.target), thread)
            written = self._written(thread)
            post = self._here(thread.target)
            if post is not None:
                self._splice(post, inside)
            return written

    def put_rest(self, thread: Thread) -> None:
        """Write the feeds beside the page, and the packed copies of all."""
        made = feeds(self.targets.site, self._post(thread.target), thread)
        with output_lock(self.output, _PATIENCE):
            post = self._here(thread.target)
            if post is not None:
                splice_rest(self.output, post, made)

    def broken(self, thread: Thread) -> dict[str, str]:
        """The replies of ``thread`` that cannot be rendered, by id, with the reasons.

        Raises what rendering no reply at all raises: then it is none's fault.
        """
        self._try(thread, ())
        found = {}
        for reply in thread.replies:
            try:
                self._try(thread, (reply,))
            except BaseException as error:
                if not (isinstance(error, Exception) or is_panic(error)):
                    raise
                found[reply.id] = reason(error)
        return found

    def _try(self, thread: Thread, replies: tuple[Reply, ...]) -> None:
        post, part = self._post(thread.target), Thread(thread.target, thread.version, replies)
        self._rendered(post, part)
        feeds(self.targets.site, post, part)
        _check(part)
        files.dump(part)

    def _rendered(self, post: Target, thread: Thread) -> bytes:
        return rendered(self.targets.site, post, thread, self.theme.templates())

    def _post(self, target: str) -> Target:
        """The post, or what stands for one that is not listed (any more), to try a thread on."""
        site = self.targets.site
        path = f"/{target}/"
        gone = Target(
            id=target, url=f"{site.url}{path}", path=path, title="", lang=site.lang,
            file="index.html", feeds=(), open=False, authors=(),
        )  # fmt: skip
        return self.targets.find(target) or gone

    def _here(self, target: str) -> Target | None:
        """The post, if its page is on this machine."""
        found = self.targets.find(target)
        return found if found and (self.output / found.file).is_file() else None

    def _written(self, thread: Thread) -> Thread:
        """The thread as its file says now, which has a version higher than every one before.

        A database that was begun again counts from the start again; the file does not.
        """
        path = self.folder / files.file_name(thread.target)
        old, version = b"", 0
        with suppress(FileNotFoundError):
            old = path.read_bytes()
            version = files.version(old, str(path))
        if version >= thread.version:
            same = replace(thread, version=version)
            if files.dump(same) == old:
                return same
        new = replace(thread, version=max(thread.version, version + 1))
        _check(new)
        files.write(self.folder, new)
        return new

    def _splice(self, post: Target, inside: bytes) -> None:
        try:
            splice_page(self.output, post, inside)
        except FileError as error:
            _log.warning(
                "a page has no place for replies: build the site", extra={"reason": error.field}
            )


def _check(thread: Thread) -> None:
    """Raise ValueError where the file of ``thread`` is none that a build could read."""
    try:
        files.check(thread)
    except FileError as error:
        raise ValueError(f"{error.field}: {error.message}") from error
