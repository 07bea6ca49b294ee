"""Texts that are no posts: what is for those who work on the site, and what belongs to other files.

A read-me, a licence, the text of a folder, a text among images or in the folder of another post is
not published by itself. It is told by its name and place; only front matter can say that it is a
post all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Literal

from plugins.posts import git
from plugins.posts.source_names import SHELVES, is_index
from plugins.posts.suffixes import SUFFIXES, is_for_programs

Aside = Literal["readme", "section", "resource", "beside", "hidden", "ignored"]

# Files about the files beside them, in small letters without what follows the name.
_README = frozenset({"readme"})
_ABOUT_FILES = _README | {
    *("license", "licence", "copying", "copyright", "notice", "patents"),
    *("changelog", "changes", "history", "contributing", "contributors", "authors", "maintainers"),
    *("code_of_conduct", "code-of-conduct", "security", "support", "codeowners", "todo"),
}
# Those that are words of posts and pages, too, are meant in capitals only.
_IN_CAPITALS_ONLY = frozenset({"history", "changes", "security", "support", "notice", "todo"})
_NAME = re.compile(
    r"(?P<name>[A-Za-z]+(?:[_-][Oo][Ff][_-][A-Za-z]+)?)(?P<more>[-_. ].*)?", re.DOTALL
)
_LANGUAGE = re.compile(r"[-_.][A-Za-z]{2}")
# Formats of such files besides those that posts have.
_TEXTS = frozenset(
    {*SUFFIXES, "", "rst", "adoc", "asciidoc", "org", "textile", "html", "htm", "lesser"}
)
_RESOURCES = frozenset(
    {"images", "img", "assets", "files", "static", "media", "uploads", "downloads", "attachments"}
)
# Folders whose files are texts of something else, one for each file.
_SHELVES_OF_TEXTS = frozenset({"series", "authors", "categories", "tags"})

HasIndex = Callable[[str], bool]


def find_asides(files: Collection[str], content: Path) -> Mapping[str, Aside]:
    """The files among ``files``, paths below ``content``, that are no posts, and what they are."""
    bundles = {
        folder for folder, _, name in (path.rpartition("/") for path in files) if is_index(name)
    }
    found = ((path, aside(path, content, bundles.__contains__)) for path in files)
    return {path: what for path, what in found if what}


def aside(source: str, content: Path, has_index: HasIndex) -> Aside | None:
    """What the file ``source`` is if it is no post, nor a file like any other.

    ``has_index`` tells of a folder whether it has an index text.
    """
    what = _by_name(source, has_index)
    if what in (None, "section", "hidden"):
        return what
    from plugins.posts.selfclaimed import says_that_it_is_a_post  # few texts need it read

    return None if says_that_it_is_a_post(content / source, source) else what


def survey(
    content: Path, patterns: Collection[str], excluded: Collection[str]
) -> Mapping[str, Aside]:
    """All files below ``content`` that are no posts, what git ignores among them.

    ``patterns`` name files and folders that are left out, ``excluded`` are paths of such folders.
    """
    hidden = git.ignored(content)
    found: dict[str, Aside] = {}
    files = []
    for source in _walk(content, patterns, excluded):
        if source in hidden or any(
            f"{above}/" in hidden for above in PurePosixPath(source).parents
        ):
            found[source] = "ignored"
        else:
            files.append(source)
    return found | dict(find_asides(files, content))


def _walk(content: Path, patterns: Collection[str], excluded: Collection[str]) -> Iterator[str]:
    def stays(name: str) -> bool:
        return not any(fnmatch(name, pattern) for pattern in patterns)

    for root, folders, names in os.walk(content, followlinks=True):
        here = Path(root).relative_to(content)
        folders[:] = [
            name for name in folders if stays(name) and (here / name).as_posix() not in excluded
        ]
        yield from ((here / name).as_posix() for name in names if stays(name))


def _by_name(source: str, has_index: HasIndex) -> Aside | None:
    *folders, file = source.split("/")
    stem, suffix = _parts(file)
    top = folders[0] if folders else ""
    is_text = suffix in SUFFIXES
    if top == "static" or is_for_programs(source):
        return None
    if any(part.startswith(".") for part in (*folders, file)):
        return "hidden" if is_text else None
    if _is_about_files(stem, suffix, pages=top == "pages"):
        return "readme"
    return _by_place(folders, stem, suffix, has_index) if is_text else None


def _by_place(folders: list[str], stem: str, suffix: str, has_index: HasIndex) -> Aside | None:
    """What a text is by the folder that it lies in."""
    top = folders[0] if folders else ""
    if stem.partition(".")[0] == "_index" and top != "pages":
        return "section"
    if any(folder.casefold() in _RESOURCES for folder in folders):
        return "resource"
    if top in _SHELVES_OF_TEXTS:
        return "resource" if len(folders) > 1 else None
    bundle = tuple(folders) not in SHELVES and not is_index(f"{stem}.{suffix}")
    # In the folder of a page there may be more pages.
    if bundle and (top != "pages" or suffix == "txt") and has_index("/".join(folders)):
        return "beside"
    return None


def _parts(file: str) -> tuple[str, str]:
    stem, dot, suffix = file.rpartition(".")
    return (stem, suffix.lower()) if dot else (file, "")


def _is_about_files(stem: str, suffix: str, *, pages: bool) -> bool:
    found = _NAME.fullmatch(stem)
    if found is None or suffix not in _TEXTS:
        return False
    name, capitals = found["name"].casefold(), found["name"].isupper()
    if name not in (_README if pages else _ABOUT_FILES):
        return False
    plain = not found["more"] or _LANGUAGE.fullmatch(found["more"]) is not None
    return capitals or (plain and name not in _IN_CAPITALS_ONLY)
