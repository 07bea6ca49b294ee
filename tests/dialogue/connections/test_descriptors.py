"""Limits that fit the descriptors of the system."""

from __future__ import annotations

import pytest

from dialogue.connections.descriptors import fitted
from dialogue.limits import Limits


@pytest.mark.parametrize("descriptors", [None, 2128, 1_000_000])
def test_enough_descriptors_change_nothing(descriptors: int | None) -> None:
    """The limits are those of the settings."""
    limits = Limits()
    assert fitted(limits, descriptors) is limits


@pytest.mark.parametrize("descriptors", [64, 256, 1024, 2000])
def test_few_descriptors_are_not_all_for_connections(
    descriptors: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Each connection may have a file, and some are for the rest of us; the log says so."""
    limits = fitted(Limits(), descriptors)
    assert 2 * limits.max_connections < descriptors
    assert limits.max_requests < limits.max_connections
    assert "raise LimitNOFILE" in caplog.text
