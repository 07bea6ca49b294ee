"""The words of another site, made fit to stand on ours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from dialogue.errors import OutOfBoundsError
from dialogue.webmention.seen import Seen
from thread.safe import TAGS

_TAGS = TAGS | {"b", "i"}
# How much of an article that mentions us is shown; a reply is shown whole, up to a limit.
_EXCERPT = 400
_SPOKEN = ("reply", "mention")


@dataclass(frozen=True, slots=True)
class Words:
    """What a mention says: as plain text, and as HTML that is safe on our page."""

    text: str
    html: str


def words(seen: Seen, longest: int) -> Words:
    """What is shown of ``seen``: a reply up to ``longest`` characters, the beginning of an article.

    Likes and reposts say nothing. What is nested too deep, or made of too many elements, is its text.
    """
    if seen.kind not in _SPOKEN:
        return Words("", "")
    text = seen.text.strip()
    if seen.kind == "mention":
        return _plain(seen.title, cut(text, min(_EXCERPT, longest)))
    if len(text) > longest or len(seen.html) > 8 * longest:
        return _plain("", cut(text, longest))
    from dialogue.replies import foreign  # loaded when it is needed

    try:
        return Words(text, foreign.cleaned(seen.html, _TAGS))
    except OutOfBoundsError:
        return _plain("", text)


def cut(text: str, longest: int) -> str:
    """``text``, or its beginning to the last word that fits, and an ellipsis."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(None, 1)[0].rstrip()}…"


def _plain(title: str, text: str) -> Words:
    parts = [part for part in (title, *text.split("\n\n")) if part.strip()]
    html = "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in parts)
    return Words("\n\n".join(parts), html)
