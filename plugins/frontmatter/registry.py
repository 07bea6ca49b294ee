"""The registry of front-matter fields: the one place that knows them.

A field that templates shall show is a line here, with ``shown=EXTRA``, and a template that prints
``page.extra.<name>``. Names are matched without regard to case, hyphens, underscores and spaces,
which covers every spelling of one name: ``canonical_url``, ``canonical-url``, ``canonicalURL``.
``docs/front-matter.md`` prints this table (``python -m tests.docs_tables`` renews it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugins.frontmatter.known import (
    EXTRA,
    KnownField,
    as_written,
    is_address,
    is_date,
    is_path,
    keeps_from_public,
)
from plugins.frontmatter.values import is_boolean, text


def _field(
    name: str,
    docs: str,
    synonyms: str = "",
    stand_ins: str = "",
    similar: str = "",
    shown: str = "",
    reads: Callable[[Any], Any] = as_written,
    guard: Callable[[Any], bool] | None = None,
    *,
    everyday: bool = False,
) -> KnownField:
    """A field; several names are divided by spaces."""
    return KnownField(
        name,
        docs,
        tuple(synonyms.split()),
        tuple(stand_ins.split()),
        tuple(similar.split()),
        shown,
        reads,
        guard,
        everyday,
    )


FIELDS = (
    _field(
        "title",
        "The title. Without it: the first heading, or the first line of a plain text.",
        shown="title",
    ),
    _field(
        "date",
        "When the post appeared, or will appear.",
        synonyms=(
            "published published_at published_date publish_date date_published pubDate pubDatetime"
        ),
        stand_ins="created created_at created_date date_created creation_date",
        shown="date",
        guard=is_date,
    ),
    _field(
        "modified",
        "When it was last changed. Left out if that was before `date`.",
        synonyms=(
            "updated updated_at updated_date date_updated date_modified modified_at modified_date "
            "last_modified last_modified_at last_updated lastmod modDatetime"
        ),
        shown="modified",
    ),
    _field(
        "expires",
        "From when on the post is held back like a draft.",
        synonyms="expiry_date expire_date unpublish_date",
        guard=is_date,
    ),
    _field(
        "authors",
        "Who wrote it.",
        synonyms="author byline",
        stand_ins="primary_author",
        shown="authors",
    ),
    _field(
        "category",
        "The one category. Further ones become tags.",
        synonyms="categories",
        stand_ins="primary_category primary_tag",
        shown="category",
    ),
    _field(
        "tags",
        "The tags.",
        synonyms="tag",
        stand_ins="keywords topics labels",
        shown="tags",
    ),
    _field(
        "permalink",
        "The whole path of the page: `/2019/launch/`, `/launch.html`.",
        synonyms="url",
        stand_ins="path save_as",
        shown="url",
        guard=is_path,
    ),
    _field(
        "slug",
        "The last part of the path. Without it: the file’s name.",
        synonyms="url_slug post_slug",
        shown="url",
    ),
    _field(
        "aliases",
        "Paths the post was found at before, oldest first.",
        synonyms="alias redirect_from old_url old_urls previous_url previous_urls",
    ),
    _field(
        "draft",
        "`true`: held back.",
        synonyms="is_draft private unpublished wip",
        shown="mark",
        guard=is_boolean,
    ),
    _field(
        "published",
        "`false`: held back. A date here is the post’s date.",
        synonyms="publish",
        shown="mark",
        guard=is_boolean,
    ),
    _field(
        "status",
        "`published`, `draft`, `hidden` (a page in no list) or `scheduled`.",
        shown="mark",
        guard=keeps_from_public,
    ),
    _field(
        "visibility",
        "Ghost’s: `public`, `hidden`, `private`. Posts for members are refused.",
    ),
    _field(
        "hidden",
        "`true`: a page in no list.",
        synonyms="is_hidden unlisted eleventy_exclude_from_collections",
        shown="mark",
        guard=is_boolean,
    ),
    _field(
        "headless",
        "Hugo’s. `true`: held back, like a draft.",
    ),
    _field(
        "build",
        "Hugo’s, a mapping. `render: never` or `link`: held back. `list: never` or `local`: a page in no list.",
    ),
    _field(
        "password",
        "Refused: here every post is public.",
    ),
    _field(
        "summary",
        "One paragraph for lists, feeds and search engines.",
        stand_ins=(
            "description excerpt custom_excerpt abstract teaser spoiler dek subtitle "
            "meta_description seo_description og_description deck"
        ),
        shown="summary",
    ),
    _field(
        "original",
        "The page on another site where the text appeared first.",
        synonyms=(
            "canonical canonical_url canonical_link rel_canonical external_canonical original_url "
            "external_url first_published_at"
        ),
        similar="source_url source",
        shown="original",
        guard=is_address,
    ),
    _field(
        "syndicated",
        "Pages on other sites with a copy of this post.",
        synonyms="syndication syndication_urls crossposts",
        shown="syndicated",
    ),
    _field(
        "image",
        "The lead image.",
        stand_ins=(
            "cover cover_image hero hero_image featured_image featured_img feature_image banner "
            "banner_image header_image images og_image social_image share_image twitter_image "
            "thumbnail thumb"
        ),
        shown="image",
    ),
    _field(
        "image_alt",
        "What the image shows, for those who do not see it.",
        stand_ins=(
            "cover_alt cover_image_alt hero_alt hero_image_alt featured_image_alt "
            "feature_image_alt banner_alt banner_image_alt og_image_alt thumbnail_alt"
        ),
        shown="image",
    ),
    _field(
        "image_caption",
        "The line below the image.",
        stand_ins=(
            "cover_caption cover_image_caption hero_caption featured_image_caption "
            "feature_image_caption banner_caption"
        ),
        shown="image",
    ),
    _field(
        "series",
        "The series the post is a part of.",
        synonyms="series_name series_title",
        shown="series",
    ),
    _field(
        "part",
        "Its number in the series. A `weight` counts only if the post names a series.",
        synonyms="part_number series_part series_order series_index series_number",
        stand_ins="weight",
        shown="series",
    ),
    _field(
        "lang",
        "The language of the text, if it is not the site’s: `fr`, `pt-BR`.",
        synonyms="language locale",
        shown="lang",
    ),
    _field(
        "translation",
        "What the translations of one text have in common.",
        synonyms="translation_key translation_id lang_ref",
        shown="translations",
    ),
    _field(
        "template",
        "A template of its own. The usual ones (`post`, `page`, `default` and the like) need not exist.",
        synonyms="layout",
        stand_ins="custom_template",
    ),
    _field(
        "replies",
        "Whether readers can answer: `closed` keeps what was answered and takes no more.",
        synonyms=(
            "comments comment comments_enabled allow_comments enable_comments allow_replies "
            "comment_status"
        ),
        shown="replies",
    ),
    _field(
        "no_replies",
        "The same, the other way round.",
        synonyms="disable_comments comments_disabled hide_comments no_comments",
        shown="replies",
    ),
    _field(
        "toc",
        "Whether to show a contents list.",
        synonyms="show_toc show_table_of_contents table_of_contents",
        shown="contents",
    ),
    _field(
        "featured",
        "`true`: shown large at the top of the front page, if it is the newest such post.",
        synonyms="is_featured",
        stand_ins="pin pinned",
    ),
    _field(
        "uid",
        "What feed readers know the post by, if it had an identifier before.",
        synonyms="guid uuid",
    ),
    _field(
        "kicker",
        "A few words above the title, in the place of the category.",
        shown=EXTRA,
        reads=text,
        everyday=True,
    ),
    _field(
        "audio",
        "A recording of the post, as a path or URL: a player in the page, an enclosure in feeds. [More](embeds.md).",
        shown=EXTRA,
        everyday=True,
    ),
    _field(
        "podcast",
        "The page of an episode on another site: its player. [More](embeds.md).",
        shown=EXTRA,
        everyday=True,
    ),
    _field(
        "video",
        "A film that belongs to the post: an enclosure in feeds.",
        shown=EXTRA,
        everyday=True,
    ),
    _field(
        "enclosure",
        "Any other file that feeds carry: a URL, or a mapping of `url`, `type` and `length`.",
        shown=EXTRA,
        everyday=True,
    ),
    _field(
        "type",
        "`post` or `page` makes a post of a text that would be [none](#what-is-a-post).",
        stand_ins="kind",
        shown=EXTRA,
        everyday=True,
    ),
    _field("markdown", "`python`: [read by python-markdown](markdown.md).", everyday=True),
    _field(
        "checks",
        "[Levels of rules](checks.md) for this post alone: `checks: {dead-link: notice}`.",
        shown=EXTRA,
        everyday=True,
    ),
    _field("render_with_liquid", "Jekyll’s. `false`: braces in the text are text."),
)
