"""The file of headers that hosts read."""

from __future__ import annotations

import pytest

from plugins.hosting.rules import Rule, forever, headers_file


def test_rules_are_paths_with_headers_below() -> None:
    """Rules for one path are one, in their order."""
    made = headers_file(
        [Rule("/*", (("A", "1"),)), forever("/theme/*"), Rule("/*", (("B", "x: y"),))]
    )
    assert made.decode().splitlines()[1:] == [
        "/*",
        "  A: 1",
        "  B: x: y",
        "/theme/*",
        "  Cache-Control: public, max-age=31536000, immutable",
    ]


@pytest.mark.parametrize("text", ["a\nX: y", "a\r", "\x00"])
def test_no_text_becomes_a_line_of_its_own(text: str) -> None:
    """Neither a value, nor a name, nor a path."""
    for path, name, value in (("/", "A", text), ("/", text, "b"), (text, "A", "b")):
        with pytest.raises(ValueError, match="control character"):
            Rule(path, ((name, value),))
