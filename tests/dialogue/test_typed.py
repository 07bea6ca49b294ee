"""What people type: cleaned of what only machines put there, and recognised for what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.web import typed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Ada\x00\x1b[31m\x7f", "Ada[31m"),
        ("Ada\u202ednilevoL", "AdadnilevoL"),
        ("\u2067Ada\u2069", "Ada"),
        ("Zoë 👩\u200d💻 李", "Zoë 👩\u200d💻 李"),
    ],
)
def test_a_line_is_one_line(text: str, kept: str) -> None:
    """Without control characters and what turns text around; letters and emoji stay whole."""
    assert typed.line(text) == kept


@given(st.text())
def test_lines_cannot_break_headers(text: str) -> None:
    """Whatever was typed, a line has no line break in it, and cleaning it again changes nothing."""
    found = typed.line(text)
    assert not set("\r\n\x00") & set(found)
    assert typed.line(found) == found


def test_paragraphs_keep_their_shape() -> None:
    """Line ends are one kind; empty lines are kept between and not around; no NUL for databases."""
    assert typed.paragraphs("\r\n\n  a\r\rb\x00 \n\n") == "  a\n\nb"


@pytest.mark.parametrize("text", ["ada@mail.example", "a.b+c@sub.mail.example"])
def test_mail_addresses(text: str) -> None:
    """What is one is kept, with its host in lower case."""
    assert typed.mailbox(text) == text
    assert typed.mailbox("Ada@MAIL.Example") == "Ada@mail.example"


@pytest.mark.parametrize(
    "text",
    [
        *("", "ada", "ada@", "@mail.example", "ada@mail", "a b@mail.example", "a@b@mail.example"),
        *("ada@mail.example,eve@mail.example", "ada@mail.example\nBcc: x", "Ada <a@mail.example>"),
        *("ada@mail.example/x", "ädä@mail.example", "a" * 250 + "@mail.example"),
    ],
)
def test_what_is_no_mail_address(text: str) -> None:
    """Several, with a name, with anything that would begin another header: none of it."""
    assert typed.mailbox(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://ada.example/~me?x=1#y", "https://ada.example/~me?x=1#y"),
        ("ada.example", "https://ada.example"),
        ("http://ada.example:8080/", "http://ada.example:8080/"),
        ("https://bücher.example/", "https://bücher.example/"),
    ],
)
def test_addresses_of_sites(text: str, found: str) -> None:
    """With a scheme or without."""
    assert typed.address(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("javascript:alert(1)", "javascript://x.example/%0aalert(1)", "data:text/html,x", "//x"),
        *(
            "https://",
            "https://x",
            "https://user@x.example",
            'https://x.example/"onclick=',
            "ftp://x.example",
        ),
        *(
            "https://x.example/<b>",
            "https://x.example:99999/",
            "https://[x.example",
            "https://x.example/a b",
        ),
        "https://x.example/" + "a" * 600,
    ],
)
def test_what_is_no_address_of_a_site(text: str) -> None:
    """No other scheme, no password, nothing that would end an attribute."""
    assert typed.address(text) is None
