"""What is kept of one reply and is its writer's, as the file that they can download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogue.replies.model import Stored


def facts(reply: Stored) -> Mapping[str, Any]:
    """Everything typed and what became of it, as JSON values; not what the guard thought."""
    return {
        "id": reply.id,
        "post": reply.target,
        "answers": reply.parent,
        "name": reply.author,
        "email": reply.email,
        "email_verified": reply.verified.isoformat() if reply.verified else None,
        "site": reply.url,
        "text": reply.text,
        "html": reply.html,
        "state": reply.state.value,
        "sent": reply.created.isoformat(),
        "edited": reply.edited.isoformat() if reply.edited else None,
        "note": reply.note,
    }
