"""What a site may choose about how Markdown becomes HTML."""

from __future__ import annotations

from dataclasses import dataclass

# The ids in our theme's templates; a test compares the two.
THEME_IDS = frozenset(
    {
        "answer",
        "answer-site",
        "answer-text",
        "answer-text-note",
        "contact-text",
        "contents-title",
        "copy-button",
        "empty-title",
        "everything-title",
        "main",
        "recent-title",
        "related-title",
        "replies",
        "replies-title",
        "reply-form",
        "reply-received",
        "running-title",
        "series-title",
        "share-title",
        "syndicated-title",
        "tags-title",
        "years-title",
    }
)


@dataclass(frozen=True, slots=True)
class MarkupSettings:
    """Choices and the few words that rendered bodies contain, for one language.

    ``smart_quotes`` turns straight quotes, ``--`` and ``...`` into typographic ones.
    ``bare_links`` makes addresses such as ``https://example.org`` links. ``reserved_ids`` are the
    ids that the theme uses itself: a heading never gets one of them. ``back_to`` is a format
    string for the number of a footnote.
    """

    smart_quotes: bool = False
    bare_links: bool = True
    reserved_ids: frozenset[str] = THEME_IDS
    table: str = "Table"
    contents: str = "Contents"
    footnotes: str = "Footnotes"
    back_to: str = "Back to reference {}"
