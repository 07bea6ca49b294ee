"""A body with problems, and what is known of it all the same."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.errors import Problem, SiteError
from plugins.post import Body


class FlawedBodyError(SiteError):
    """A text with problems. ``body`` is what was made of it, so that its links can be checked too.

    It must not be published, and is None where the text could not be converted.
    """

    def __init__(self, problems: Iterable[Problem], body: Body | None = None) -> None:
        super().__init__(problems)
        self.body = body
