"""JSON-LD: what a page is, in the vocabulary of schema.org, for search engines.

Functions return plain dictionaries ("nodes"); :func:`serialize` makes one document of them. URLs
are absolute and come from the canonical policy, texts are plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from plugins.canonical.addresses import absolute, resolve
from plugins.canonical.alternates import language_tag
from plugins.canonical.policy import Policy
from plugins.discovery.facts import Crumb, SeriesFacts, SiteFacts
from plugins.post import Person, Post
from plugins.views import ImageView

Node = Mapping[str, Any]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
# What could end or change a script element, what JSON allows and JavaScript did not, and what
# is no character at all (HTML standard, "Restrictions on the contents of script elements").
_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def serialize(nodes: Sequence[Node]) -> Markup:
    """One JSON-LD document of ``nodes``, safe inside a script element; empty without nodes."""
    if not nodes:
        return Markup("")
    document = {"@context": "https://schema.org", "@graph": list(nodes)}
    text = _JSON.encode(document)
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704  # escaped here


def posting(
    post: Post,
    policy: Policy,
    site: SiteFacts,
    *,
    headline: str,
    description: str,
    image: ImageView | None,
    series: SeriesFacts | None,
) -> Node:
    """A post. Google's article guidelines say which properties it reads."""
    return _filled(
        {
            "@type": "BlogPosting",
            "@id": f"{policy.own_url}#post",
            "headline": headline,
            "description": description,
            "url": policy.own_url,
            "mainEntityOfPage": policy.main_entity,
            "isBasedOn": policy.based_on,
            "datePublished": iso(post.date),
            "dateModified": iso(post.modified) if post.modified else None,
            "author": [person(one, site) for one in post.authors],
            "publisher": organization(site),
            "image": picture(image, site) if image else None,
            "inLanguage": language_tag(post.lang),
            "articleSection": post.category.name if post.category else None,
            "keywords": [tag.name for tag in post.tags],
            "isPartOf": _series(series) if series else None,
            "position": _position(series.position) if series else None,
        }
    )


def page(kind: str, policy: Policy, site: SiteFacts, *, name: str, **more: Any) -> Node:
    """A page that is no post; ``kind`` is WebPage or one of its types, ``more`` its properties."""
    node = {
        "@type": kind,
        "@id": f"{policy.own_url}#page",
        "name": name,
        "url": policy.own_url,
        "isPartOf": _site(site),
    }
    return _filled({**node, **more})


def website(site: SiteFacts) -> Node:
    """The site itself, for its home page."""
    return _filled(
        {
            **_site(site),
            "description": site.tagline,
            "inLanguage": language_tag(site.lang),
            "publisher": organization(site),
            "potentialAction": _search(site) if site.search_path else None,
        }
    )


def series_node(name: str, url: str, parts: Sequence[tuple[str, str]] = ()) -> Node:
    """A series and its published parts as (title, absolute URL), in order."""
    posts = [{"@type": "BlogPosting", "headline": part, "url": where} for part, where in parts]
    node = {"@type": "CreativeWorkSeries", "@id": f"{url}#series", "name": name, "url": url}
    return _filled({**node, "hasPart": posts})


@lru_cache(maxsize=512)
def person(author: Person, site: SiteFacts) -> Node:
    """An author: the page about them here, and their own home page."""
    here = absolute(site.url, site.author_path.replace("{slug}", author.slug))
    url = here if site.author_path else author.url
    homes = [author.url] if author.url and site.author_path else []
    same = [*dict.fromkeys((*homes, *(where for _, where in author.links)))]
    told: Any = same[0] if len(same) == 1 else same
    return _filled({"@type": "Person", "name": author.name, "url": url, "sameAs": told})


def profile(author: Person, site: SiteFacts, *, about: str, image: ImageView | None) -> Node:
    """The author on the page about them, with a description and a picture."""
    shown = picture(image, site) if image else None
    return _filled({**person(author, site), "description": about, "image": shown})


@lru_cache(maxsize=16)
def organization(site: SiteFacts) -> Node:
    """Who publishes the site."""
    return _filled(
        {
            "@type": "Organization",
            "@id": f"{absolute(site.url, '/')}#publisher",
            "name": site.publisher or site.name,
            "url": absolute(site.url, "/"),
            "logo": picture(site.logo, site) if site.logo else None,
        }
    )


def breadcrumbs(crumbs: Sequence[Crumb]) -> Node | None:
    """The way to the page; None where it is not a way (fewer than two steps)."""
    if len(crumbs) < 2:
        return None
    steps = [
        _filled({"@type": "ListItem", "position": number, "name": crumb.name, "item": crumb.url})
        for number, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def picture(image: ImageView, site: SiteFacts) -> Node | None:
    """An image with its size in pixels; None where it has no web address (a ``data:`` URL)."""
    url = shareable(image, site)
    size = {"width": image.width, "height": image.height}
    return _filled({"@type": "ImageObject", "url": url, **size}) if url else None


@lru_cache(maxsize=256)
def shareable(image: ImageView, site: SiteFacts) -> str | None:
    """The absolute URL at which others can fetch the image, or None."""
    try:
        return resolve(site.url, image.src)
    except ValueError:
        return None


def iso(moment: datetime) -> str:
    """ISO 8601 to the second with its offset."""
    return moment.isoformat(timespec="seconds")


def _site(site: SiteFacts) -> dict[str, Any]:
    return {"@type": "WebSite", "@id": f"{site.home}#site", "name": site.name, "url": site.home}


def _series(series: SeriesFacts) -> Node:
    return series_node(series.name, series.url)


def _position(part: int | float | None) -> int | str | None:
    """schema.org takes an integer or a text; a part such as 2.5 is a text."""
    return part if part is None or isinstance(part, int) else str(part)


def _search(site: SiteFacts) -> Node:
    return {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{absolute(site.url, site.search_path)}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }


def _filled(node: Mapping[str, Any]) -> Node:
    """``node`` without the properties that say nothing; a zero says something."""
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}
