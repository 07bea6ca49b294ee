"""Starts ``python -m dialogue serve`` so that it may look at webmention sources on this machine.

No setting of the service leads to a private address, so the limits are replaced before it starts.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from typing import SupportsIndex

from dialogue.cli import main
from dialogue.fetch.addresses import networks
from dialogue.webmention import worker


def _allow(port: int) -> None:
    limits = replace(
        worker.LIMITS, ports=frozenset({port}), allowed=networks(["127.0.0.0/8"]), seconds=2.0
    )
    worker.LIMITS = limits


def _sleep(seconds: SupportsIndex | float, /) -> None:
    """As time.sleep, which libfaketime 0.9.10 lets fail where it leaves the monotonic clock alone."""
    threading.Event().wait(float(seconds))


if __name__ == "__main__":
    time.sleep = _sleep
    _allow(int(sys.argv[1]))
    sys.exit(main(["serve"]))
