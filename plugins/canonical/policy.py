"""The canonical policy: one decision about a page, and every place that names its address reads it.

The places are ``<link rel=canonical>``, ``og:url``, JSON-LD, the sitemap, the robots meta, the
feeds and the visible "View original post" link. Two rules keep them from contradicting each other:

* A page kept out of search results names itself. Search engines read ``noindex`` together with a
  canonical elsewhere as two orders that cancel each other, or hide the original as well.
* Only a page that may be found and names itself is in the sitemap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, PagesGenerator

from plugins.canonical.addresses import absolute
from plugins.canonical.originals import check, original_from_body, settled
from plugins.canonical.settings import CanonicalSettings, Share
from plugins.post import Original, Post

__all__ = [
    "CanonicalSettings",
    "Policy",
    "Share",
    "check",
    "decide",
    "for_alias",
    "for_path",
    "original_from_body",
    "register",
]

NOINDEX = "noindex"

# Every list of articles or pages that a Pelican generator keeps.
_ARTICLES = ("articles", "hidden_articles", "drafts", "drafts_translations")
_PAGES = ("pages", "hidden_pages", "draft_pages", "draft_translations")
_CONTENTS = (*_ARTICLES, *_PAGES, "translations", "hidden_translations")


@dataclass(frozen=True, slots=True)
class Policy:
    """What every place says about one page. All URLs are absolute.

    ``robots`` is the content of the robots meta, absent where the default holds. ``original`` is
    present for a post that appeared elsewhere first; its URL is in one spelling and its ``site``
    is filled in. Everything else follows from these, so it cannot disagree.
    """

    own_url: str
    canonical: str
    og_url: str
    robots: str | None
    in_sitemap: bool
    original: Original | None = None

    @property
    def indexable(self) -> bool:
        """Whether search engines may list this page."""
        return self.robots is None

    @property
    def elsewhere(self) -> bool:
        """Whether the page names a page of another site as the one to be found."""
        return self.canonical != self.own_url

    @property
    def main_entity(self) -> str:
        """``mainEntityOfPage`` in JSON-LD: the page the text belongs to."""
        return self.canonical

    @property
    def based_on(self) -> str | None:
        """``isBasedOn`` in JSON-LD: the page the text was taken from."""
        return self.original.url if self.original else None

    @property
    def via(self) -> str | None:
        """The ``rel="via"`` link of the Atom entry (RFC 4287: the source of the information)."""
        return self.based_on

    @property
    def item_link(self) -> str:
        """The link of the feed entry: always our own page, which is what subscribers expect."""
        return self.own_url

    @property
    def site_label(self) -> str:
        """The name of the original's site for the visible link; empty where there is none."""
        return (self.original.site or "") if self.original else ""


def decide(post: Post, settings: CanonicalSettings) -> Policy:
    """The policy of a post or page; raises :class:`SiteError` where :func:`check` has a problem."""
    own = absolute(settings.site_url, post.url)
    original = settled(post, settings)
    relation = original.relation if original else None
    findable = post.status == "published" and relation != "republished"
    canonical = original.url if original and findable and relation == "crosspost" else own
    credited = original.url if original and relation != "excerpt" else own
    return Policy(
        own_url=own,
        canonical=canonical,
        og_url=credited if settings.share == "original" else own,
        robots=None if findable else NOINDEX,
        in_sitemap=findable and canonical == own,
        original=original,
    )


def for_path(path: str, settings: CanonicalSettings, *, indexable: bool = True) -> Policy:
    """The policy of a page without a post: lists (each page of a paged one), series, 404."""
    own = absolute(settings.site_url, path)
    return Policy(own, own, own, None if indexable else NOINDEX, indexable)


def for_alias(path: str, target: Policy, settings: CanonicalSettings) -> Policy:
    """The policy of the page left at an old address: it names what its target names.

    This is the one ``noindex`` page with another canonical. It holds no text that could be hidden
    by mistake, and it is how a host without redirects says that a page has moved.
    """
    own = absolute(settings.site_url, path)
    return Policy(own, target.canonical, target.og_url, NOINDEX, in_sitemap=False)


def attach(generator: ArticlesGenerator | PagesGenerator) -> None:
    """Give every post of our reader its ``policy``, for themes that are not made of views.

    The settings are ``CANONICAL``; without it they follow from ``SITEURL``.
    """
    settings = generator.settings.get("CANONICAL")
    if not isinstance(settings, CanonicalSettings):
        settings = CanonicalSettings(generator.settings["SITEURL"])
    contents: Iterable[Any] = chain.from_iterable(getattr(generator, n, ()) for n in _CONTENTS)
    for content in contents:
        post = getattr(content, "post", None)
        if isinstance(post, Post):
            content.policy = decide(post, settings)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(attach)
    signals.page_generator_finalized.connect(attach)
