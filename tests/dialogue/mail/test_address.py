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


@pytest.mark.parametrize(
    ("same", "spellings"),
    [
        ("ada@example.org", ["Ada+1@example.org", "ada+2@EXAMPLE.org.", " ada@example.org "]),
        ("+ada@example.org", ["+ADA@example.org"]),
        ("a.d-a_x@example.org", ["A.D-A_X+tag@example.org"]),
        ("post@xn--mnchen-3ya.example", ["post@münchen.example", "post@MÜNCHEN.example."]),
        ("adalove@gmail.com", ["Ada.Love@gmail.com", "a.d.a.l.o.v.e+x@googlemail.com", "adalove@GMAIL.COM."]),
        ("ada.love@outlook.com", ["Ada.Love+x@outlook.com"]),
        ("ada@hotmail.co.uk", ["ada+x@hotmail.co.uk"]),
        ("ada@live.nl", ["ADA+x@live.nl"]),
        ("ada@msn.com", ["ada+x+y@msn.com"]),
        ("ada@yahoo.com", ["ada-shop@yahoo.com", "Ada-news@yahoo.com"]),
        ("ada@yahoo.co.uk", ["ada-shop@yahoo.co.uk"]),
        ("ada@ymail.com", ["ada-shop@ymail.com"]),
        ("ada@icloud.com", ["ada@me.com", "ada+x@mac.com"]),
        ("ada@fastmail.com", ["shop@ada.fastmail.com", "x+y@ada.fastmail.com", "ada+x@fastmail.com"]),
        ("ada@fastmail.fm", ["any@Ada.Fastmail.FM"]),
        ("adalove@proton.me", ["ada.love@protonmail.com", "ada-love@pm.me", "ada_love+x@protonmail.ch"]),
        ("ada-love@yandex.com", ["ada.love@yandex.ru", "ada-love@ya.ru", "Ada.Love+x@yandex.com.tr"]),
    ],
)  # fmt: skip
def test_one_inbox_is_counted_once(same: str, spellings: list[str]) -> None:
    """However its provider lets its address be written."""
    assert {inbox(each) for each in (same, *spellings)} == {same}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ada.love@example.org", "adalove@example.org"),
        ("ada.love@outlook.com", "adalove@outlook.com"),
        ("ada-love@gmail.com", "adalove@gmail.com"),
        ("ada_love@yahoo.com", "adalove@yahoo.com"),
        ("ada-love@example.org", "ada@example.org"),
        ("ada@fastmail.com", "ada@fastmail.fm"),
        ("ada@yahoo.com", "ada@yahoo.co.uk"),
        ("any@ada.gmail.com", "ada@gmail.com"),
        ("ada@notgmail.com", "ada@gmail.com"),
    ],
)
def test_two_inboxes_are_two(one: str, two: str) -> None:
    """Where a provider gives these to two people, neither uses up the mail of the other."""
    assert inbox(one) != inbox(two)


@given(
    st.text(max_size=30), st.sampled_from(["@gmail.com", "@yahoo.de", "@x.fastmail.com", "@", ""])
)
def test_an_inbox_is_its_own_inbox(local: str, rest: str) -> None:
    """Any text has one, and reading it again changes nothing."""
    found = inbox(f"{local}{rest}")
    assert inbox(found) == found
