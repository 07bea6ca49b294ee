"""Host names in URLs and mail addresses, as the DNS knows them."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

import idna

# RFC 1035, section 2.3.4, without the root's dot.
_LONGEST = 253
# What hosts of the web have in their labels; the underscore is in some.
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,63}")


def ascii_host(name: str) -> str:
    """The host ``name`` of a URL in ASCII; raises ValueError where no host can be called that.

    An IPv6 address, which has no brackets here, is returned as it is; with the name of a network
    interface it is none.
    """
    if ":" in name:
        if "%" in name:
            raise ValueError("an address with a network interface is no host for others")
        return str(IPv6Address(name))
    if not name or len(name) > _LONGEST + 1:
        raise ValueError("no host has a name of that length")
    found = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    bare = found.removesuffix(".")
    if len(bare) > _LONGEST or not all(map(_LABEL.fullmatch, bare.split("."))):
        raise ValueError("no host can have that name")
    return found
