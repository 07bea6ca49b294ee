"""Compressed twins of text files, for web servers that send them instead (``page.html.br``).

The same bytes have the same twins, wherever and whenever they are made: a page that the service
has put a reply into is twinned as a whole build would do it.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import brotli

from thread import atomic

BROTLI, GZIP = ".br", ".gz"
# What grows smaller. Images, audio and video are compressed already.
_WORDS = ".css .csv .htm .html .ics .js .json .map .md .mjs .opml .svg .txt .vtt .wasm .xml .xsl"
TEXT = frozenset((*_WORDS.split(), ".atom", ".rss", ".webmanifest"))
# Servers that read a file of rules want the file itself.
_RULES = frozenset({"_headers", "_redirects", ".htaccess"})
# Below this the headers of an answer outweigh what is saved.
_SMALLEST = 200
# Brotli's next and last step takes three times as long for three bytes in a hundred.
_BROTLI_QUALITY = 10
_GZIP_LEVEL = 9


def has_twins(name: str) -> bool:
    """Whether a file of this name is text that is worth compressing."""
    path = Path(name)
    return path.suffix.lower() in TEXT and path.name not in _RULES


def twins(data: bytes) -> Mapping[str, bytes]:
    """The compressed forms of ``data`` by suffix; none where they would not be smaller."""
    if len(data) < _SMALLEST:
        return {}
    made = {
        BROTLI: brotli.compress(data, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY),
        GZIP: gzip.compress(data, _GZIP_LEVEL, mtime=0),
    }
    return {suffix: small for suffix, small in made.items() if len(small) < len(data)}


def write_twins(path: Path) -> tuple[Path, ...]:
    """Make the twins of the file at ``path`` anew beside it; returns them.

    Each is whole at any moment, and one that the file no longer has is removed. Write the file
    first. Raises :class:`OSError`.
    """
    made = twins(path.read_bytes()) if has_twins(path.name) else {}
    written = []
    for suffix in (BROTLI, GZIP):
        twin = path.with_name(path.name + suffix)
        if suffix in made:
            atomic.replace(twin, made[suffix])
            written.append(twin)
        else:
            twin.unlink(missing_ok=True)
    return tuple(written)
