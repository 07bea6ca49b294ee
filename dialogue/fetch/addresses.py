"""Which addresses may be connected to: the public internet, and nothing behind its own router.

An address in a feed, a page or a setting may have been chosen by somebody else. One that leads to
this machine or this network would make us their tool there (server-side request forgery).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What ``is_global`` lets pass: ways to say an IPv4 address in IPv6, relays into other networks,
# and prefixes that were private once. (IANA special-purpose registries; RFC 3879, 6052, 8215.)
_INDIRECT: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "192.88.99.0/24",  # 6to4 relays
            "::/96",  # IPv4-compatible
            "::ffff:0:0/96",  # IPv4-mapped
            "::ffff:0:0:0/96",  # IPv4-translated
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",  # NAT64, local
            "100::/64",  # discard
            "2001::/23",  # Teredo and other assignments of IETF protocols
            "2002::/16",  # 6to4
            "5f00::/16",  # segment routing
            "fec0::/10",  # site-local
        ),
    )
)


def parsed(text: str) -> Address:
    """The address in ``text``; raises ValueError where it is none, or names a network interface."""
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.scope_id:
        raise ValueError(f"{text!r} names a network interface of this machine")
    return address


def may_connect(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether ``address`` is on the public internet, or in one of the ``allowed`` networks."""
    if _in(address, allowed):
        return True
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not special and not _in(address, _INDIRECT)


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks written as "127.0.0.0/8" or "::1"."""
    return tuple(map(ip_network, texts))


def _in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
