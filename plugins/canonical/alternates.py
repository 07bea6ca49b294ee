"""The translations of a page as search engines read them: complete, symmetrical hreflang sets.

A page takes part if it is in the sitemap by its canonical policy: an hreflang link to a page that
is not indexed, or that names another one, makes search engines drop the whole set. Every member
of a set has the same links, its own among them, as the sitemap protocol and Google ask for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from plugins.canonical.policy import Policy
from plugins.errors import Problem
from plugins.post import Post
from plugins.views import AlternateView

Member = tuple[Post, Policy]


def alternates(
    members: Iterable[Member], default_lang: str
) -> Mapping[str, tuple[AlternateView, ...]]:
    """The hreflang links of each post or page that has translations, by its source.

    Sorted by language; the one in ``default_lang`` is also ``x-default``, where readers of other
    languages go. A set with two pages of one language has no links; :func:`check` names it.
    """
    found: dict[str, tuple[AlternateView, ...]] = {}
    for group in _groups(members):
        if len(group) < 2:
            continue
        links = _links([member for member in group if member[1].in_sitemap], default_lang)
        found.update((post.source, links) for post, policy in group if policy.in_sitemap and links)
    return found


def check(posts: Iterable[Post]) -> tuple[Problem, ...]:
    """A problem for each post that claims to be a translation another one already is."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], Post] = {}
    for post in sorted(posts, key=lambda post: post.source):
        first = seen.setdefault((post.kind, post.translation, language_tag(post.lang)), post)
        if first is not post:
            problems.append(_clash(post, first))
    return tuple(problems)


@lru_cache(maxsize=256)
def language_tag(lang: str) -> str:
    """``lang`` as HTML and hreflang write it: hyphens, and the case BCP 47 (2.1.1) recommends."""
    first, *rest = lang.replace("_", "-").lower().split("-")
    return "-".join([first, *map(_subtag, rest)])


def _subtag(part: str) -> str:
    return {2: part.upper(), 4: part.title()}.get(len(part), part)


def _groups(members: Iterable[Member]) -> Iterable[Sequence[Member]]:
    groups: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        groups[member[0].kind, member[0].translation].append(member)
    return groups.values()


def _links(members: Sequence[Member], default_lang: str) -> tuple[AlternateView, ...]:
    by_lang = {language_tag(post.lang): policy.own_url for post, policy in members}
    if not 1 < len(members) == len(by_lang):
        return ()
    links = [AlternateView(lang, by_lang[lang]) for lang in sorted(by_lang)]
    default = by_lang.get(language_tag(default_lang))
    return (*links, *([AlternateView("x-default", default)] if default else []))


def _clash(post: Post, first: Post) -> Problem:
    where = f"{first.source}:{first.line_of('translation')}"
    return Problem(
        post.source,
        post.line_of("translation"),
        "translation",
        f"{where} is already the {language_tag(post.lang)} version of {post.translation!r}",
        "give one of them another language or another translation key",
        "translation-taken",
    )
