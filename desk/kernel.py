"""What only Linux does for families of processes (prctl(2)); elsewhere the answer is no."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_PDEATHSIG = 1
_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> bool:
    """Become the parent of every descendant whose own parent ends; whether that was possible."""
    return _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> bool:
    """Have this process killed when ``parent``, which started it, ends; whether both is possible.

    Where the parent has ended already, nobody would kill it.
    """
    return _prctl(_SET_PDEATHSIG, signal.SIGKILL) and os.getppid() == parent


def outlive_parent() -> bool:
    """Have this process go on when its parent ends."""
    return _prctl(_SET_PDEATHSIG, 0)


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return int(prctl(option, value, 0, 0, 0)) == 0
