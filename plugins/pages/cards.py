"""Small views made from catalogue entries: cards, authors, originals, marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from plugins.canonical.addresses import site_label
from plugins.catalogue.catalogue import Entry, Group
from plugins.catalogue.facts import Facts
from plugins.markup.summaries import reading_minutes
from plugins.post import Person, Post
from plugins.urls import Urls
from plugins.views import (
    AuthorView,
    CardView,
    CountedLinkView,
    LinkView,
    MarkView,
    OriginalView,
    TitleView,
)


def card(entry: Entry, facts: Facts, *, featured: bool = False) -> CardView:
    """The post as it stands in a list; a featured one shows its image as large as its page does.

    Dates and marks are in the language of the list, whatever that of the post is.
    """
    post, urls = entry.post, facts.urls
    return CardView(
        title=post.title,
        url=urls.href(post.url),
        summary=entry.summary,
        date=facts.show_date(post.date, facts.lang),
        lang=post.lang,
        minutes=reading_minutes(entry.words),
        authors=tuple(author_link(person, urls) for person in post.authors),
        category=category_link(post, urls),
        image=entry.image if featured else entry.thumb,
        series=entry.place.label(facts.words) if entry.place else "",
        mark=mark(post, facts),
    )


def title(entry: Entry, facts: Facts, *, short: bool = False) -> TitleView:
    """The post in a plain list; ``short`` leaves the year out of its date."""
    post = entry.post
    show = facts.show_date.short if short else facts.show_date
    return TitleView(
        title=post.title,
        url=facts.urls.href(post.url),
        date=show(post.date, facts.lang),
        lang=post.lang,
        mark=mark(post, facts),
    )


def author_link(person: Person, urls: Urls) -> LinkView:
    """The author's name and page on this site."""
    return LinkView(person.name, urls.href(urls.at(f"/author/{person.slug}/")))


def author_view(person: Person, urls: Urls, authors: Mapping[str, Group]) -> AuthorView:
    """The author with what ``content/authors/<key>.md`` says; ``authors`` are by their slug."""
    link, group = author_link(person, urls), authors.get(person.slug)
    links = person_links(person, urls)
    if group is None:
        return AuthorView(link.text, link.url, links=links)
    return AuthorView(link.text, link.url, rendered(group.intro), group.image, links)


def person_of(group: Group) -> Person | None:
    """The author whose posts these are, as the newest of them has them; None of other terms."""
    authors = group.entries[0].post.authors if group.kind == "author" else ()
    return next((one for one in authors if one.slug == group.term.slug), None)


def person_links(person: Person, urls: Urls) -> tuple[LinkView, ...]:
    """Where else the author is found: the home page first."""
    url = person.url or ""
    home = (site_label(url) if "://" in url else url, url)
    pairs = {url: text for text, url in (home, *person.links) if url}
    return tuple(
        LinkView(text, urls.href(url) if url.startswith("/") else url)
        for url, text in pairs.items()
    )


def category_link(post: Post, urls: Urls) -> LinkView | None:
    """The post's category and its page."""
    if post.category is None:
        return None
    path = urls.at(f"/category/{post.category.slug}/")
    return LinkView(post.category.name, urls.href(path))


def tag_links(post: Post, urls: Urls) -> tuple[LinkView, ...]:
    """The post's tags and their pages."""
    return tuple(LinkView(tag.name, urls.href(urls.at(f"/tag/{tag.slug}/"))) for tag in post.tags)


def counted(groups: Iterable[Group], urls: Urls) -> tuple[CountedLinkView, ...]:
    """The pages of groups, each with its number of posts."""
    return tuple(
        CountedLinkView(group.term.name, urls.href(urls.at(group.url)), len(group.entries))
        for group in groups
    )


def original_view(entry: Entry, facts: Facts) -> OriginalView | None:
    """The visible line that names the original, as the canonical policy has it."""
    original = entry.policy.original
    if original is None:
        return None
    date = facts.show_date(original.date, facts.lang) if original.date else None
    return OriginalView(original.url, entry.policy.site_label, original.relation, date)


def mark(post: Post, facts: Facts) -> MarkView | None:
    """The mark of a post that is not public, or is public and unlisted."""
    words = facts.words
    if post.status == "draft":
        text = words.gettext("Draft: only visible in this preview, not on the published site.")
        return MarkView("draft", text)
    if post.status == "scheduled":
        day = facts.show_date(post.date, facts.lang).text
        text = words.say(
            "Scheduled for %(date)s: only visible in this preview until then.", date=day
        )
        return MarkView("scheduled", text)
    if post.status == "hidden":
        text = words.gettext("Unlisted: only people who have the link find this page.")
        return MarkView("hidden", text)
    return None


def rendered(html: str) -> Markup:
    """Mark the HTML of a rendered body as finished; the one place that tells templates so."""
    return Markup(html)  # noqa: S704  # made by our Markdown converter from what writers committed
