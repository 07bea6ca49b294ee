"""Which addresses the desk may connect to."""

from __future__ import annotations

import pytest

from dialogue.fetch.addresses import may_connect, networks, parsed


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111"])
def test_public_addresses_may_be_connected_to(address: str) -> None:
    """Of both versions."""
    assert may_connect(parsed(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d822",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:53aa:64c::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:5db8:d822::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_no_other_address_may_be_connected_to(address: str) -> None:
    """This machine, this network, groups, and public addresses said in a roundabout way."""
    assert not may_connect(parsed(address))


def test_an_address_with_an_interface_is_none() -> None:
    """It would mean another machine on each network."""
    with pytest.raises(ValueError, match="interface"):
        parsed("fe80::1%eth0")
    with pytest.raises(ValueError, match="does not appear"):
        parsed("localhost")


def test_a_test_can_allow_its_own_network() -> None:
    """And only that."""
    allowed = networks(["127.0.0.0/8", "::1"])
    assert may_connect(parsed("127.0.0.1"), allowed)
    assert may_connect(parsed("::1"), allowed)
    assert not may_connect(parsed("10.0.0.1"), allowed)
    assert not may_connect(parsed("::ffff:127.0.0.1"), allowed)
