"""The password of the moderation page in the preview: made once, kept where nobody else can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from dialogue.secret import private_folder

_NAME = "moderator"


def key(state: Path) -> str:
    """The password kept in the folder ``state``; made on first use. Raises DialogueError."""
    path = private_folder(state) / _NAME
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip() or _made(path)
    os.close(descriptor)
    return _made(path)


def _made(path: Path) -> str:
    password = secrets.token_urlsafe(12)
    path.write_text(password, encoding="ascii")
    return password
