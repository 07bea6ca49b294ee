"""File descriptors: as many as the system gives, and some of them not for connections."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace

from dialogue.limits import Limits

if sys.platform != "win32":
    import resource

_log = logging.getLogger(__name__)
_OTHERS = 128
"""For databases, logs, mail and what else is open; each connection may have a file besides."""
_LEAST, _MOST = 16, 65_536


def raise_limit() -> int | None:
    """Allow this process as many descriptors as it may have, and say how many; None is any number.

    Where the system names no bound, it need not mean that: it is asked for a usual one.
    """
    if sys.platform == "win32":
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    most = max(soft, _MOST) if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def fitted(limits: Limits, descriptors: int | None) -> Limits:
    """The limits as that many descriptors allow them, so that accepting never takes the last."""
    wanted = 2 * limits.max_connections + _OTHERS
    if descriptors is None or wanted <= descriptors:
        return limits
    connections = max(_LEAST, (descriptors - min(_OTHERS, descriptors // 2)) // 2)
    _log.warning(
        "%d connections need %d file descriptors, the system allows %d: "
        "serving %d; raise LimitNOFILE or lower DIALOGUE_MAX_CONNECTIONS",
        *(limits.max_connections, wanted, descriptors, connections),
    )
    return replace(
        limits,
        max_connections=connections,
        max_requests=min(limits.max_requests, max(1, connections // 2)),
    )
