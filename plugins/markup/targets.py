"""Where a link in a post leads: from what the writer wrote to a URL of this site.

Writers link to files (``other-post.md``, ``../images/a.png``, Pelican's ``{filename}``), to
folders of bundles (``../other-post/``) and to pages (``/about/``). One pure function knows all
of these; what exists is given to it as an index.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin

_PELICAN = re.compile(r"[{|](?P<what>[a-z]+)[}|](?P<path>.*)", re.DOTALL)
_FILES = ("filename", "static", "attach")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL)
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".txt")


def resolve(target: str, source: str, index: Mapping[str, str]) -> str | None:
    """The URL that ``target``, a reference written in the file ``source``, leads to.

    ``source`` and the file keys of ``index`` are paths below the content folder
    (``posts/a.md``); keys that begin with a slash are URLs of pages. The values are URLs. Query
    and fragment are kept. Also looked up as they are: ``{category}x``, ``{tag}x``, ``{author}x``
    and ``{index}``. None: there is no such thing, or the path leaves the content folder.
    """
    pelican = _PELICAN.match(target)
    if pelican and pelican["what"] not in _FILES:
        return index.get(target)
    parts = _PARTS.match(pelican["path"] if pelican else target)
    if parts is None or not parts["path"].strip():
        return None
    path = unquote(parts["path"].strip())
    if "\\" in path or "\0" in path:
        return None
    for candidate in _candidates(path, source, index, files_only=pelican is not None):
        if candidate in index:
            return index[candidate] + parts["rest"]
    return None


def _candidates(
    path: str, source: str, index: Mapping[str, str], *, files_only: bool
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
    if not files_only and source in index:
        yield from _page_keys(urljoin(index[source], path))


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
