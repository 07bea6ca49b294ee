"""Which address block a connection, or a request behind a trusted proxy, is counted with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.casting import Network
from dialogue.web.address import Address, block, visitor


@dataclass(frozen=True, slots=True)
class Peers:
    """``trusted`` are the networks of proxies: one is not counted itself, but its visitors are."""

    trusted: Sequence[Network]

    def block(self, host: str) -> str:
        """The block of who connected; empty for a proxy, and where there is no address."""
        return self._named(visitor(host, (), ()))

    def visitor(self, host: str, own: str, headers: Sequence[tuple[bytes, bytes]]) -> str:
        """The block of a request; ``own`` is that of its connection."""
        if own or not self.trusted:
            return own
        name = b"x-forwarded-for"
        forwarded = [value.decode("latin-1") for key, value in headers if key == name]
        return self._named(visitor(host, forwarded, self.trusted))

    def _named(self, address: Address | None) -> str:
        if address is None or any(address in network for network in self.trusted):
            return ""
        return str(block(address))
