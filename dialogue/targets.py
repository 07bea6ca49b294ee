"""The posts that can be answered, as the built site lists them; read again when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from dialogue import urls
from dialogue.errors import DialogueError
from thread import targets
from thread.errors import FileError
from thread.model import Site, Target

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Read:
    stamp: _Stamp
    site: Site
    by_id: Mapping[str, Target] = field(hash=False)


class Targets:
    """``targets.json`` of the site built into ``output``; cheap to ask, and never out of date."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._path = output / targets.FILE
        self._last: _Read | None = None
        self._pages: tuple[_Read, Mapping[str, Target]] | None = None

    def find(self, target: str) -> Target | None:
        """The post with that id, or None."""
        return self._current().by_id.get(target)

    def at(self, url: str) -> Target | None:
        """The post at that absolute URL, or that once was there; None if none is.

        All addresses that sites answer with the same page lead to it (:func:`dialogue.urls.page`).
        """
        try:
            return self._places().get(urls.page(url))
        except ValueError:
            return None

    def all(self) -> tuple[Target, ...]:
        """Every post."""
        return tuple(self._current().by_id.values())

    @property
    def site(self) -> Site:
        """The site's name, address and language."""
        return self._current().site

    def _places(self) -> Mapping[str, Target]:
        """Posts by what their addresses have in common; made when it is first asked for."""
        current = self._current()
        if self._pages is None or self._pages[0] is not current:
            self._pages = current, _by_page(current)
        return self._pages[1]

    def _current(self) -> _Read:
        """What the file says now; a build replaces it whole, so its stamp changes with it."""
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if self._last is None or self._last.stamp != stamp:
                self._last = _read(stamp, self._output)
            return self._last
        except FileNotFoundError as error:
            raise DialogueError(
                f"{self._path} is not there; build the site, or set DIALOGUE_OUTPUT to its folder"
            ) from error
        except (OSError, FileError) as error:
            raise DialogueError(str(error)) from error


def _read(stamp: _Stamp, output: Path) -> _Read:
    found = targets.read(output)
    return _Read(stamp, found.site, MappingProxyType({post.id: post for post in found.targets}))


def _by_page(read: _Read) -> Mapping[str, Target]:
    """Each post by its address, and by its oldest, which is its id, if no other post has that."""
    posts = read.by_id.values()
    oldest = {urls.page(f"{read.site.url}/{post.id}"): post for post in posts}
    return MappingProxyType({**oldest, **{urls.page(post.url): post for post in posts}})
