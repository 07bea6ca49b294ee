"""The Markdown reader: every post and page goes from its file into Pelican through here.

A file with problems, and a draft or scheduled post outside a preview, is entered in the build's
ledger and given to Pelican with the status "skip", which leaves it out without a word. When all
files are read the problems are raised together. So it works in any Pelican site; the class
:class:`plugins.engine.site.Parley` adds that the output survives.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals
from pelican.readers import BaseReader, Readers
from pelican.urlwrappers import Author, Category, Tag

from plugins.errors import Problem, SiteError
from plugins.frontmatter.settings import own_names
from plugins.markup.markup import Markup, markup_settings
from plugins.post import Post
from plugins.posts.asides import survey
from plugins.posts.foreign import adopt
from plugins.posts.history import FileDates
from plugins.posts.ledger import Ledger, ledger_of, open_ledger
from plugins.posts.moment import moment_of_build
from plugins.posts.patterns import posts_settings
from plugins.posts.reading import FlawedReadingError, Reading, Tools, read_source
from plugins.posts.suffixes import SUFFIXES, is_for_programs
from plugins.posts.translations import Languages
from plugins.posts.uses import addresses_in, uses_of
from plugins.posts.validation import PostRules

_SKIP = {"status": "skip"}
# What Pelican gives its content objects itself, besides what their class says.
_ATTRIBUTES = (
    "date_format filename in_default_lang locale_date locale_modified metadata override_save_as "
    "override_url reader relative_source_path settings source_path timezone translations"
)
_PELICANS_OWN = frozenset(_ATTRIBUTES.split())
_TOOLS = "_PARLEY_READING_TOOLS"

Settings = MutableMapping[str, Any]
Metadata = dict[str, Any]


class PostReader(BaseReader):
    """Reads Markdown and plain text with front matter of any dialect, or none."""

    enabled = True
    file_extensions = list(SUFFIXES)  # noqa: RUF012  # declared by Pelican, which only reads it

    def read(self, source_path: str) -> tuple[str, Metadata]:
        """The body as HTML and Pelican's metadata, among it ``post`` and ``body``."""
        path = Path(source_path)
        source = path.relative_to(self.settings["PATH"]).as_posix()
        ledger = ledger_of(self.settings)
        if is_for_programs(source) or source in ledger.aside:
            return "", dict(_SKIP)
        if not path.is_file():
            ledger.unreadable(source, [no_file(source)])
            return "", dict(_SKIP)
        try:
            reading = read_source(path.read_bytes(), source, tools_of(self.settings))
        except SiteError as error:
            if not isinstance(error, FlawedReadingError):
                ledger.unreadable(source, error.problems)
                return "", dict(_SKIP)
            if not ledger.admit(error.post, error.problems) or error.body is None:
                if source in ledger.failed:
                    ledger.flawed[source] = (error.post, error.body)
                else:
                    ledger.hold(error.post)
                return "", dict(_SKIP)
            reading = Reading(error.post, error.body)
        return self._admit(reading, ledger)

    def _admit(self, reading: Reading, ledger: Ledger) -> tuple[str, Metadata]:
        post = reading.post
        if not ledger.admit(post, ()) or (post.preview and not self.settings.get("PREVIEW")):
            ledger.held.setdefault(post.source, post)
            ledger.wants[post.source] = tuple(uses_of(post, addresses_in(reading.body.html))[1])
            return "", dict(_SKIP)
        ledger.read[post.source] = post
        return reading.body.html, {**_metadata(post, self.settings), "body": reading.body}


def no_file(source: str) -> Problem:
    """A link to a file that is gone, or a pipe, which would be read for ever."""
    message, hint = "this leads to no file", "put the text itself here"
    return Problem(source, 1, "file", message, hint, "unreadable-file")


def tools_of(settings: Settings) -> Tools:
    """What reading needs, made from the settings once in a build: with the ledger, anew."""
    ledger = ledger_of(settings)
    of, tools = settings.get(_TOOLS, (None, None))
    if of is ledger and isinstance(tools, Tools):
        return tools
    made = Tools(
        rules=rules_from(settings),
        canonical=settings["CANONICAL"],
        markup=Markup(markup_settings(settings)),
        history=FileDates(Path(settings["PATH"])),
    )
    settings[_TOOLS] = (ledger, made)
    return made


