"""From the store to the page: the thread's file, the block in the finished page, its feeds.

The store counts the versions of each thread and remembers which was published. So whatever fails
here, or is killed here, is done again later, and doing it again changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from jinja2 import TemplateError

from dialogue.errors import DialogueError
from dialogue.publishing.theme import Theme
from dialogue.targets import Targets
from thread import files
from thread.block import block, replies_view
from thread.errors import FileError
from thread.lock import OutputBusyError, output_lock
from thread.model import Thread
from thread.splice import splice

_log = logging.getLogger(__name__)
# A build holds the lock while it renames its files: seconds at most. Longer, and we come back.
_PATIENCE = 10.0
_FAILURES = (OSError, OutputBusyError, TemplateError, FileError, ValueError, DialogueError)


class Threads(Protocol):
    """What the publisher needs of the store."""

    def thread(self, target: str) -> Thread:
        """The thread of a post as it is now, with its version."""

    def published(self, target: str, version: int) -> None:
        """Note that this version is where readers see it."""

    def unpublished(self) -> tuple[str, ...]:
        """The posts whose newest version is not."""


class Publishing:
    """Publishes ``threads`` of the site in ``output``; ``after`` is called when something was.

    So is whatever :meth:`tell` is given.
    """

    def __init__(
        self,
        threads: Threads,
        targets: Targets,
        folder: Path,
        output: Path,
        theme: Theme,
        after: Callable[[], None],
    ) -> None:
        self._targets = targets
        self._folder = folder
        self._output = output
        self._theme = theme
        self._after: tuple[Callable[[], object], ...] = (after,)
        self._threads = threads

    def tell(self, after: Callable[[], object]) -> None:
        """Call ``after`` too, from whichever thread has published."""
        self._after = (*self._after, after)

    def publish(self, target: str) -> None:
        """Publish the thread of the post ``target`` as it is now, or leave it for later."""
        self._try(target)

    def warm(self) -> None:
        """Read the list of posts and the templates anew where they changed, ahead of need."""
        with suppress(*_FAILURES):
            post = next(iter(self._targets.all()), None)
            if post is not None:
                empty = replies_view(self._targets.site, post, Thread(post.id, 0, ()))
                block(self._theme.templates(), empty)

    def catch_up(self) -> bool:
        """Publish all that is not yet; says whether nothing is left."""
        failed = [target for target in self._threads.unpublished() if not self._try(target)]
        return not failed

    def _try(self, target: str) -> bool:
        try:
            self._publish(target)
        except _FAILURES:
            _log.exception("replies could not be published; they will be tried again")
            return False
        return True

    def _publish(self, target: str) -> None:
        with output_lock(self._output, _PATIENCE):
            thread = self._threads.thread(target)
            if not thread.version:
                return
            self._splice(self._written(thread))
        self._threads.published(target, thread.version)
        for after in self._after:
            after()

    def _written(self, thread: Thread) -> Thread:
        """The thread as its file says now, which has a version higher than every one before.

        A database that was begun anew counts from the start again; the file does not.
        """
        old = files.read(self._folder, thread.target)
        new = Thread(thread.target, max(thread.version, old.version), thread.replies)
        if files.dump(new) == files.dump(old):
            return old
        new = Thread(thread.target, max(thread.version, old.version + 1), thread.replies)
        files.write(self._folder, new)
        return new

    def _splice(self, thread: Thread) -> None:
        """Put the thread into the finished page, where that is on this machine.

        A post that was taken down has no place; a page that was not built yet will be built with
        the file.
        """
        found = self._targets.find(thread.target)
        if found is None or not (self._output / found.file).is_file():
            return
        try:
            splice(self._output, self._targets.site, found, thread, self._theme.templates())
        except FileError as error:
            _log.warning(
                "a page has no place for replies: build the site", extra={"reason": error.field}
            )
