"""What a test needs from the machine: skipped for want of it, or failed where nothing may be missing.

CI sets ``PARLEY_REQUIRE_ALL``, so that a green run there has skipped nothing.
"""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


def require(condition: object, reason: str) -> None:
    """Skip the test if ``condition`` is false; fail it if ``PARLEY_REQUIRE_ALL`` is set."""
    if condition:
        return
    if os.environ.get("PARLEY_REQUIRE_ALL"):
        pytest.fail(f"PARLEY_REQUIRE_ALL is set, but: {reason}", pytrace=False)
    pytest.skip(reason)


def program(*names: str) -> str:
    """Return the path of the first of the programs that is installed; skip or fail without one."""
    found = next(filter(None, map(shutil.which, names)), None)
    require(found, f"{names[0]} is not installed")
    assert found is not None
    return found
