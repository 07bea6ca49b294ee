"""Visitors' addresses: believed from trusted proxies only, kept as traces that fade."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest

from dialogue.casting import networks
from dialogue.web.address import block, traces, visitor

PROXIES = networks("10.0.0.0/8, fd00::/8")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", (), "203.0.113.7"),
        ("203.0.113.7", ("198.51.100.1",), "203.0.113.7"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.2.3.4, 198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.2.3.4", "198.51.100.1, 10.9.9.9"), "198.51.100.1"),
        ("10.0.0.1", ("10.0.0.2",), "10.0.0.2"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("fd00::1", ("[2001:db8::7]:4711",), "2001:db8::7"),
        ("10.0.0.1", ("198.51.100.1:4711",), "198.51.100.1"),
        ("::ffff:203.0.113.7", (), "203.0.113.7"),
        ("::ffff:10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("unknown",), None),
        ("10.0.0.1", ("1.2.3.4, ",), None),
        (None, ("1.2.3.4",), None),
        ("", (), None),
    ],
)
def test_only_trusted_proxies_are_believed(
    peer: str | None, forwarded: tuple[str, ...], found: str | None
) -> None:
    """From the right to the left, as long as who says so is trusted; else it is who connected."""
    wanted = ipaddress.ip_address(found) if found else None
    assert visitor(peer, forwarded, PROXIES) == wanted


def test_without_trusted_proxies_the_header_is_worth_nothing() -> None:
    """A forged X-Forwarded-For changes nothing, whoever connects."""
    for peer in ("127.0.0.1", "10.0.0.1"):
        assert visitor(peer, ("1.2.3.4",), ()) == ipaddress.ip_address(peer)


def test_a_household_is_one_network() -> None:
    """The last byte of IPv4, and all that a provider gives to one customer of IPv6, do not count."""
    assert str(block(ipaddress.ip_address("203.0.113.7"))) == "203.0.113.0/24"
    assert str(block(ipaddress.ip_address("2001:db8:1:2:3::7"))) == "2001:db8:1::/48"


def test_a_trace_is_recognised_today_and_tomorrow() -> None:
    """Yesterday's is among today's, and the day before yesterday's is not."""
    address = ipaddress.ip_address("203.0.113.7")
    days = [traces(b"key", address, NOON + timedelta(days=number)) for number in range(3)]
    assert days[0][0] == days[1][1]
    assert not set(days[0]) & set(days[2])


def test_a_trace_needs_the_key() -> None:
    """Another key gives another trace, another network too; an unknown address leaves none."""
    address, other = ipaddress.ip_address("203.0.113.7"), ipaddress.ip_address("203.0.114.7")
    found = {
        traces(b"key", address, NOON),
        traces(b"other", address, NOON),
        traces(b"key", other, NOON),
    }
    assert len(found) == 3
    assert traces(b"key", None, NOON) == ()
