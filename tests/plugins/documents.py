"""Source files for tests of front matter: read as the build reads them, with fixed surroundings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import parse
from plugins.post import DateSource, Post
from plugins.posts.validation import PostRules, make_post

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
RULES: dict[str, Any] = {
    "zone": "Europe/London",
    "lang": "en",
    "site_url": "https://blog.example.com",
    "now": NOW,
}


def plain(problem: Problem) -> str:
    """The line of ``problem`` without the name of its rule."""
    return str(replace(problem, rule=""))


class Committed:
    """A history in which every file was first committed on one day."""

    def __init__(self, moment: datetime = datetime(2020, 1, 2, 3, 4, tzinfo=UTC)) -> None:
        self.moment = moment

    def first_seen(self, source: str) -> tuple[datetime, DateSource]:
        """The same moment for any ``source``."""
        assert source
        return self.moment, "git"


def post_of(
    source: str | bytes, path: str = "posts/a.md", *, title: str | None = None, **changes: Any
) -> Post:
    """The post in the file ``source``; ``title`` is the body's, ``changes`` those of the rules."""
    data = source.encode() if isinstance(source, str) else source
    return make_post(
        parse(data, path),
        title=title,
        markers=(),
        history=Committed(),
        rules=PostRules(**{**RULES, **changes}),
    )


def with_fields(fields: str, path: str = "posts/a.md", **changes: Any) -> Post:
    """The post with a title and these lines of YAML, from line 3 of its file on."""
    return post_of(f"---\ntitle: A\n{fields}\n---\nText.\n", path, **changes)


def problems_of(source: str | bytes, path: str = "posts/a.md", **changes: Any) -> list[str]:
    """The problems of the file ``source`` as they are printed."""
    with pytest.raises(SiteError) as raised:
        post_of(source, path, **changes)
    return [plain(problem) for problem in raised.value.problems]


def faults_in(fields: str, **changes: Any) -> list[str]:
    """The problems of these lines of YAML, from line 3 on, without the file's name."""
    source = f"---\ntitle: A\n{fields}\n---\nText.\n"
    return [line.removeprefix("posts/a.md:") for line in problems_of(source, **changes)]
