"""Posts of a folder of yours: what it costs to read them, and whether a mark of Markdown is printed.

Given with ``--folder``. Each post is read on its own, as a build reads it; those with errors are
counted. The measure is python-markdown with the same extensions, on the same posts in the same run.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.tables import Claim, Report, Table
from plugins.errors import SiteError
from plugins.frontmatter import document as frontmatter
from plugins.frontmatter.document import Document
from plugins.markup import templating
from plugins.markup.markup import Markup
from plugins.posts.suffixes import SUFFIXES

SHARE = 0.33
_HIDDEN = re.compile(
    r"<(?:!--.*?-->|(pre|code|script|style|textarea|math)\b.*?</\1\s*>|[a-zA-Z/][^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
# Marks of Markdown and its dialects that no reader should see. Written here once more, and plainer
# than where they are looked for.
_MARKS = re.compile(
    r"\]\(\S+\)|\[\^[^\]]+\]|^ *(?:!!!|\?\?\?|:::)|\[!(?:note|tip|important|warning|caution)\]"
    r"|\{:[^}]*\}|\{::|\{[#.][\w-]+\} *$|^ *\|[ :|-]+\| *$|\[\[[^\]]+\]\]|klzzwxh|[\x02\x03]"
    r"|(?<![\w`])\*\*[^\s*][^*\n]*\*\*|^ *#{1,6} ",
    re.MULTILINE | re.IGNORECASE,
)


def measure(folder: Path) -> Report:
    """Read every post below ``folder`` by the usual way, and by python-markdown."""
    start = time.process_time()
    documents = list(_documents(folder))
    parsing = time.process_time() - start
    ours, library = Markup(), Markup()
    start = time.process_time()
    pages = [_rendered(one, ours, python=False) for one in documents]
    converting = time.process_time() - start
    start = time.process_time()
    for one in documents:
        _rendered(one, library, python=True)
    by_library = time.process_time() - start
    good = [(path, text) for path, text in pages if text is not None]
    marked = [(path, found) for path, text in good if (found := _mark(text))]
    number = max(len(documents), 1)
    rows = (
        ("front matter, ms of CPU a post", f"{parsing / number * 1000:.2f}"),
        ("Markdown and code", f"{converting / number * 1000:.2f}"),
        ("Markdown and code, by python-markdown", f"{by_library / number * 1000:.2f}"),
        ("posts with an error", str(number - len(good))),
        *((f"printed in {path}", found) for path, found in marked),
    )
    claims = (
        Claim("pages with marks in their text", len(marked), 0),
        Claim("Markdown and code / python-markdown", converting / by_library, SHARE),
    )
    return Report(number, Table(("", ""), rows), claims)


def _documents(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower().lstrip(".") not in SUFFIXES or not path.is_file():
            continue
        try:
            yield frontmatter.parse(path.read_bytes(), path.relative_to(folder).as_posix())
        except SiteError:
            continue


def _rendered(document: Document, markup: Markup, *, python: bool) -> tuple[str, str | None]:
    """The path and HTML of a post; None where the text has errors."""
    if templating.find(document.body, document.body_line, document.path):
        return document.path, None
    try:
        body = markup.render(document.body, document.body_line, document.path, python=python)
    except SiteError:
        return document.path, None
    return document.path, body.html


def _mark(page: str) -> str:
    """The first mark in the text of a page; empty if there is none."""
    found = _MARKS.search(html.unescape(_HIDDEN.sub(" ", page)))
    return found[0].strip()[:60] if found else ""
