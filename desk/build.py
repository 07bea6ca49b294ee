"""The preview's builds, in a process of their own: ``python -m desk.build``.

Reads jobs from standard input and writes their outcomes to standard output, a line of JSON each. The
process keeps the site in memory from build to build, and ends where it cannot answer for the next:
after a fault in code, or where Pelican had to build. Only a new process makes changed plugins and
settings really new. The libraries, which do not change, are loaded before the first job is read: such
a process can be started ahead of time and wait, and ends by itself when nobody is left to ask it for
anything.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys

_LIBRARIES = (
    "pelican.generators",
    "pelican.readers",
    "pelican.writers",
    "babel.dates",
    "feedgen.feed",
    "frontmatter",
    "jinja2",
    "lxml.etree",
    "markdown",
    "pygments.formatters.html",
    "markdown.extensions.footnotes",
)


def main() -> int:
    """Answer jobs; nothing that a build prints gets between an answer and its reader."""
    import gc
    import logging

    from desk.jobs import Jobs
    from desk.worker import work

    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
        _load_libraries()
        # A search for garbage among all that is kept would come in the middle of a save.
        gc.disable()
        work(Jobs(0), answers)
    return 0


def _load_libraries() -> None:
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):  # the build will say what is missing, and where
            importlib.import_module(name)


if __name__ == "__main__":
    sys.exit(main())
