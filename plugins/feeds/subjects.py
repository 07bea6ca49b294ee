"""What the site has feeds of: everything, and each category, tag, author, series and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.canonical.alternates import language_tag
from plugins.catalogue.catalogue import Catalogue, Entry, Group, newest_first
from plugins.catalogue.facts import Facts
from plugins.feeds.settings import FeedSettings, Kind
from plugins.markup.summaries import plain_text
from plugins.series.model import Series
from thread.text import one_line
from wording.tags import language_name


@dataclass(frozen=True, slots=True)
class Subject:
    """What one feed is about, in all its formats.

    ``stem`` is its path below the output folder without the ending ("feeds/tag/email"); ``page``
    the root-relative URL of the page that lists the same posts. ``name`` is that of the term or
    series, empty for the site. ``entries`` are newest first, and all of them are public;
    ``reading_order`` holds their sources in the order they are meant to be read in, for a series.
    """

    kind: Kind
    slug: str
    stem: str
    page: str
    name: str
    title: str
    description: str
    lang: str
    entries: tuple[Entry, ...]
    reading_order: tuple[str, ...] = ()


def subjects(catalogue: Catalogue, facts: Facts, settings: FeedSettings) -> tuple[Subject, ...]:
    """Everything the site has a feed of, the site itself first.

    Kinds follow each other as a reader would look for them: languages, categories, series,
    authors, tags. The feeds of languages exist once the site has more than one: that of a single
    language is the site's.
    """
    about = one_line(facts.tagline) or one_line(facts.name)
    name = one_line(facts.name)
    site = Subject(
        "site", "all", "feeds/all", "/", "", name, about, facts.lang, _public(catalogue.listed)
    )
    others: Mapping[Kind, Iterator[Subject]] = {
        "language": _languages(catalogue, facts, about),
        "category": _groups(catalogue.categories, "category", facts, about),
        "series": _all_series(catalogue, facts, about),
        "author": _groups(catalogue.authors, "author", facts, about),
        "tag": _groups(catalogue.tags, "tag", facts, about),
    }
    found = (subject for kind, each in others.items() if kind in settings.kinds for subject in each)
    return (site, *found)


def _languages(catalogue: Catalogue, facts: Facts, about: str) -> Iterator[Subject]:
    """A feed of each language, with the posts that are translations of others."""
    by_lang: dict[str, list[Entry]] = defaultdict(list)
    for entry in _public(catalogue.entries):
        by_lang[language_tag(entry.post.lang)].append(entry)
    for lang in sorted(by_lang) if len(by_lang) > 1 else ():
        slug, name, own = lang.lower(), language_name(lang), facts.speaking(lang)
        yield Subject(
            kind="language",
            slug=slug,
            stem=f"feeds/language/{slug}",
            page=own.path("/"),
            name=name,
            title=_title(name, own),
            description=one_line(own.tagline) or about,
            lang=lang,
            entries=newest_first(by_lang[lang]),
        )


def _groups(groups: Iterable[Group], kind: Kind, facts: Facts, about: str) -> Iterator[Subject]:
    for group in groups:
        if entries := _public(group.entries):
            name = one_line(group.term.name) or group.term.slug
            yield Subject(
                kind=kind,
                slug=group.term.slug,
                stem=f"feeds/{kind}/{group.term.slug}",
                page=facts.urls.at(group.url),
                name=name,
                title=_title(name, facts),
                description=one_line(plain_text(group.intro)) or about,
                lang=group.lang or facts.lang,
                entries=entries,
            )


def _all_series(catalogue: Catalogue, facts: Facts, about: str) -> Iterator[Subject]:
    """A feed of each series with a part; those of other languages lie below their language."""
    by_source = {entry.post.source: entry for entry in _public(catalogue.entries)}
    for series in catalogue.series:
        order = [part.post.source for part in series.parts if part.post]
        entries = [by_source[source] for source in order if source in by_source]
        if entries:
            yield _series(series, tuple(order), newest_first(entries), facts, about)


def _series(
    series: Series, order: tuple[str, ...], entries: tuple[Entry, ...], facts: Facts, about: str
) -> Subject:
    name = one_line(series.title) or series.slug
    return Subject(
        kind="series",
        slug=series.slug,
        stem=f"feeds{series.url.rstrip('/')}",
        page=series.url,
        name=name,
        title=_title(name, facts),
        description=one_line(series.summary or plain_text(series.intro.html)) or about,
        lang=series.lang,
        entries=entries,
        reading_order=order,
    )


def _title(name: str, facts: Facts) -> str:
    """What is told apart first: lists of subscriptions cut titles at the end."""
    return f"{name} · {one_line(facts.name)}"


def _public(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries anyone may see: in a preview, a catalogue also has drafts and scheduled posts."""
    return tuple(entry for entry in entries if entry.post.listed and not entry.post.preview)
