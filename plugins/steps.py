"""What plugins add to a site besides its pages: tasks, each some files made from known inputs.

A module named in ``PLUGINS`` takes part in the build by one of these functions, or both:

- ``tasks(site)`` yields what can be made from the catalogue (feeds, the sitemap, share images);
- ``closing_tasks(site)`` yields what needs finished pages (a search index): ``site.files`` then
  holds the digest of every file, and ``site.read`` gives its bytes.

Each :class:`Task` carries a digest of everything its files depend on. The build engine makes them
again only where that digest is another than last time, or a file is missing or was changed; so
saying what a task depends on is cheap, and making its files may be slow. Two more, optional:

- ``watched(settings)`` names files and folders outside the content folder that the tasks read;
- ``publishing(output, staged, settings)`` returns a context manager that is entered when every new file
  lies below ``staged``, before the first is renamed into ``output``, and left when all are in
  place. It may hold a lock and may change the staged files.

:mod:`docs/engine.md` has an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts

Files = Iterable[tuple[str, bytes]]


def _unread(path: str) -> bytes:
    raise LookupError(f"{path}: pages can be read in closing tasks only")


@dataclass(frozen=True, slots=True)
class Site:
    """What tasks are made from. ``settings`` are Pelican's, with our settings objects in them.

    ``files`` maps the path of each file below the output folder to a digest of its bytes, and
    ``read`` gives them; both are there for closing tasks only.
    """

    catalogue: Catalogue
    facts: Facts
    settings: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[str], bytes] = _unread


@dataclass(frozen=True, slots=True)
class Task:
    """Some files of the site.

    ``name`` is unique in a build and stays the same from build to build. ``inputs`` is a digest of
    all that the files depend on, besides the code and the settings, which the engine watches
    itself. ``make`` yields each file: its path below the output folder, and its bytes. It may run
    in another process, and must give the same bytes for the same inputs. ``late`` says that nobody
    who looks at a page misses the files at once: a preview makes them after everything else.
    ``texts`` are the sources of the posts whose text (its HTML, words and headings) any of this
    depends on, and whether there is such a task at all; None where that is not said: then every
    edit is looked at by all tasks.
    """

    name: str
    inputs: str
    make: Callable[[], Files]
    late: bool = False
    texts: tuple[str, ...] | None = None
