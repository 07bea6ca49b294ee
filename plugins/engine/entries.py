"""Linked texts made into the entries of the catalogue, and the lists they are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from plugins.canonical import policy as canonical
from plugins.catalogue.catalogue import Catalogue, Entry, Group, all_groups, newest_first
from plugins.catalogue.lazy import LazyEntry
from plugins.engine.gallery import Gallery
from plugins.engine.given import Material
from plugins.engine.intros import Intro, unused_intros
from plugins.engine.picturing import Use
from plugins.engine.telling import Telling
from plugins.engine.texts import Read
from plugins.post import Post
from plugins.posts.ledger import ledger_of
from plugins.posts.profiles import Profile
from plugins.replies.answers import Answers

Settings = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """A text with its references resolved: URLs by address, and that of the lead image."""

    read: Read
    urls: Mapping[str, str]
    image: str

    @property
    def post(self) -> Post:
        """The post whose text it is."""
        return self.read.text.post


def make_catalogue(
    linked: Iterable[Linked],
    intros: Mapping[tuple[str, str], Intro],
    gallery: Gallery,
    material: Material,
    answers: Answers,
    settings: Settings,
    portraits: Mapping[Profile, Use],
) -> Catalogue:
    """The catalogue of the texts in ``linked``: first all posts of ``material``, then its pages."""
    made = [_entry(one, gallery, material, answers, settings) for one in linked]
    count = len(material.posts)
    entries = newest_first(made[:count])
    listed = tuple(entry for entry in entries if entry.primary and entry.post.listed)

    def intro(kind: str, slug: str) -> str:
        found = intros.get((kind, slug))
        return gallery.text(found.body).html if found else ""

    def known(author: Group) -> Group:
        found = intros.get(("author", author.term.slug))
        if found is None or found.profile is None:
            return author
        use = portraits.get(found.profile)
        image = gallery.portrait(found.profile.picture, use.url) if use else None
        return replace(author, about=found.profile.about, image=image)

    groups = all_groups([entry for entry in entries if entry.post.listed], intro)
    used = ((kind, one.term.slug) for kind in groups for one in groups[kind])
    ledger_of(settings).notice(*unused_intros(intros, used))
    return Catalogue(
        entries=entries,
        pages=tuple(made[count:]),
        categories=groups["category"],
        tags=groups["tag"],
        authors=tuple(map(known, groups["author"])),
        listed=listed,
        statics=tuple(sorted(material.statics.items())),
    )


def _entry(
    linked: Linked, gallery: Gallery, material: Material, answers: Answers, settings: Settings
) -> Entry:
    text, post = linked.read.text, linked.post
    leads = post.image is None
    policy = text.policy or canonical.decide(post, settings["CANONICAL"])
    target, thread = answers.of(post, policy)
    telling = Telling(linked.read.html, linked.urls, gallery, leads, text.shown)
    return LazyEntry(
        telling,
        text.own,
        text.facets,
        telling.finished(text.body),
        post=post,
        summary=text.summary,
        words=text.words,
        policy=policy,
        headings=text.headings,
        foreign=text.foreign,
        image=gallery.lead(post.image, linked.image),
        thumb=gallery.thumb(post.image, linked.image),
        place=material.places.get(post.source),
        primary=post.source in material.primary,
        translations=material.translations.get(post.source, ()),
        target=target,
        thread=thread,
    )
