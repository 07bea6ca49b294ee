"""Links each post with the next and the previous one, as the other programs do by themselves."""

from itertools import pairwise
from typing import Any

from pelican import signals


def neighbors(generator: Any) -> None:
    """Give each article the one before and the one after it by date."""
    newest_first = generator.articles
    for newer, older in pairwise(newest_first):
        newer.prev_article = older
        older.next_article = newer


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(neighbors)
