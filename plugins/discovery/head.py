"""The head of every page: what it says to search engines and to those who share it.

Pure functions from a post or a list, its canonical policy and the facts of the site to a
:class:`~plugins.views.HeadView`: title, description, Open Graph (ogp.me), Twitter card, hreflang
and JSON-LD. All addresses come from the policy.
"""

from __future__ import annotations

from collections.abc import Sequence

from plugins.canonical.alternates import language_tag
from plugins.canonical.policy import Policy
from plugins.discovery import opengraph, structured, wording
from plugins.discovery.facts import Around, Crumb, SeriesFacts, SiteFacts
from plugins.discovery.structured import Node
from plugins.post import Person, Post
from plugins.views import HeadView, ImageView, MetaView

__all__ = [
    "Around",
    "Crumb",
    "SeriesFacts",
    "SiteFacts",
    "head_for_alias",
    "head_for_author",
    "head_for_home",
    "head_for_list",
    "head_for_notice",
    "head_for_post",
    "head_for_series",
]

NOTHING = Around()


def head_for_post(
    post: Post,
    policy: Policy,
    site: SiteFacts,
    *,
    summary: str = "",
    image: ImageView | None = None,
    series: SeriesFacts | None = None,
    around: Around = NOTHING,
) -> HeadView:
    """The head of a post, or of a page of its own such as About.

    ``summary`` is plain text: the writer's, or the beginning of the body.
    """
    about = wording.description(summary)
    name = wording.one_line(post.title)
    if post.kind == "page":
        lang = language_tag(post.lang)
        node = structured.page(
            "WebPage", policy, site, name=name, description=about, inLanguage=lang
        )
    else:
        node = structured.posting(
            post, policy, site, headline=name, description=about, image=image, series=series
        )
    return _head(
        wording.page_title(post.title, site.name),
        about,
        policy,
        around,
        meta=(
            *opengraph.page(
                "article" if post.kind == "post" else "website",
                title=name,
                text=about,
                url=policy.og_url,
                site=site,
                lang=post.lang,
                alternates=around.alternates,
            ),
            *(opengraph.article(post, site) if post.kind == "post" else ()),
            *opengraph.image(image, site),
        ),
        nodes=[node],
    )


def head_for_list(
    title: str,
    policy: Policy,
    site: SiteFacts,
    *,
    about: str = "",
    page_label: str = "",
    image: ImageView | None = None,
    around: Around = NOTHING,
) -> HeadView:
    """The head of a list: a category, a tag, the archive, all series, subscribe.

    ``page_label`` ("Page 2") is for the pages behind the first one of a paged list.
    """
    text = wording.description(about)
    name = wording.one_line(title)
    node = structured.page("CollectionPage", policy, site, name=name, description=text)
    full = wording.page_title(title, site.name, page_label)
    return _general(full, name, text, policy, site, around, image, [node])


def head_for_home(
    policy: Policy,
    site: SiteFacts,
    *,
    page_label: str = "",
    image: ImageView | None = None,
    around: Around = NOTHING,
) -> HeadView:
    """The head of the home page and of the pages behind it."""
    title = wording.home_title(site.name, site.tagline, page_label)
    text = wording.description(site.tagline)
    nodes = [] if page_label else [structured.website(site)]
    return _general(title, wording.one_line(site.name), text, policy, site, around, image, nodes)


def head_for_series(
    title: str,
    policy: Policy,
    site: SiteFacts,
    *,
    about: str = "",
    parts: Sequence[tuple[str, str]] = (),
    image: ImageView | None = None,
    around: Around = NOTHING,
) -> HeadView:
    """The head of one series' page; ``parts`` are (title, absolute URL) of the published ones."""
    text = wording.description(about)
    name = wording.one_line(title)
    series = structured.series_node(name, policy.own_url, parts)
    node = structured.page(
        "CollectionPage", policy, site, name=name, description=text, mainEntity=series
    )
    full = wording.page_title(title, site.name)
    return _general(full, name, text, policy, site, around, image, [node])


def head_for_author(
    author: Person,
    policy: Policy,
    site: SiteFacts,
    *,
    about: str = "",
    page_label: str = "",
    image: ImageView | None = None,
    around: Around = NOTHING,
) -> HeadView:
    """The head of the page of one author; ``about`` is the beginning of the bio."""
    text = wording.description(about)
    name = wording.one_line(author.name)
    who = structured.profile(author, site, about=text, image=image)
    node = structured.page("ProfilePage", policy, site, name=name, description=text, mainEntity=who)
    full = wording.page_title(author.name, site.name, page_label)
    return _general(full, name, text, policy, site, around, image, [node], kind="profile")


def head_for_notice(
    title: str, policy: Policy, site: SiteFacts, *, around: Around = NOTHING
) -> HeadView:
    """The head of a page nobody should find or share, such as the 404 page."""
    return _head(wording.page_title(title, site.name), "", policy, around)


def head_for_alias(post: Post, policy: Policy, site: SiteFacts) -> HeadView:
    """The head of the page at an old address; ``policy`` is the alias page's own."""
    return _head(wording.page_title(post.title, site.name), "", policy, NOTHING)


def _general(
    title: str,
    name: str,
    text: str,
    policy: Policy,
    site: SiteFacts,
    around: Around,
    image: ImageView | None,
    nodes: list[Node],
    kind: opengraph.Type = "website",
) -> HeadView:
    """The head of a page that is no post: in the site's language, without article properties."""
    shared = opengraph.page(
        kind,
        title=name,
        text=text,
        url=policy.og_url,
        site=site,
        lang=site.lang,
        alternates=around.alternates,
    )
    meta = (*shared, *opengraph.image(image, site))
    return _head(title, text, policy, around, meta=meta, nodes=nodes)


def _head(
    title: str,
    text: str,
    policy: Policy,
    around: Around,
    *,
    meta: tuple[MetaView, ...] = (),
    nodes: Sequence[Node] = (),
) -> HeadView:
    trail = structured.breadcrumbs(around.crumbs)
    return HeadView(
        title=title,
        description=text,
        canonical=policy.canonical,
        robots=policy.robots,
        previous=around.previous,
        next=around.next,
        meta=meta,
        feeds=around.feeds,
        alternates=around.alternates,
        json_ld=structured.serialize([*nodes, trail] if trail else nodes),
    )
