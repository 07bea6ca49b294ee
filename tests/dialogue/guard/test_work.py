"""Proof of work: solved by trying, good for one reply, and in altcha's format."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.guard.work import Challenge, challenge, is_solved

KEY = b"a key of the tests"


def solve(asked: Challenge, **changed: object) -> str:
    """The solution, as a browser finds it; with some of it changed."""
    number = next(
        number
        for number in range(asked.maxnumber + 1)
        if hashlib.sha256(f"{asked.salt}{number}".encode()).hexdigest() == asked.challenge
    )
    found = {
        "algorithm": asked.algorithm,
        "challenge": asked.challenge,
        "number": number,
        "salt": asked.salt,
        "signature": asked.signature,
        **changed,
    }
    return base64.b64encode(json.dumps(found).encode()).decode()


def test_a_solution_is_known() -> None:
    """What a browser found by trying is right for the reply that it was asked for."""
    assert is_solved(KEY, "abc", solve(challenge(KEY, "abc", 500)))


def test_a_solution_is_good_for_one_reply() -> None:
    """For another reply it is worth nothing, so it cannot be used twice."""
    solution = solve(challenge(KEY, "abc", 50))
    assert not is_solved(KEY, "abd", solution)
    assert not is_solved(KEY, "ab", solution)


def test_only_our_challenges_count() -> None:
    """Who makes a challenge to a number of their own has no signature of ours."""
    assert not is_solved(KEY, "abc", solve(challenge(b"another key", "abc", 50)))


def test_a_digit_cannot_be_moved_into_the_salt() -> None:
    """A known solution gives no second one with another salt."""
    asked = challenge(KEY, "abc", 500)
    found = json.loads(base64.b64decode(solve(asked)))
    moved = f"{found['salt']}{str(found['number'])[0]}"
    rest = int(str(found["number"])[1:] or 0)
    assert asked.salt.endswith("&")
    assert not is_solved(KEY, "abd", solve(asked, salt=moved.replace("abc", "abd"), number=rest))


@pytest.mark.parametrize("number", [-1, "x", None, [1], 10**30, 1e400])
def test_a_wrong_number_is_wrong(number: object) -> None:
    """Whatever it is, it is no solution, and no error."""
    assert not is_solved(KEY, "abc", solve(challenge(KEY, "abc", 50), number=number))


@given(st.text() | st.binary().map(lambda data: base64.b64encode(data).decode()))
def test_anything_else_is_no_solution(text: str) -> None:
    """Whatever is sent in its place."""
    assert not is_solved(KEY, "abc", text)