def rules_from(settings: Mapping[str, Any]) -> PostRules:
    """The rules for posts in Pelican's settings; "now" is fixed for the whole build."""
    editions = getattr(settings.get("PAGES"), "editions", ())
    return PostRules(
        zone=settings["TIMEZONE"],
        lang=settings["DEFAULT_LANG"],
        site_url=settings["SITEURL"],
        now=moment_of_build(),
        author=settings.get("AUTHOR"),
        category=settings.get("DEFAULT_CATEGORY") or None,
        languages=Languages(
            frozenset({settings["DEFAULT_LANG"], *(one.lang for one in editions)}),
            Path(settings["PATH"]),
        ),
        addresses=posts_settings(settings),
        replies="open" if getattr(settings.get("REPLIES"), "open", True) else "closed",
        names=own_names(settings),
    )


def _metadata(post: Post, settings: Settings) -> Metadata:
    """The post in Pelican's terms, for other people's themes and plugins."""
    metadata: Metadata = {
        **{key: value for key, value in post.extra.items() if _is_free(key)},
        "post": post,
        "title": post.title,
        "date": post.date,
        "slug": post.slug,
        "url": post.url[1:],
        "save_as": post.save_as,
        "lang": post.lang,
        "translation_key": post.translation,
        "status": "hidden" if post.status == "hidden" else "published",
        "authors": [_named(Author(one.name, settings), one.slug) for one in post.authors],
        "tags": [_named(Tag(one.name, settings), one.slug) for one in post.tags],
    }
    if post.category:
        metadata["category"] = _named(Category(post.category.name, settings), post.category.slug)
    if post.modified:
        metadata["modified"] = post.modified
    if post.summary:
        metadata["summary"] = post.summary
    return {key: value for key, value in metadata.items() if value != []}


def _named(wrapper: Any, slug: str) -> Any:
    wrapper.slug = slug
    return wrapper


def _is_free(key: str) -> bool:
    """Whether an unknown field can become an attribute of Pelican's content objects."""
    name = key.lower()
    taken = name in _PELICANS_OWN or hasattr(Article, name)
    return key.isidentifier() and not key.startswith("_") and not taken


def add_reader(readers: Readers) -> None:
    """Read all our suffixes with our reader, in the letters that other systems give them, too."""
    for suffix in SUFFIXES:
        for spelling in (suffix, suffix.upper(), suffix.capitalize()):
            readers.reader_classes[spelling] = PostReader


def settle_foreign(content: Content) -> None:
    """Put a post that another reader read through our validation."""
    adopt(content, tools_of(content.settings))


def begin(generator: ArticlesGenerator) -> None:
    """Open the account of a new build, unless whoever runs the build keeps it."""
    settings = generator.settings
    ledger = ledger_of(settings)
    if not ledger.kept:
        ledger = open_ledger(settings)
    content = Path(settings["PATH"])
    excluded = settings["STATIC_EXCLUDES"]
    ledger.aside.update(survey(content, settings["IGNORE_FILES"], excluded))


def leave_sources(generator: PagesGenerator) -> None:
    """Keep the sources of what is held back from being copied as static files."""
    ledger = ledger_of(generator.settings)
    unread = () if ledger.kept else ledger.aside
    for source in {*ledger.held, *ledger.failed, *ledger.used, *unread}:
        generator.context["generated_content"].setdefault(source, None)


def finish(generators: list[Any]) -> None:
    """Note what git could not tell, and raise every problem if nobody else will."""
    settings = generators[0].settings
    ledger = ledger_of(settings)
    ledger.notice(*ledger.doubts(tools_of(settings).history))
    if not ledger.kept and (found := [*ledger.problems, *ledger.held_back()]):
        raise SiteError(found)


def register() -> None:
    """Connect to Pelican."""
    signals.readers_init.connect(add_reader)
    signals.article_generator_init.connect(begin)
    signals.content_object_init.connect(settle_foreign)
    signals.page_generator_finalized.connect(leave_sources)
    signals.all_generators_finalized.connect(finish)
