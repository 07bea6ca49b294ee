"""Letters as messages: their headers, and that nobody writes one of his own."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.mail.letter import Letter, Sender, body, message, shown

SENDER = Sender("blog@example.org", "Ada’s blog")
DATE = datetime(2026, 5, 19, 8, 30, tzinfo=UTC)
NAMES = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip
LONG = "https://example.org/dialogue/mail/unsubscribe?token=" + "a1-_." * 60


def reparsed(letter: Letter) -> email.message.EmailMessage:
    """The letter as it is read by whoever gets it."""
    made = message(letter, SENDER, "<1@example.org>", DATE).as_bytes()
    assert max(map(len, made.split(b"\r\n"))) <= 998
    assert made.count(b"\n") == made.count(b"\r\n")
    return email.message_from_bytes(made, policy=email.policy.default)


def test_a_letter_says_who_what_and_when() -> None:
    """All that mail programs ask for, and that no robot should answer."""
    found = reparsed(Letter("k", "ben@example.net", "A new reply", "Hello,\n\nBen – hi\n"))
    assert set(found) == NAMES
    assert str(found["From"]) == "Ada’s blog <blog@example.org>"
    assert str(found["To"]) == "ben@example.net"
    assert str(found["Subject"]) == "A new reply"
    assert found["Date"].datetime == DATE
    assert str(found["Message-ID"]) == "<1@example.org>"
    assert str(found["Auto-Submitted"]) == "auto-generated"
    assert found.get_content_type() == "text/plain"
    assert found.get_content().replace("\r", "") == "Hello,\n\nBen – hi\n"


def test_the_same_letter_is_the_same_bytes() -> None:
    """Sent twice, it cannot be told apart: no clock, no chance."""
    letter = Letter("k", "ben@example.net", "Ä", "ö\n", "cleo@example.com", LONG)
    assert (
        message(letter, SENDER, "<1@x.org>", DATE).as_bytes()
        == message(letter, SENDER, "<1@x.org>", DATE).as_bytes()
    )


def test_unsubscribing_takes_one_click() -> None:
    """RFC 8058: a long address arrives whole, beside the header that allows the click."""
    letter = Letter("k", "ben@example.net", "s", "t\n", unsubscribe=LONG)
    made = message(letter, SENDER, "<1@x.org>", DATE).as_bytes()
    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in made
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in made


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://x.org/\r\nBcc: a@b.de", "https://x.org/>,<mailto:a@b.de"],
)
def test_an_address_that_would_break_a_header_is_an_error(url: str) -> None:
    """It is ours to make; one that came out broken is not sent."""
    with pytest.raises(ValueError, match="not an address"):
        message(Letter("k", "b@c.de", "s", "t", unsubscribe=url), SENDER, "<1@x.org>", DATE)


@given(st.text(), st.text(), st.text(max_size=200))
def test_no_text_adds_a_header(subject: str, text: str, name: str) -> None:
    """Whatever is in subject, body and name: the headers are ours, the subject is one line."""
    made = message(
        Letter("k", "ben@example.net", subject, text), Sender("a@b.org", name), "<1@b.org>", DATE
    ).as_bytes()
    found = email.message_from_bytes(made, policy=email.policy.default)
    assert set(found) == NAMES
    assert found.keys().count("Subject") == 1
    assert found["To"].addresses[0].addr_spec == "ben@example.net"
    assert found["From"].addresses[0].addr_spec == "a@b.org"
    assert not found.is_multipart()


@pytest.mark.parametrize(
    "subject",
    [
        "Hi\r\nBcc: victim@example.net", "Hi\nBcc: v@example.net", "Hi\rBcc: v@example.net",
        "Hi\u2028Bcc: v@example.net", "Hi\x0bBcc: v@example.net", "Hi\x85Bcc: v@example.net",
        "=?utf-8?q?Hi=0D=0ABcc:_v@example.net?=",
    ],
)  # fmt: skip
def test_a_subject_stays_a_subject(subject: str) -> None:
    """Every kind of line end, raw or encoded, ends no header."""
    found = reparsed(Letter("k", "ben@example.net", subject, "t\n"))
    assert "Bcc" not in found
    assert b"\nBcc:" not in found.as_bytes()


def test_what_is_not_seen_is_not_sent() -> None:
    """Controls and characters that turn text around are left out, in subjects and in bodies."""
    assert shown("a\u202eb\x1b[31mc\u200bd\te") == "ab[31mcd e"
    assert body("a\u202e\x07b\r\nc\td\re  \n") == "ab\nc\td\ne\n"
    assert shown("👩\u200d💻") == "👩\u200d💻"
