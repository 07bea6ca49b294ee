"""Who is counted with whom."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from dialogue.connections.peers import Peers

PROXIED = Peers((ip_network("10.0.0.0/8"), ip_network("::1/128")))
FORWARDED = b"x-forwarded-for"


@pytest.mark.parametrize(
    ("host", "block"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("10.1.2.3", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_a_connection_counts_with_its_block(host: str, block: str) -> None:
    """A /24 or a /48; a trusted proxy with nobody, nor a socket without an address."""
    assert PROXIED.block(host) == block


@pytest.mark.parametrize(
    ("host", "headers", "block"),
    [
        ("10.1.2.3", [(FORWARDED, b"203.0.113.7")], "203.0.113.0/24"),
        ("10.1.2.3", [(FORWARDED, b"1.2.3.4, 203.0.113.7, 10.9.9.9")], "203.0.113.0/24"),
        ("10.1.2.3", [(FORWARDED, b"nonsense")], ""),
        ("10.1.2.3", [], ""),
        ("198.51.100.7", [(FORWARDED, b"203.0.113.7")], "198.51.100.0/24"),
    ],
)
def test_a_request_counts_with_the_visitor(
    host: str, headers: list[tuple[bytes, bytes]], block: str
) -> None:
    """Whom only a trusted proxy can name."""
    assert PROXIED.visitor(host, PROXIED.block(host), headers) == block
