"""Every rule that content can break: its stable name, its level, and the lowest level it may have.

A level says what a fault does: ``error`` stops the build, ``hold`` keeps the post from being
published and publishes the rest, ``notice`` is printed, ``off`` is not. Where a page published
with the fault would be lost, wrong, or public against its writer's will, ``hold`` is the lowest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

Level = Literal["error", "hold", "notice", "off"]
# From the strictest on.
LEVELS: tuple[Level, ...] = get_args(Level)
# What stands before the name of a front-matter field in the rule for its value.
FIELD = "invalid-"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``lowest`` is the least strict level that is safe, ``about`` says what it finds."""

    name: str
    level: Level
    lowest: Level
    about: str

    def at_least(self, level: Level) -> Level:
        """``level``, or the lowest that is safe."""
        return LEVELS[min(LEVELS.index(level), LEVELS.index(self.lowest))]


# Fields whose default harms nothing: a post without them is complete.
_HARMLESS = frozenset(
    {
        *("summary", "image", "image_alt", "image_caption", "modified", "tags", "category"),
        *("authors", "syndicated", "template", "toc", "featured", "aliases"),
    }
)

_STOPS_BUT_CAN_BE_PUBLISHED = {
    "alias-taken": "an alias is no path, or another page has it; below error there is no redirect",
    "attribute-list": "a `{: ...}` that belongs to nothing",
    "broken-file": "a link in the file system that leads to no file",
    "broken-image": "an image that cannot be read, or is too large",
    "control-character": "a control character in the page",
    "dead-fragment": "a link to a place (`#...`) that its page does not have",
    "dead-link": "a link to a post, page or file that does not exist",
    "diagram": "a diagram that its renderer refuses; below error it is shown as code",
    "text-doubled": "text that would be printed twice",
    "footnote": "a footnote without a text, or with two",
    "foreign-format": "a text in a format that nothing here reads",
    "formula": "a formula that cannot be read; below error it is left out",
    "html-element": "a tag of MDX or of no language, or one that closes nothing",
    "unknown-element": "a tag that is no HTML element",
    "link-to-draft": "a link to a post that is not published",
    "text-lost": "words of the source that the page does not have",
    "markup-printed": "Markdown that readers would see as it was typed",
    "missing-image": "an image that does not exist",
    "placeholder-printed": "a placeholder of a converter in the page",
    "table-cells": "a row with more cells than its table has columns",
    "shortcode": "a shortcode of the site whose template is missing or fails; below error it is left out",
    "template-code": "Liquid, Jinja or a shortcode in the text; below error it is left out",
    "unpublished-file": "a file that nothing publishes",
    "unused-field": "a field of a series file that nothing reads",
}
_STOPS_OR_HOLDS = {
    "author-taken": "two authors of one name",
    "converter-failed": "a text that the Markdown converter cannot read",
    "feed-date": "a date that feeds cannot carry",
    "feed-media": "a recording that feeds cannot name",
    "feed-id-taken": "a feed entry with the id of another",
    "fields-disagree": "two fields that say opposite things",
    "front-matter": "front matter that cannot be read",
    "nesting": "a text that is nested too deeply",
    "original-url": "an original that is no page of another site",
    "series-address": "a series without an address of its own",
    "series-number": "a part whose number is impossible, or another part's",
    "series-spelling": "one series whose name is spelt in two ways",
    "translation-taken": "a second version of a text in one language",
    "unclosed-code": "a code block that is never closed",
    "unclosed-element": "an element that is never closed: what follows would be in it",
    "unreadable-file": "a file that is no text",
    "url-taken": "two things at one address: one would overwrite the other",
}
_NOTICES = {
    "blocked-code": "code of another site that the Content-Security-Policy blocks",
    "diagram-as-code": "a diagram that no installed renderer can draw",
    "image-alt": "an image without alternative text",
    "link-to-held": "a link to a post that is held back; it is shown without its address",
    "no-template": "a template that the theme does not have",
    "reply-without-post": "replies to a post that does not exist",
    "series-gap": "a part that is missing between two others",
    "series-part": "a part without a number, without a series, or with one that is not whole",
    "series-pointer": "a text that points readers to the part that they read",
    "series-title": "a title with another number than the part",
    "series-unused": "a series file that no post names",
    "series-planned": "a planned part that is published, or late",
    "series-waiting": "a part that readers might miss, because it is not published",
    "unknown-author": "an author's key without a file, or a name that is nearly another",
    "unknown-date": "a post whose date is a guess",
    "unread-field": "fields of a post or an author that nothing reads",
    "unused-intro": "the text of a category, tag or author that no published post names",
}
_PRIVATE = {"image-location": "an image that says where it was taken"}

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **{
            name: Rule(name, "error", "off", about)
            for name, about in _STOPS_BUT_CAN_BE_PUBLISHED.items()
        },
        **{name: Rule(name, "error", "hold", about) for name, about in _STOPS_OR_HOLDS.items()},
        **{name: Rule(name, "notice", "off", about) for name, about in _NOTICES.items()},
        **{name: Rule(name, "notice", "notice", about) for name, about in _PRIVATE.items()},
    }
)


def field_rule(field: str) -> str:
    """The name of the rule for the value of a front-matter field."""
    return f"{FIELD}{field.replace('_', '-')}"


def rule_of(name: str) -> Rule | None:
    """The rule called ``name``; None where there is none whose level can be chosen."""
    if name.startswith(FIELD):
        field = name.removeprefix(FIELD)
        lowest: Level = "off" if field.replace("-", "_") in _HARMLESS else "hold"
        return Rule(name, "error", lowest, f"a value of the field {field} that it cannot have")
    return RULES.get(name)
