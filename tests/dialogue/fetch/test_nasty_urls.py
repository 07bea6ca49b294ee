"""URLs that strangers choose: each is fetched or refused, and never trips anything else."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Limits, fetch
from tests.dialogue.web import Answer, always, web

HOSTS = (
    *("☃.net", "xn--n3h.net", "ex ample.org", "a..b", ".a", "a.", "a" * 64 + ".org", "a." * 200),
    *(
        "[::1%25eth0]",
        "[fe80::1%eth0]",
        "[::1",
        "::1]",
        "[]",
        "[v1.x]",
        "[1.2.3.4]",
        "%00",
        "a%2eb",
    ),
    *("user@x.org", "user:pw@x.org", "@x.org", "x.org:99999", "x.org:-1", "x.org:0", "x.org:x"),
    *(
        "x.org:",
        "x.org:\uff18\uff10",
        "x\\y",
        "x.org\\@127.0.0.1",
        "x.org#@y",
        "\u202ex.org",
        "ẞ.org",
        "-",
    ),
    *(
        "\ud800.org",
        "a\u0301.org",
        "x\x00.org",
        "x\t.org",
        "\uff11\uff12\uff17.0.0.1",
        "0x7f.1",
        "2130706433",
    ),
    *("*.org", "<x>.org", "x'y.org", "xn--.org", "xn--a.org", "xn--" + "9" * 59 + ".org", "a。b"),
)
PATHS = (
    "",
    "/",
    "/%",
    "/%zz",
    "/\\",
    "/a b",
    "/é",
    "/\ud800",
    "/..",
    "?",
    "?=\x00",
    "#é",
    "/" * 9_000,
)
SCHEMES = ("http://", "https://", "HTTP://", "http:", "http:/", "http:\\\\", "//", "", "ht\ntp://")


@pytest.fixture(scope="module", autouse=True)
def no_names() -> Iterator[None]:
    """A resolver that knows no name, and reads names as the system's does: nothing is connected to."""

    def unknown(host: str, *_: object, **__: object) -> None:
        host.encode("idna")
        if "\0" in host:
            raise ValueError("embedded null character")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        yield


@pytest.mark.parametrize("host", HOSTS, ids=ascii)
def test_a_host_that_cannot_be_is_refused(host: str) -> None:
    """With a FetchError, whatever follows it; none leads to this machine."""
    for path in PATHS:
        with pytest.raises(FetchError):
            fetch(f"http://{host}{path}", limits=Limits(seconds=2))


@given(
    st.sampled_from(SCHEMES),
    st.sampled_from(HOSTS) | st.text(st.characters(codec=None), max_size=300),
    st.sampled_from(PATHS) | st.text(st.characters(codec=None), max_size=50),
)
def test_nothing_but_a_fetch_error_is_raised(scheme: str, host: str, path: str) -> None:
    """Of whatever characters a URL is made, lone surrogates among them."""
    with pytest.raises(FetchError):
        fetch(f"{scheme}{host}{path}", limits=Limits(seconds=2))


@pytest.mark.parametrize("place", [f"http://{host}/" for host in HOSTS], ids=ascii)
def test_a_redirect_to_such_a_host_is_refused(place: str) -> None:
    """A server may send any bytes as its Location."""
    raw = place.encode("utf-8", "surrogatepass").decode("latin-1")
    if "\0" in raw:
        return  # no header can have it
    site_answer = Answer(302, {"Location": raw})
    with pytest.MonkeyPatch.context() as patch, web(always(site_answer)) as site:
        patch.setattr(socket, "getaddrinfo", _only_local(site.port))
        with pytest.raises(FetchError):
            fetch(site.url, limits=site.limits)


def _only_local(port: int) -> Callable[..., list[tuple[object, ...]]]:
    def resolve(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    return resolve
