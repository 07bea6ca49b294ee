"""The one table of front-matter fields: what each is called here and in the tools writers left.

``docs/front-matter.md`` prints the same table, and a test holds the two together. Names are
matched without regard to case, hyphens, underscores and spaces, which covers every spelling of
one name: ``canonical_url``, ``canonical-url``, ``canonicalURL``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from plugins.frontmatter.values import Fault, is_boolean, is_empty, show

_BETWEEN_WORDS = re.compile(r"[-_\s]+")
_YES_OR_DATE = frozenset({"published", "publish"})


@dataclass(frozen=True, slots=True)
class FieldNames:
    """A field: its name, the names that mean the same, and the names that may stand in for it.

    Two names of the same meaning must not disagree. A stand-in has a meaning of its own in the
    tool it comes from (a description is not an excerpt): the first one present is used where
    nothing better is written, and whatever is not used stays with the unknown fields.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """What a written name stands for; ``rank`` is 0 for the field itself, 1 up for stand-ins."""

    rank: int
    name: str


def _field(name: str, synonyms: str = "", stand_ins: str = "") -> FieldNames:
    return FieldNames(name, tuple(synonyms.split()), tuple(stand_ins.split()))


FIELDS = (
    _field("title"),
    _field(
        "date",
        "published published_at published_date publish_date date_published pubDate pubDatetime",
        "created created_at created_date date_created creation_date",
    ),
    _field(
        "modified",
        "updated updated_at updated_date date_updated date_modified modified_at modified_date "
        "last_modified last_modified_at last_updated lastmod modDatetime",
    ),
    _field("expires", "expiry_date expire_date unpublish_date"),
    _field("authors", "author byline", "primary_author"),
    _field("category", "categories", "primary_category primary_tag"),
    _field("tags", "tag", "keywords topics labels"),
    _field("permalink", "url", "path save_as"),
    _field("slug", "url_slug post_slug"),
    _field("aliases", "alias redirect_from old_url old_urls previous_url previous_urls"),
    _field("draft", "is_draft private unpublished wip"),
    _field("published", "publish"),
    _field("status"),
    _field("visibility"),
    _field("hidden", "is_hidden unlisted eleventy_exclude_from_collections"),
    _field("headless"),
    _field("build"),
    _field("password"),
    _field(
        "summary",
        "",
        "description excerpt custom_excerpt abstract teaser spoiler dek subtitle "
        "meta_description seo_description og_description",
    ),
    _field(
        "original",
        "canonical canonical_url canonical_link rel_canonical external_canonical original_url "
        "external_url first_published_at",
    ),
    _field("syndicated", "syndication syndication_urls crossposts"),
    _field(
        "image",
        "",
        "cover cover_image hero hero_image featured_image featured_img feature_image banner "
        "banner_image header_image images og_image social_image share_image twitter_image "
        "thumbnail thumb",
    ),
    _field(
        "image_alt",
        "",
        "cover_alt cover_image_alt hero_alt hero_image_alt featured_image_alt feature_image_alt "
        "banner_alt banner_image_alt og_image_alt thumbnail_alt",
    ),
    _field(
        "image_caption",
        "",
        "cover_caption cover_image_caption hero_caption featured_image_caption "
        "feature_image_caption banner_caption",
    ),
    _field("series", "series_name series_title"),
    _field("part", "part_number series_part series_order series_index series_number", "weight"),
    _field("lang", "language locale"),
    _field("translation", "translation_key translation_id lang_ref"),
    _field("template", "layout", "custom_template"),
    _field(
        "replies",
        "comments comment comments_enabled allow_comments enable_comments allow_replies"
        " comment_status",
    ),
    _field("no_replies", "disable_comments comments_disabled hide_comments no_comments"),
    _field("toc", "show_toc show_table_of_contents table_of_contents"),
    _field("featured", "is_featured", "pin pinned"),
    _field("uid", "guid uuid"),
)


@lru_cache(maxsize=1024)
def fold(name: str) -> str:
    """``name`` as it is compared: without case, hyphens, underscores and spaces."""
    return _BETWEEN_WORDS.sub("", name).casefold()


def _lookup() -> Mapping[str, Match]:
    table: dict[str, Match] = {}
    for field in FIELDS:
        for rank, names in enumerate([(field.name, *field.synonyms), *zip(field.stand_ins)]):
            for name in names:
                table.setdefault(fold(name), Match(rank, field.name))
    return MappingProxyType(table)


_LOOKUP = _lookup()


def match(name: str, value: object = None) -> Match | None:
    """What the field written as ``name`` stands for, or None where this house does not know it.

    ``published`` is a yes or no in Jekyll and a date elsewhere, ``build`` Hugo's if it is a
    mapping: the ``value`` decides.
    """
    folded = fold(name)
    found = _LOOKUP.get(folded)
    if folded in _YES_OR_DATE:
        return Match(0, "published" if is_boolean(value) else "date")
    if found is not None and found.name == "build" and not isinstance(value, Mapping):
        return None
    return found


def pick(mapping: Mapping[Any, Any], *names: str) -> Any:
    """The value in ``mapping`` of the first of ``names`` that says something, or None."""
    folded = {fold(str(key)): value for key, value in mapping.items()}
    values = (folded.get(fold(name)) for name in names)
    return next((value for value in values if not is_empty(value)), None)


def refuse_slips(mapping: Mapping[Any, Any], *names: str) -> None:
    """Raise `Fault` for a key of ``mapping`` that is nearly one of ``names``, which it lacks.

    Other keys are left alone: tools keep more in such a mapping than this house asks for.
    """
    keys = {fold(str(key)): key for key in mapping}
    missing = [name for name in names if fold(name) not in keys]
    for folded, key in keys.items():
        meant = get_close_matches(folded, missing, n=1, cutoff=0.75)
        if meant and folded not in map(fold, names):
            raise Fault(f"{show(key)} is not known here", f"write {meant[0]}, if that is meant")
