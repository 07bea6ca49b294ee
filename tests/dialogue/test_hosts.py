"""Which names a host of the web can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import urls
from dialogue.hosts import ascii_host


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("blog.example", "blog.example"),
        ("a_b.example.", "a_b.example."),
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
    ],
)
def test_a_host_in_ascii(name: str, found: str) -> None:
    """As the DNS has it."""
    assert ascii_host(name) == found


@pytest.mark.parametrize(
    "name",
    ["", ".", "a..b", ".a", "a..", "☃.net", "-ü.example", "a b", "a/b", "a\\b", "%00", "x\x00", "\ud800",
     "::1%eth0", "::1%25eth0", ":", "1:2", "a" * 64, "a." * 200 + "b", "." * 20_000, "ü" * 20_000],
    ids=lambda name: ascii(name)[:20],
)  # fmt: skip
def test_what_no_host_is_called(name: str) -> None:
    """ValueError, and nothing else."""
    with pytest.raises(ValueError, match=r"."):
        ascii_host(name)


@given(
    st.sampled_from(("http://", "https://")),
    st.text(st.characters(codec=None), max_size=80),
    st.sampled_from(("", "/", "/a?b#c", ":80/", ":99999/")),
)
def test_a_url_that_is_checked_can_be_compared(scheme: str, host: str, rest: str) -> None:
    """What passes the first look never trips the second."""
    try:
        url = urls.checked(f"{scheme}{host}{rest}")
    except ValueError:
        return
    assert urls.same(url, url)
    assert urls.page(url)
