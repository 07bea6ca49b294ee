"""What a site may choose about how Markdown becomes HTML."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import Any

from plugins.post import Frozen
from wording import wording_for

# Marks text for translation; it is translated where it is shown.
gettext = str

# The ids in our theme's templates; a test compares the two.
THEME_IDS = frozenset(
    {
        "answer",
        "answer-site",
        "answer-text",
        "answer-text-note",
        "contact-received",
        "contact-text",
        "contents-title",
        "copy-button",
        "empty-title",
        "everything-title",
        "main",
        "question",
        "recent-title",
        "search-result",
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


# What a callout is called that has no title of its own, by its kind.
CALLOUTS = (
    ("abstract", gettext("Abstract")),
    ("attention", gettext("Attention")),
    ("bug", gettext("Bug")),
    ("caution", gettext("Caution")),
    ("danger", gettext("Danger")),
    ("details", gettext("Details")),
    ("error", gettext("Error")),
    ("example", gettext("Example")),
    ("failure", gettext("Failure")),
    ("hint", gettext("Hint")),
    ("important", gettext("Important")),
    ("info", gettext("Info")),
    ("note", gettext("Note")),
    ("question", gettext("Question")),
    ("quote", gettext("Quote")),
    ("success", gettext("Success")),
    ("tip", gettext("Tip")),
    ("warning", gettext("Warning")),
)


@dataclass(frozen=True, slots=True)
class MarkupSettings:
    """Choices, and the few words that rendered bodies contain.

    ``smart_quotes`` turns straight quotes, ``--`` and ``...`` into typographic ones.
    ``bare_links`` makes addresses such as ``https://example.org`` links. ``emoji`` replaces short
    names such as ``:smile:``, ``dollars`` reads ``$x^2$`` as a formula. ``python`` are folders below
    the content folder whose texts python-markdown itself converts; it converts all where
    ``extensions`` are named, which is done in Pelican's own setting ``MARKDOWN``. ``reserved_ids`` are the
    ids that the theme uses itself: a heading never gets one of them. ``mermaid`` is the program that
    draws Mermaid's diagrams, with arguments; empty leaves them code. ``partials`` are the templates of
    the site's own shortcodes, as :func:`plugins.markup.partials.partials` reads them. ``back_to`` is a format
    string for the number of a footnote, ``callouts`` the title of each kind of callout. Words that are left as they are here are shown in the
    language of the post; words of the site's own stay. Raises ValueError for a command that no
    shell reads.
    """

    smart_quotes: bool = False
    bare_links: bool = True
    emoji: bool = True
    dollars: bool = False
    python: tuple[str, ...] = ()
    extensions: tuple[tuple[Any, Frozen], ...] = ()
    reserved_ids: frozenset[str] = THEME_IDS
    mermaid: str = "mmdc"
    partials: tuple[tuple[str, str | None], ...] = ()
    table: str = gettext("Table")
    contents: str = gettext("Contents")
    footnotes: str = gettext("Footnotes")
    back_to: str = gettext("Back to reference {}")
    diagram: str = gettext("Diagram")
    callouts: tuple[tuple[str, str], ...] = CALLOUTS

    def __post_init__(self) -> None:
        try:
            shlex.split(self.mermaid)
        except ValueError as error:
            message = f"MARKUP: mermaid: {self.mermaid!r} is no command ({error}); close the quote"
            raise ValueError(message) from error

    def speaking(self, lang: str) -> MarkupSettings:
        """The same choices with words in the language ``lang``."""
        words = wording_for(lang)
        return replace(
            self,
            table=words.gettext(self.table),
            contents=words.gettext(self.contents),
            footnotes=words.gettext(self.footnotes),
            back_to=words.gettext(self.back_to),
            diagram=words.gettext(self.diagram),
            callouts=tuple((kind, words.gettext(title)) for kind, title in self.callouts),
        )
