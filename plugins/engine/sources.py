"""What each file of the content folder is, by its name alone: post, page, or a file to copy."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.engine import contract
from plugins.posts.asides import find_asides
from plugins.posts.suffixes import SUFFIXES, is_for_programs

# As Pelican's own generators look for them; other values need Pelican to find the files.
_AS_THE_CONTRACT = (
    *("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "READERS", "FILENAME_METADATA"),
    *("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID"),
)
_UNUSED = ("TEMPLATE_PAGES", "OUTPUT_SOURCES", "STATIC_CREATE_LINKS")
# Formats that a reader of Pelican's own makes posts of.
_OF_PELICAN = (".rst",)
_SPELLINGS = frozenset(f for s in SUFFIXES for f in (s, s.upper(), s.capitalize()))


@dataclass(frozen=True, slots=True)
class Sources:
    """The files below the content folder: texts of posts and pages, and all others."""

    posts: tuple[str, ...]
    pages: tuple[str, ...]
    others: tuple[str, ...]


def sort_sources(files: Iterable[str], aside: Collection[str] = ()) -> Sources:
    """Tell by the paths of ``files`` what each is; those ``aside`` are no posts."""
    posts, pages, others = [], [], []
    for path in sorted(files):
        folder = path.partition("/")[0] if "/" in path else ""
        if path.rpartition(".")[2] not in _SPELLINGS or path in aside or is_for_programs(path):
            others.append(path)
        elif folder == "pages":
            pages.append(path)
        elif folder in contract.ARTICLE_EXCLUDES:
            others.append(path)
        else:
            posts.append(path)
    return Sources(tuple(posts), tuple(pages), tuple(others))


def only_pelican_reads(settings: Mapping[str, Any], files: Collection[str]) -> str:
    """Why Pelican has to read the content, in words; empty where it need not."""
    for name in _AS_THE_CONTRACT:
        if settings[name] != getattr(contract, name):
            return f"{name} is not as in the contract"
    for name in _UNUSED:
        if settings.get(name):
            return f"{name} is used"
    if settings["ARTICLE_EXCLUDES"][: len(contract.ARTICLE_EXCLUDES)] != contract.ARTICLE_EXCLUDES:
        return "ARTICLE_EXCLUDES is not as in the contract"
    texts = [path for path in files if path.endswith(_OF_PELICAN)]
    aside = find_asides(texts, Path(settings["PATH"]))
    foreign = next((path for path in texts if path not in aside), "")
    return f"{foreign} is in a format that Pelican reads" if foreign else ""


def ignores(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether the name of a file or folder is left out, by Pelican's ``IGNORE_FILES``."""
    matches = re.compile("|".join(map(fnmatch.translate, patterns)) or "(?!)").match

    def ignored(name: str) -> bool:
        return matches(name) is not None

    return ignored
