"""Where a link in a post leads: from what the writer wrote to a URL of this site.

Writers link to files (``other-post.md``, ``../images/a.png``, Pelican's ``{filename}``), to
folders of bundles (``../other-post/``) and to pages (``/about/``). One pure function knows all
of these; what exists is given to it as an index.

A reference is percent-encoded, as in HTML: ``ha%23sh.jpg`` is the file ``ha#sh.jpg``. Where that
names nothing and there is a file that is called letter by letter as the reference is written, it is
meant.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar
from urllib.parse import urljoin

from plugins.urls import Reference, composed, decoded, encoded

_PELICAN = re.compile(r"[{|](?P<what>[a-z]+)[}|](?P<path>.*)", re.DOTALL)
_FILES = ("filename", "static", "attach")
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".txt")

T = TypeVar("T")


def resolve(target: str, source: str, index: Mapping[str, str]) -> str | None:
    """The URL that ``target``, a reference written in the file ``source``, leads to.

    ``source`` and the file keys of ``index`` are paths below the content folder
    (``posts/a.md``); keys that begin with a slash are the decoded URLs of pages. The values are
    URLs. Query and fragment are kept. Also looked up as they are: ``{category}x``, ``{tag}x``,
    ``{author}x`` and ``{index}``. None: there is no such thing, or the path leaves the content
    folder.
    """
    found = look_up(target, source, index)
    return found[0] + found[1] if found else None


def look_up(target: str, source: str, index: Mapping[str, T]) -> tuple[T, str] | None:
    """What ``index`` has for ``target``, as :func:`resolve` finds it; and the query and fragment."""
    pelican = _PELICAN.match(target)
    if pelican and pelican["what"] not in _FILES:
        return (index[target], "") if target in index else None
    written = (pelican["path"] if pelican else target).strip()
    path = Reference.read(written).path
    if not path.strip() or "\\" in path or "\0" in path:
        return None
    for key, rest in _keys(written, source, index, files_only=pelican is not None):
        for spelling in dict.fromkeys((key, composed(key))):
            if spelling in index:
                return index[spelling], rest
    return None


def spelled(index: Mapping[str, T]) -> dict[str, T]:
    """``index`` with every key in Unicode's composed form, too; a key as it is comes first.

    Some systems store names in another form than people type, so they are one name in references.
    """
    other = {composed(key): value for key, value in index.items() if not key.isascii()}
    return {**other, **index}


def _keys(
    written: str, source: str, index: Mapping[str, T], *, files_only: bool
) -> Iterator[tuple[str, str]]:
    """The keys that ``written`` may mean, the likeliest first, each with what follows the path."""
    reference = Reference.read(written)
    exactly = place_of(reference.path.strip(), source)
    if exactly:
        yield exactly, reference.rest
    if (literally := place_of(written, source)) and literally != exactly:
        yield literally, ""
    for key in _candidates(reference.path.strip(), source, index, files_only=files_only):
        yield key, reference.rest


def place_of(path: str, source: str) -> str | None:
    """The file that ``path`` names from ``source``; None outside of the content folder."""
    folder = "" if path.startswith("/") else posixpath.dirname(source)
    joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return None if joined.startswith("../") or joined in ("..", ".") else joined


def _candidates(
    path: str, source: str, index: Mapping[str, T], *, files_only: bool
) -> Iterator[str]:
    """The keys that ``path`` may mean, the likeliest first."""
    if path.startswith("/"):
        if not files_only:
            yield from _page_keys(path)
        yield from _file_keys(path.lstrip("/"))
        return
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if joined == ".." or joined.startswith("../"):
        return
    yield from _file_keys(joined)
    page = index.get(source)
    if not files_only and isinstance(page, str):
        yield from _page_keys(decoded(urljoin(encoded(page), encoded(path))))


def _page_keys(url: str) -> Iterator[str]:
    """A page's URL, however its end is written."""
    yield url
    bare = re.sub(r"(?:/index)?\.html?$|/$", "", url)
    yield f"{bare}/"
    yield bare or "/"


def _file_keys(path: str) -> Iterator[str]:
    """A file, a file named without its ending, or the text in a folder."""
    path = posixpath.normpath(path)
    if path.startswith("../") or path in ("..", "."):
        return
    yield path
    bare = path.removesuffix(".html")
    yield from (f"{bare}{ending}" for ending in _MARKDOWN)
    yield from (f"{path}/index{ending}" for ending in _MARKDOWN)
