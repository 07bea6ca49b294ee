"""What stands around every page: the site's name, menus and feeds, and the theme's files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts, edition_prefix
from plugins.catalogue.settings import SEARCH_PATH
from plugins.catalogue.terms import EDITION_PAGES
from plugins.feeds.index import FeedIndex
from plugins.kinds import address
from plugins.pages.contact import CONTACT_PATH, has_contact_page
from plugins.pages.theme import Theme
from plugins.post import Frozen
from plugins.sharing.icons import MANIFEST_ICONS, shapes_of
from plugins.urls import file_of
from plugins.views import AlternateView, ImageView, LinkView, SchemesView, SiteView


def site_view(
    catalogue: Catalogue,
    facts: Facts,
    theme: Theme,
    feeds: FeedIndex,
    policies: tuple[str, str] = ("", ""),
) -> SiteView:
    """What every page in the language of ``facts`` shows.

    The foot links the pages in that language; the menu leads to the lists of its edition.
    ``policies`` are what code may run (Content-Security-Policy): on pages, and on the one that
    searches.
    """
    pages = [entry.post for entry in catalogue.pages if entry.post.listed]
    urls, paper = facts.urls, theme.role("--paper")
    feeds = feeds.edition(facts.lang) if facts.prefix else feeds
    has_series = any(not facts.prefix or one.lang == facts.lang for one in catalogue.series)
    return SiteView(
        name=facts.name,
        tagline=facts.tagline,
        lang=facts.lang,
        home=urls.href(facts.path("/")),
        root=urls.href("/"),
        styles=_finished(theme.css) if theme.inline else Markup(""),
        stylesheet="" if theme.inline else urls.href(f"/{theme.stylesheet}"),
        script=_finished(theme.script),
        policy=policies[0],
        search_policy=policies[1],
        icons=has_icons(theme),
        search=urls.href(SEARCH_PATH) if facts.pages.search else "",
        paper=SchemesView(paper.light, paper.dark) if paper else None,
        files=Frozen({one.name: urls.href(f"/{one.save_as}") for one in theme.static}),
        menu=_menu(
            facts, (item for item in facts.pages.menu if _is_there(item[1], facts, has_series))
        ),
        footer=(
            *(LinkView(one.title, urls.href(one.url)) for one in pages if one.lang == facts.lang),
            *_contact(catalogue, facts),
        ),
        feeds=feeds.site,
        languages=_languages(facts),
    )


def _contact(catalogue: Catalogue, facts: Facts) -> tuple[LinkView, ...]:
    """The link to the contact page, where the writers have none of their own."""
    if not has_contact_page(catalogue):
        return ()
    return (LinkView(facts.words.gettext("Contact"), facts.urls.href(CONTACT_PATH)),)


def has_icons(theme: Theme) -> bool:
    """Whether icons can be drawn from the theme's own."""
    return any(bool(shapes_of(one.data)) for one in theme.static if one.name == "icon.svg")


def logo_of(theme: Theme, facts: Facts) -> ImageView | None:
    """The largest icon, for search engines; None where there is none."""
    name, size, _ = MANIFEST_ICONS[1]
    return ImageView(facts.urls.href(f"/{name}"), "", size, size) if has_icons(theme) else None


def at(site: SiteView, save_as: str) -> SiteView:
    """``site`` as it stands on the page at ``save_as``: links to the page itself are marked.

    The site itself where no link of its menus leads there, which is so for nearly every page.
    """
    links, root = (*site.menu, *site.footer), site.root
    if all(link.current == _leads_to(link.url, root, save_as) for link in links):
        return site
    menu, footer = _marked(site.menu, root, save_as), _marked(site.footer, root, save_as)
    return replace(site, menu=menu, footer=footer)


def _marked(links: tuple[LinkView, ...], root: str, save_as: str) -> tuple[LinkView, ...]:
    return tuple(replace(link, current=_leads_to(link.url, root, save_as)) for link in links)


def _leads_to(url: str, root: str, save_as: str) -> bool:
    return url.startswith(root) and file_of(f"/{url.removeprefix(root)}") == save_as


def _menu(facts: Facts, pairs: Iterable[tuple[str, str]]) -> tuple[LinkView, ...]:
    """A page that each edition has is that of the language's own."""

    def url(path: str) -> str:
        if not path.startswith("/"):
            return path
        return facts.urls.href(facts.path(path) if path in EDITION_PAGES else facts.urls.at(path))

    return tuple(LinkView(facts.words.gettext(text), url(path)) for text, path in pairs)


def _languages(facts: Facts) -> tuple[AlternateView, ...]:
    """The front pages in the other languages."""
    first, *others = facts.editions or (None,)
    if first is None or not others:
        return ()
    homes = [("", first), *((edition_prefix(one), one) for one in others)]
    return tuple(
        AlternateView(one.lang, facts.urls.href(f"{prefix}/"))
        for prefix, one in homes
        if prefix != facts.prefix
    )


def _is_there(path: str, facts: Facts, has_series: bool) -> bool:
    there = {address("series_index"): has_series, SEARCH_PATH: facts.pages.search}
    return there.get(path, True)


def _finished(text: str) -> Markup:
    """A text of the theme's own, which a browser reads as it is; the theme's loader checked it."""
    return Markup(text)  # noqa: S704  # CSS and JavaScript are not escaped in HTML
