"""Media types by file name, the same on every machine and without the sniffing of browsers."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

_UTF8 = "; charset=utf-8"
_OURS = {
    ".atom.xml": "application/atom+xml",
    ".rss.xml": "application/rss+xml",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".m4a": "audio/mp4",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".opml": "text/x-opml",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsl": "application/xml",
}
_STANDARD = mimetypes.MimeTypes()  # what Python knows, not what this system adds
_TEXTUAL = ("application/json", "application/xml")


def media_type(path: str) -> str:
    """The Content-Type for a file at ``path``, relative to the site, with "/" between the parts.

    Text, XML and JSON are UTF-8. JSON below ``feeds/`` is a JSON Feed.
    """
    pure = PurePosixPath(path.lower())
    suffixes = ["".join(pure.suffixes[-2:]), pure.suffix]
    kind = next((_OURS[suffix] for suffix in suffixes if suffix in _OURS), None) or _guess(pure)
    if kind == "application/json" and pure.suffix == ".json" and pure.parts[0] == "feeds":
        kind = "application/feed+json"
    textual = kind.startswith("text/") or kind.endswith(("+xml", "+json")) or kind in _TEXTUAL
    return kind + _UTF8 if textual else kind


def _guess(path: PurePosixPath) -> str:
    kind, encoding = _STANDARD.guess_type(path.name)
    if encoding is not None:  # a file that was compressed beforehand, not a compressed answer
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return kind or "application/octet-stream"
