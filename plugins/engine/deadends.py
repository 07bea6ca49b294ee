"""What is said of links that lead nowhere, with the nearest thing that exists as a hint."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath
from types import MappingProxyType
from unicodedata import is_normalized

from plugins.errors import Problem
from plugins.post import Link
from plugins.urls import Reference, decoded

# Why readers do not get a file that is there, and what to do: by status, or by what the file is.
REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "draft": ("is a draft", "publish that post first, or take the link out"),
        "beside": ("is the file of a draft", "publish that post first, or take the link out"),
        "held": ("is held back by its errors", "correct that post first"),
        "scheduled": ("is not published yet", "publish that post first, or take the link out"),
        "ignored": (
            "is ignored by git",
            "take it out of .gitignore (or git add --force it), or take the link out",
        ),
        "aside": ("is no post", "write status: published into its front matter to make it one"),
    }
)
# The field of problems with what stands behind a #.
FRAGMENT = "fragment"
# So many ids are worth listing where none is near.
_FEW = 5


def dead_link(link: Link, source: str, status: str | None, alike: str | None) -> Problem:
    """A problem for ``link`` in ``source``: what it names is withheld (``status``) or is not there.

    ``alike`` is a path that differs in capitals at most.
    """
    folder = _folder(source)
    if status is not None:
        said, hint = REASONS.get(status, (f"is {status}", REASONS["draft"][1]))
        message = f"{link.target!r} {said}, so readers would find nothing"
    elif link.kind == "image":
        message = f"no image is at {_shown(link.target)}"
        hint = f"put the file there, or correct the path (it is relative to {folder})"
    else:
        message = f"no post, page or file is at {_shown(link.target)}"
        hint = f"correct the path (it is relative to {folder}), or take the link out"
    if status is None and alike:
        hint = f"did you mean {_rooted(alike)!r}? Capitals count on a web server"
    withheld = {"held": "link-to-held", None: ""}.get(status, "link-to-draft")
    rule = withheld or ("missing-image" if link.kind == "image" else "dead-link")
    return Problem(source, link.line, link.kind, message, hint, rule)


def dead_fragment(link: Link, source: str, ids: Collection[str]) -> Problem:
    """A problem for ``link`` in ``source``, which leads to a page that has only ``ids``."""
    name = decoded(Reference.read(link.target).fragment)
    where = "this page" if link.target.startswith("#") else "that page"
    message = f"{link.target!r} leads to {name!r}, and nothing on {where} has this id"
    near = _near(name, ids)
    listed = ", ".join(f"#{one}" for one in sorted(ids)[:_FEW])
    if near:
        hint = f"did you mean #{near}?"
    elif listed and len(ids) <= _FEW:
        hint = f"it has {listed}"
    else:
        hint = "correct the part behind the #, or take it out"
    return Problem(source, link.line, FRAGMENT, message, hint, "dead-fragment")


def _near(name: str, ids: Collection[str]) -> str | None:
    folded = {one.casefold(): one for one in ids}
    found = get_close_matches(name.casefold(), folded, 1)
    return folded[found[0]] if found else None


def _rooted(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"


def _shown(target: str) -> str:
    """``target`` in quotes; where letters are written in two signs each, that is told."""
    if is_normalized("NFC", decoded(target)):
        return repr(target)
    return f"{target!r} (letters and their accents as separate characters: NFD)"


def _folder(source: str) -> str:
    folder = str(PurePosixPath(source).parent)
    return "the content folder" if folder == "." else f"{folder}/"
