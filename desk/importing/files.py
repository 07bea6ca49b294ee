"""Files of an old site that are no text: copied, or named as what they are."""

from __future__ import annotations

from pathlib import PurePosixPath

from desk.importing.model import Asset, Refusal

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn"})
_PUBLISHED = frozenset(
    f".{name}"
    for name in [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "svg",
        "ico",
        "mp4",
        "webm",
        "mov",
        "ogv",
        "mp3",
        "ogg",
        "wav",
        "m4a",
        "flac",
        "pdf",
        "zip",
        "gz",
        "tgz",
        "txt",
        "csv",
        "xlsx",
        "docx",
        "pptx",
        "epub",
        "ics",
        "vtt",
        "woff",
        "woff2",
        "json",
    ]
)


def other(source: str, target: str) -> Asset | Refusal:
    """A file that is published as it is, or the reason why it is not."""
    path = PurePosixPath(source)
    if any(part.startswith("_") for part in path.parts):
        return Refusal(source, "it belongs to the old theme or its settings")
    if path.suffix.lower() in _PUBLISHED:
        return Asset(source, target)
    return Refusal(source, f"{path.suffix or path.name}: a file of the old generator, or code")
