"""What it costs to read a post: milliseconds of CPU from bytes to a linked, pictured body.

The measure is what the libraries take for the Markdown and the code alone, with the same
extensions and one converter for all posts, on the same posts in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from benchmarks.corpus import IMAGES, source_of, write_corpus
from benchmarks.tables import Claim, Report, Table
from plugins.canonical.settings import CanonicalSettings
from plugins.engine.linking import index_links, link_html
from plugins.frontmatter import document as frontmatter
from plugins.images.showing import Shown, complete
from plugins.markup.highlighting import Highlighter, read_info
from plugins.markup.markup import Markup
from plugins.markup.python.converter import PythonMarkdown
from plugins.markup.settings import MarkupSettings
from plugins.posts.history import FileDates
from plugins.posts.reader import rules_from
from plugins.posts.reading import Reading, Tools, read_source
from plugins.urls import Urls

POSTS = 400  # more say the same
READING, MARKDOWN = 0.60, 0.35
_SITE = "https://blog.example.com"
_FACTS = {"TIMEZONE": "UTC", "DEFAULT_LANG": "en", "SITEURL": _SITE, "PATH": "content"}
_SHOWN = Shown(1200, 800, "/a.webp 400w, /b.webp 800w")

One = TypeVar("One")
Made = TypeVar("Made")


def measure(posts: int) -> Report:
    """Read up to ``POSTS`` posts in parts, and tell what each part takes."""
    with TemporaryDirectory() as folder:
        number = min(posts, POSTS)
        write_corpus(Path(folder), number)
        sources = [source_of(Path(folder), place).read_bytes() for place in range(number)]
        tools = Tools(
            rules=rules_from(_FACTS),
            canonical=CanonicalSettings(site_url=_SITE),
            markup=Markup(),
            history=FileDates(Path(folder)),
        )
        figures = _figures(list(enumerate(sources)), tools)
    rows = tuple((stage, f"{seconds * 1000 / number:.2f}") for stage, seconds in figures.items())
    library = figures["Markdown and code, by the libraries"]
    whole = sum(figures[stage] for stage in ("post", "links", "images"))
    claims = (
        Claim("from bytes to the linked body / the libraries", whole / library, READING),
        Claim(
            "Markdown and code / the libraries", figures["Markdown and code"] / library, MARKDOWN
        ),
    )
    return Report(number, Table(("", "ms of CPU per post"), rows), claims)


def _figures(sources: list[tuple[int, bytes]], tools: Tools) -> dict[str, float]:
    """Seconds for all posts, by what is done; ``post`` is everything up to the unlinked body."""
    figures: dict[str, float] = {}

    def timed(stage: str, do: Callable[[One], Made], ones: Iterable[One]) -> list[Made]:
        ones = list(ones)
        do(ones[0])  # what is made once for all posts
        start = time.process_time()
        made = [do(one) for one in ones]
        figures[stage] = time.process_time() - start
        return made

    texts = [
        one.body
        for one in timed(
            "front matter", lambda one: frontmatter.parse(one[1], _name(one[0])), sources
        )
    ]
    library = PythonMarkdown(MarkupSettings(), _Pygments())
    timed(
        "Markdown and code, by the libraries",
        library.convert,
        texts,
    )
    timed("Markdown and code", tools.markup.render, texts)
    read: list[Reading] = timed(
        "post", lambda one: read_source(one[1], _name(one[0]), tools), sources
    )
    images = {
        f"images/photo-{place:02}.jpg": f"/images/photo-{place:02}.jpg" for place in range(IMAGES)
    }
    index = index_links([one.post for one in read], (), (), images, {}, (), Urls(_SITE))
    linked = timed(
        "links", lambda one: link_html(one.body.html, one.body, one.post.source, index)[0], read
    )
    timed("images", lambda body: complete(body, lambda _: _SHOWN, "92vw", leads=True), linked)
    return figures


def _name(number: int) -> str:
    return f"posts/post-{number}.md"


class _Pygments(Highlighter):
    """Code as Pygments' own formatter makes it."""

    def html(self, code: str, info: str) -> str:
        """The block as HTML."""
        lexer: Any = get_lexer_by_name(read_info(info).language or "text", stripnl=False)
        coloured = highlight(f"{code}\n", lexer, HtmlFormatter(nowrap=True))
        return f'<div class="highlight"><pre tabindex="0"><code>{coloured}</code></pre></div>'
