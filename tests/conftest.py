"""What all tests share: the repository's folder, and how hard hypothesis tries."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import compiled

ROOT = Path(__file__).resolve().parent.parent

# The tests start hundreds of processes, which need not compile our code anew each time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A plain run tries the same examples every time: a failure is the change's, not the day's. The deep
# run looks for new ones and prints how to repeat what it finds. No deadline: machines differ.
settings.register_profile("plain", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=2000, print_blob=True, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the hypothesis profile that goes with the tests chosen."""
    settings.load_profile("deep" if config.option.markexpr.startswith("deep") else "plain")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Templates are compiled once in each process of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        compiled.share(patch)
        yield
