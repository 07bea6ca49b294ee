"""The views of a post's page and of a page outside the blog's flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plugins.canonical.addresses import site_label
from plugins.catalogue.catalogue import Entry, Group
from plugins.catalogue.facts import Facts
from plugins.markup.summaries import reading_minutes
from plugins.pages.cards import (
    author_view,
    category_link,
    mark,
    original_view,
    rendered,
    tag_links,
    title,
)
from plugins.pages.heads import Heads
from plugins.pages.share import share_views
from plugins.pages.texts import contents_of
from plugins.series.views import box_view, signpost_views
from plugins.views import AlternateView, LinkView, PageView, PostView
from thread.block import replies_view
from thread.model import Site
from thread.views import ContactView, RepliesView
from thread.ways.registry import reply_way


@dataclass(frozen=True, slots=True)
class Beside:
    """The other posts that a post's page links: its neighbours by date, and those related to it."""

    newer: Entry | None = None
    older: Entry | None = None
    related: tuple[Entry, ...] = ()


def post_view(
    entry: Entry,
    facts: Facts,
    heads: Heads,
    authors: Mapping[str, Group],
    beside: Beside,
    site: Site | None = None,
) -> PostView:
    """The page of one post; ``authors`` are those of the site, by slug.

    ``site`` is the site as replies know it, where it has any.
    """
    post, urls = entry.post, facts.urls
    facts = facts.speaking(post.lang)
    return PostView(
        head=replace(heads.post(entry), webmention=_webmention(entry, site)),
        lang=post.lang,
        title=post.title,
        html=rendered(entry.html),
        date=facts.show_date(post.date, post.lang),
        minutes=reading_minutes(entry.words),
        words=entry.words,
        url=urls.href(post.url),
        summary=post.summary or "",
        modified=facts.show_date(post.modified, post.lang) if post.modified else None,
        authors=tuple(author_view(person, urls, authors) for person in post.authors),
        category=category_link(post, urls),
        tags=tag_links(post, urls),
        image=entry.image,
        contents=contents_of(entry.headings, post.toc, facts.pages.contents_from),
        original=original_view(entry, facts),
        syndicated=tuple(LinkView(site_label(url), url) for url in post.syndicated),
        series=box_view(entry.place, urls.href, facts.show_date) if entry.place else None,
        signposts=signpost_views(entry.place, urls.href, facts.show_date) if entry.place else (),
        share=share_views(entry, facts),
        related=tuple(title(other, facts) for other in beside.related),
        newer=_neighbour(beside.newer, facts),
        older=_neighbour(beside.older, facts),
        translations=_translations(entry, facts),
        mark=mark(post, facts),
        replies=_replies(entry, site),
        extra=post.extra,
    )


def page_view(
    entry: Entry, facts: Facts, heads: Heads, contact: ContactView | None = None
) -> PageView:
    """A page such as About; ``contact`` is the form on it."""
    post = entry.post
    modified = facts.show_date(post.modified, post.lang) if post.modified else None
    return PageView(
        head=heads.post(entry),
        lang=post.lang,
        title=post.title,
        html=rendered(entry.html),
        modified=modified,
        translations=_translations(entry, facts),
        mark=mark(post, facts.speaking(post.lang)),
        contact=contact,
        extra=post.extra,
    )


def _replies(entry: Entry, site: Site | None) -> RepliesView | None:
    if site is None or entry.target is None or entry.thread is None:
        return None
    return replies_view(site, entry.target, entry.thread)


def _webmention(entry: Entry, site: Site | None) -> str:
    """Where webmentions of the post go: also of one that is closed, which may lose what it has."""
    if site is None or entry.target is None:
        return ""
    way = reply_way(site)
    return f"{site.service}webmention" if way.own else way.webmention()


def _translations(entry: Entry, facts: Facts) -> tuple[AlternateView, ...]:
    return tuple(AlternateView(lang, facts.urls.href(url)) for lang, url in entry.translations)


def _neighbour(entry: Entry | None, facts: Facts) -> LinkView | None:
    return LinkView(entry.post.title, facts.urls.href(entry.post.url)) if entry else None
