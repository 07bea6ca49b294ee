"""Large answers in pieces."""

from __future__ import annotations

import pytest

from dialogue.connections.pieces import pieces


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
@pytest.mark.parametrize("more", [False, True])
def test_the_pieces_are_the_body(size: int, *, more: bool) -> None:
    """In their order, none too large, and the last says whether more comes."""
    body = bytes(number % 251 for number in range(size))
    made = list(pieces({"type": "http.response.body", "body": body, "more_body": more}))
    assert b"".join(each["body"] for each in made) == body
    assert all(len(each["body"]) <= 65_536 for each in made)
    assert [each["more_body"] for each in made] == [True] * (len(made) - 1) + [more]
