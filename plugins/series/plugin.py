"""Series in a Pelican build: reads the series files, gives every post its place.

Articles get ``series_place`` (a :class:`plugins.series.arrange.Place` or None), the context that the
generators share gets ``series``, all of them; problems and notices go into the build's ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.generators import ArticlesGenerator

from plugins.errors import SiteError
from plugins.frontmatter.document import Document
from plugins.post import Body, Post
from plugins.posts.ledger import Ledger, ledger_of
from plugins.posts.reader import tools_of
from plugins.posts.reading import Tools, render_body
from plugins.posts.slugs import slugify
from plugins.posts.suffixes import SUFFIXES
from plugins.posts.validation import PostRules
from plugins.series.arrange import Arrangement, SeriesFile, arrange
from plugins.series.files import read_series_file

FOLDER = "series"

_ARTICLES = ("articles", "translations", "hidden_articles", "hidden_translations")


def read_files(content: Path, ledger: Ledger, tools: Tools) -> tuple[SeriesFile, ...]:
    """The series files below ``content``; the problems of those that cannot be read are noted."""
    zone = ZoneInfo(tools.rules.zone)

    def render(document: Document) -> Body:
        return render_body(document, document.body, tools.markup)

    found: list[SeriesFile] = []
    for path in _paths(content):
        source = path.relative_to(content).as_posix()
        if ledger.aside.get(source, "section") != "section":
            continue
        ledger.used.add(source)
        ledger.aside.pop(source, None)
        try:
            found.append(read_series_file(path.read_bytes(), source, zone=zone, render=render))
        except SiteError as error:
            ledger.problem(*error.problems)
    return tuple(found)


def arrange_all(
    posts: Iterable[Post], files: Iterable[SeriesFile], ledger: Ledger, rules: PostRules
) -> Arrangement:
    """The series of ``posts``, those that get a page; problems and notices go into the ledger."""
    # A post with a problem of its own still is the part it says it is: nothing is missing there.
    flawed = [post for post, _ in ledger.flawed.values()]
    arrangement = arrange(
        [*posts, *(post for post in flawed if not post.preview)],
        [*ledger.held.values(), *(post for post in flawed if post.preview)],
        files,
        lang=rules.lang,
        now=rules.now,
        slugify=slugify,
    )
    ledger.problem(*arrangement.problems)
    ledger.notice(*(one for one in arrangement.notices if one.path not in ledger.failed))
    return arrangement


def attach(generator: ArticlesGenerator) -> None:
    """Arrange the series of a build."""
    settings = generator.settings
    ledger, tools = ledger_of(settings), tools_of(settings)
    articles: list[Any] = list(chain.from_iterable(getattr(generator, n) for n in _ARTICLES))
    posts = [post for a in articles if isinstance(post := getattr(a, "post", None), Post)]
    files = read_files(Path(settings["PATH"]), ledger, tools)
    arrangement = arrange_all(posts, files, ledger, tools.rules)
    for article in articles:
        post = getattr(article, "post", None)
        article.series_place = arrangement.places.get(post.source) if post else None
    generator.context["series"] = arrangement.series


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_pretaxonomy.connect(attach)


def _paths(content: Path) -> list[Path]:
    folder = content / FOLDER
    found = sorted([*folder.glob("*"), *folder.glob("*/_index.*")])
    return [path for path in found if path.suffix[1:].lower() in SUFFIXES and path.is_file()]
