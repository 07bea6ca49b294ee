"""Where approved replies lie, for builds that look whether there are new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.replies.settings import RepliesSettings


def watched(settings: Mapping[str, Any]) -> Iterator[Path]:
    """The folder of approved replies."""
    found: RepliesSettings | None = settings.get("REPLIES")
    if found is not None:
        yield found.folder
