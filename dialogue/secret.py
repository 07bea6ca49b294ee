"""The key behind everything the service signs: from the settings, or made once and kept private."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from dialogue.errors import DialogueError
from dialogue.settings import Settings

_NAME = "secret"


def secret(settings: Settings) -> str:
    """The secret of the settings, else that of the state folder, which is made on first use."""
    return settings.secret or _kept(private_folder(settings.state) / _NAME)


def private_folder(folder: Path) -> Path:
    """``folder``, made if need be so that nobody else can look in, and ignored by git."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise DialogueError(
            f"cannot write in {folder}: {error.strerror}; let the service write there, "
            "or set DIALOGUE_STATE"
        ) from error
    return folder


def _kept(path: Path) -> str:
    try:
        return _read(path)
    except FileNotFoundError:
        _make(path)
        return _read(path)


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; of all that try, one wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _read(path: Path) -> str:
    found = path.read_text(encoding="ascii").strip()
    if len(found) < 32:
        raise DialogueError(f"{path} holds no secret; delete it to have a new one made")
    return found
