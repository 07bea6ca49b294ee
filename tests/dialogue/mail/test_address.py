"""Which mail addresses we send to."""

from __future__ import annotations

from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.mail.address import AddressError, inbox, parsed


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada.Lovelace+blog@Example.ORG ", "Ada.Lovelace+blog@example.org"),
        ("o'neill@mail.example.co.uk", "o'neill@mail.example.co.uk"),
        ("post@münchen.example", "post@xn--mnchen-3ya.example"),
    ],
)
def test_usual_addresses_are_taken(text: str, address: str) -> None:
    """The local part is kept as it is, the domain is lower-case ASCII."""
    assert parsed(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "ada", "@example.org", "ada@", "ada@localhost", "ada@@example.org", "a b@example.org",
        '"ada"@example.org', "ada@[127.0.0.1]", "ada@127.0.0.1", "ada@example..org",
        "ada.@example.org", "ada@-example.org", "ada@example.org\nBcc: all@example.net",
        "ada@example.org\r\n", "ada\0@example.org", "<ada@example.org>", "ada@example.org,b@c.de",
        "ada@example.org>", "ädä@example.org", f"{'a' * 65}@example.org", f"a@{'b' * 250}.org",
        f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org", "ada@exam\u202eple.org", "%@example.org ;",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """Refused with the text at hand, so that it can be given back."""
    with pytest.raises(AddressError) as caught:
        parsed(text)
    assert caught.value.text == text


@given(st.text(max_size=40), st.text(max_size=20))
def test_what_is_taken_is_safe_in_a_header_and_a_command(local: str, domain: str) -> None:
    """Whatever passes is printable ASCII without separators, and Python's own type agrees."""
    try:
        address = parsed(f"{local}@{domain}.example.org")
    except AddressError:
        return
    assert address.isascii()
    assert not set(address) & set(' <>,;:"()[]\\\r\n\t')
    assert Address(addr_spec=address).addr_spec == address
    assert parsed(address) == address


def test_one_inbox_is_counted_once() -> None:
    """A tag or capitals do not make another inbox."""
    assert inbox("Ada+1@example.org") == inbox("ada+2@example.org") == "ada@example.org"
    assert inbox("+ada@example.org") == "+ada@example.org"
