"""The content folder and the output folder: what holds where one of them lies in the other."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from plugins.engine.staging import MANIFEST
from plugins.errors import Problem

# Pelican reads posts, pages and files apart, each with folders that it leaves out.
_EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")


def keep_apart(settings: MutableMapping[str, Any], *, clean: bool) -> tuple[Problem, ...]:
    """See to it that no build reads what the last one wrote, nor removes what it reads.

    An output folder inside the content folder is left out of the content. ``clean`` says that the
    build removes every file from the output that it has not written. Returns a problem where
    content would be overwritten, removed or passed over.
    """
    content, output = (Path(settings[key]).resolve() for key in ("PATH", "OUTPUT_PATH"))
    if content == output:
        return (_unfit(settings, "this is the content folder itself"),)
    if clean and content.is_relative_to(output):
        return (_unfit(settings, "the content lies in it, and DELETE_OUTPUT_DIRECTORY is on"),)
    if output.is_relative_to(content):
        if _holds_what_no_build_wrote(output):
            return (_unfit(settings, "it lies in the content and holds files of yours"),)
        inside = output.relative_to(content).as_posix()
        settings.update({key: [*settings[key], inside] for key in _EXCLUDES})
    return ()


def left_out(settings: MutableMapping[str, Any]) -> frozenset[str]:
    """The folders below the content folder of which nothing at all is read."""
    return frozenset.intersection(*(frozenset(settings[key]) for key in _EXCLUDES))


def _holds_what_no_build_wrote(output: Path) -> bool:
    return output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).exists()


def _unfit(settings: MutableMapping[str, Any], message: str) -> Problem:
    path = str(settings["OUTPUT_PATH"])
    return Problem(path, 1, "output", message, "name another folder after -o")
