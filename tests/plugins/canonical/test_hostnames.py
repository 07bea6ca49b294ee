"""Host names for machines and for people."""

import pytest

from plugins.canonical.hostnames import ascii_host, display_host


@pytest.mark.parametrize(
    ("host", "machine"),
    [
        ("Example.COM", "example.com"),
        ("example.com.", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("a_b.example", "a_b.example"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0::1", "[2001:db8::1]"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_has_one_form_for_machines(host: str, machine: str) -> None:
    """Names are lower case ASCII by the rules browsers follow, IPv6 addresses are shortest."""
    assert ascii_host(host) == machine


@pytest.mark.parametrize(
    "host",
    [
        *("", ".", "a..b", "-a.example", "a b", "%65.example", "a/b", "x" * 64, "a.b" * 100),
        *("1::2::3", "fe80::1%eth0", "\u200d.example", "ex\u202eample.com", "a\x00b", "xn--\u00e9"),
    ],
)
def test_an_impossible_host_is_refused(host: str) -> None:
    """What no host can be called raises ValueError, whatever it contains."""
    with pytest.raises(ValueError, match=r"impossible host name|network interface"):
        ascii_host(host)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("www.example.com", "example.com"),
        ("WWW.Example.com", "example.com"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--strae-oqa.example", "straße.example"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("xn--wgv71a119e.jp", "日本語.jp"),
        ("::1", "[::1]"),
    ],
)
def test_people_see_a_name_in_its_own_script(host: str, shown: str) -> None:
    """``www.`` is dropped and an honest international name is decoded."""
    assert display_host(host) == shown


@pytest.mark.parametrize(
    "name",
    [
        "аррӏе",  # noqa: RUF001  # Cyrillic throughout, drawn like a Latin word
        "pаypal",  # noqa: RUF001  # one Cyrillic letter among Latin ones
        "ɡoogle",  # noqa: RUF001  # a phonetic letter
    ],
)
def test_a_name_in_disguise_stays_encoded(name: str) -> None:
    """What can be taken for a name in another script is shown as machines spell it."""
    encoded = ascii_host(f"{name}.com")
    assert encoded.startswith("xn--")
    assert display_host(encoded) == encoded


@pytest.mark.parametrize("host", ["xn--", "xn--a", "xn--99999999", "xn--zzzzzzzzzzzz.com"])
def test_a_broken_encoding_is_shown_as_it_is(host: str) -> None:
    """A label that only pretends to be encoded does not fail and is not decoded."""
    assert display_host(host) == host
