"""Which files are texts, by their names."""

from __future__ import annotations

SUFFIXES = ("md", "markdown", "mkd", "mdown", "txt")
# Texts at the top of the content folder that are for programs, by name: copied as they are.
PLAIN_FILES = frozenset(
    {"ads.txt", "app-ads.txt", "humans.txt", "llms.txt", "robots.txt", "security.txt"}
)
