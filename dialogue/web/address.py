"""Whose network a request came from, and the trace of it that may be kept for a while.

A trace is an HMAC of the network with a key of the day. Nobody without the secret can find the
network again, and after the day not even two visits of one network can be told to be so.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeAlias

from dialogue.casting import Network

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
# One household or office: what a provider gives to a customer.
_BLOCK = {4: 24, 6: 48}


def visitor(
    peer: str | None, forwarded: Sequence[str], trusted: Sequence[Network]
) -> Address | None:
    """The address of the visitor, or None where it cannot be known.

    ``peer`` is who connected, ``forwarded`` the values of X-Forwarded-For. They are believed from
    the right to the left, for as long as whoever says so is a trusted proxy.
    """
    found = _parsed(peer or "")
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    while found is not None and hops and _is_in(found, trusted):
        found = _parsed(hops.pop())
    return found


def block(address: Address) -> Network:
    """The network that ``address`` is counted with."""
    return ipaddress.ip_network((address, _BLOCK[address.version]), strict=False)


def traces(key: bytes, address: Address | None, now: datetime) -> tuple[str, ...]:
    """The traces that ``address`` leaves today and left yesterday; none if it is unknown."""
    if address is None:
        return ()
    network = str(block(address))
    return tuple(_trace(key, network, now.date() - timedelta(days=back)) for back in range(2))


def _trace(key: bytes, network: str, day: date) -> str:
    of_the_day = hmac.digest(key, day.isoformat().encode(), hashlib.sha256)
    return hmac.digest(of_the_day, network.encode(), hashlib.sha256).hex()


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _parsed(text: str) -> Address | None:
    """An address as proxies write it: with brackets or a port too; mapped IPv4 as IPv4."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
