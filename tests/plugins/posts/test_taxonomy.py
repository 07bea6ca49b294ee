"""Categories and tags in every form."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.frontmatter.document import Field
from plugins.frontmatter.fences import Dialect
from plugins.posts.taxonomy import terms


@pytest.mark.parametrize(
    ("key", "value", "dialect", "quoted", "names"),
    [
        ("tags", "seo, email marketing", "yaml", False, ["seo", "email marketing"]),
        ("tags", "seo; search, paid", "yaml", False, ["seo", "search, paid"]),
        ("tags", "seo email", "yaml", False, ["seo", "email"]),
        ("categories", "seo email", "yaml", False, ["seo", "email"]),
        ("tags", "email marketing", "yaml", True, ["email marketing"]),
        ("Tags", "email marketing", "pelican", False, ["email marketing"]),
        ("tags", "email marketing", "toml", True, ["email marketing"]),
        ("keywords", "email marketing", "yaml", False, ["email marketing"]),
        ("category", "Email marketing", "yaml", False, ["Email marketing"]),
        ("category", "Search, paid", "pelican", False, ["Search, paid"]),
        ("categories", "Search, Email", "yaml", True, ["Search", "Email"]),
        (
            "tags",
            ["seo", {"name": "Email", "slug": "e"}, 2024, True],
            "json",
            False,
            ["seo", "Email", "2024", "true"],
        ),
        ("tags", ["SEO", "seo", "#Seo"], "yaml", False, ["SEO"]),
        ("tags", ["C", "C++", "C#"], "yaml", False, ["C", "C++", "C#"]),
    ],
)
def test_names(key: str, value: Any, dialect: Dialect, quoted: bool, names: list[str]) -> None:
    """Lists stay, lines are divided, and spaces divide only what Jekyll would divide."""
    field = Field("tags", key, value, 1, quoted)
    assert [term.name for term in terms(field, dialect)] == names
