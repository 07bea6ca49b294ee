"""Only names that nobody else can point at this machine are answered."""

from __future__ import annotations

import pytest

from desk.preview.hosts import is_own


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8000",
        "blog.localhost:8000",
        "127.0.0.1",
        "127.0.0.1:8000",
        "127.8.9.1",
        "[::1]:8000",
        "[::1]",
    ],
)
def test_this_machine_is_answered(host: str) -> None:
    """Loopback addresses and localhost names may ask, with any port."""
    assert is_own(host, "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8000",
        "[]",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "192.168.1.4",
        "0.0.0.0",
        "[::ffff:192.168.1.4]",
        "127.0.0.1@evil.example",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    """A name that can be pointed here from outside is not ours, nor is another machine's address."""
    assert not is_own(host, "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "bind"),
    [
        ("192.168.1.4:8000", "192.168.1.4"),
        ("laptop.lan:8000", "laptop.lan"),
        ("192.168.1.4:8000", "0.0.0.0"),
        ("[fd00::4]:8000", "::"),
    ],
)
def test_an_address_bound_to_is_answered(host: str, bind: str) -> None:
    """What was bound to by name or address may be asked for; with all addresses, any of them."""
    assert is_own(host, bind)


def test_all_addresses_are_not_all_names() -> None:
    """Bound to every address, names are still refused."""
    assert not is_own("evil.example", "0.0.0.0")
