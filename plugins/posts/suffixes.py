"""Which files are texts, by their names."""

from __future__ import annotations

SUFFIXES = ("md", "markdown", "mkd", "mdown", "mdx", "txt")
# Texts at the top of the content folder that are for programs, by name: copied as they are.
_PLAIN_FILES = frozenset(
    {"ads.txt", "app-ads.txt", "humans.txt", "llms.txt", "robots.txt", "security.txt"}
)


def is_for_programs(source: str) -> bool:
    """Whether the file at ``source``, a path below the content folder, is a text for programs."""
    return source in _PLAIN_FILES or source.startswith(".well-known/")
