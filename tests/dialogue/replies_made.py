"""Replies for tests, with everything that does not matter to the test filled in."""

from __future__ import annotations

from typing import Any

from dialogue import ids, moments
from dialogue.replies.model import Mention, NewReply


def reply(**fields: Any) -> NewReply:
    """A reply to the post about tea by Ada, unless the fields say otherwise."""
    words = fields.pop("words", "Yes!")
    usual = {
        "id": ids.new(),
        "target": "tea",
        "author": "Ada",
        "text": words,
        "html": f"<p>{words}</p>",
        "created": moments.now(),
    }
    return NewReply(**{**usual, **fields})


def mention(**fields: Any) -> Mention:
    """A mention of the post about tea by another blog."""
    usual = {
        "target": "tea",
        "source": "https://other.example/1",
        "kind": "mention",
        "author": "Other",
        "url": "https://other.example/",
        "text": "Look there",
        "html": "<p>Look there</p>",
        "date": moments.now(),
    }
    return Mention(**{**usual, **fields})
