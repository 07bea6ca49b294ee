"""What every text from outside is behind the boundary: of bounded length, and well-formed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import boundary
from dialogue.app import app_of
from dialogue.services import Services
from tests.dialogue.browsing import ORIGIN, Browser, browser

ANY = st.text(st.characters(codec=None))
MARKS = st.text("ae\u0301\u0315\u0344\u0f73\u0338\u034f가ᄀ<>", max_size=200)


@given(ANY | MARKS)
def test_what_is_received_can_be_stored_anywhere(text: str) -> None:
    """It is UTF-8 without NUL or other controls, in NFC; receiving it again changes nothing."""
    found = boundary.received(text)
    found.encode("utf-8")
    assert unicodedata.is_normalized("NFC", found)
    kept = {char for char in found if unicodedata.category(char) in ("Cc", "Cs")}
    assert kept <= set("\t\n\r")
    assert boundary.received(found) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoe\u0308 👩\u200d💻 李\r\n\tx", "Zoë 👩\u200d💻 李\r\n\tx"),
        ("a\x00b\x0b\x1b\x7f\x85\ud800\udc00\ufffe\ufdd0c", "abc"),
        ("\ufeffx\ufffd", "\ufeffx\ufffd"),
        ("a" + "\u0301" * 31, "á" + "\u0301" * 29 + "\u034f\u0301"),
    ],
)
def test_what_is_no_text_is_left_out(text: str, found: str) -> None:
    """Everything else stays; marks without end are joined as UAX #15 has it."""
    assert boundary.wellformed(text) == found


def test_a_text_beyond_its_bound_is_refused() -> None:
    """Never cut; the message says how much there may be."""
    assert boundary.received("x" * 8_000) == "x" * 8_000
    with pytest.raises(boundary.TooLongError, match="is longer than 8,000 characters"):
        boundary.received("x" * 8_001)


@pytest.fixture
def client(make_services: Callable[..., Services]) -> Iterator[Browser]:
    """A browser at a running service."""
    with browser(app_of(make_services())) as opened:
        yield opened


@pytest.mark.parametrize(
    "field", ["email", "name", "site", "target", "token", "unknown", "x" * 9_000]
)
def test_a_field_beyond_its_bound_is_a_clear_answer(client: Browser, field: str) -> None:
    """422 and the name of the field, in words and in JSON; of forms and of queries."""
    form = {"target": "tea", "text": "Words", field: "a@" + "." * 20_000 + "@"}
    shown = client.post("/dialogue/replies", form)
    asked = client.get("/dialogue/replies/new", params=form)
    for answer in (shown, asked):
        assert answer.status_code == 422
        assert answer.text.startswith(f"{field[:80]}: is longer than 8,000 characters.")
    headers = {"Accept": "application/json", "Origin": ORIGIN}
    script = client.post("/dialogue/replies", form, headers=headers)
    assert (script.status_code, list(script.json()["faults"])) == (422, [field[:80]])


def test_words_may_be_long(client: Browser) -> None:
    """What is too long for a reply is given back, up to a size that nobody types."""
    form = {"target": "tea", "name": "Ada", "text": "word " * 20_000}
    given_back = client.post("/dialogue/replies", form)
    assert given_back.status_code == 422
    assert "word word" in given_back.text
    assert client.post("/dialogue/replies", {**form, "text": "x" * 500_001}).status_code == 422


def test_a_header_beyond_its_bound_is_refused(client: Browser) -> None:
    """431, of whatever name."""
    answer = client.get("/dialogue/webmention", headers={"X-Whatever": "x" * 8_001})
    assert answer.status_code == 431


@pytest.mark.parametrize("path", ["%00", "a%00b", "%7f", "a" * 8_001, "e%CC%81"])
def test_a_path_that_is_no_text_names_nothing(client: Browser, path: str) -> None:
    """404: it is not made into the name of something else."""
    assert client.get(f"/dialogue/webmention/{path}").status_code == 404
