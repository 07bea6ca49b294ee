"""The one way to the network: what it refuses, and that it always comes to an end."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import brotli
import pytest

from dialogue.fetch.addresses import networks
from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Limits, fetch
from tests.dialogue.web import Answer, Request, always, web
from tests.needs import program
from tests.waiting import PATIENCE


def test_a_page_is_fetched() -> None:
    """With its status, its headers and its body, and a polite question."""
    with web(always(Answer(200, {"X-Kind": "Test"}, b"hello"))) as site:
        answer = fetch(
            f"{site.url}/a/b%20c?d=e#f", headers={"Accept": "text/html"}, limits=site.limits
        )
    assert (answer.ok, answer.status, answer.body) == (True, 200, b"hello")
    assert answer.headers["x-kind"] == "Test"
    (asked,) = site.requests
    assert (asked.method, asked.path) == ("GET", "/a/b%20c?d=e")
    assert asked.headers["Accept"] == "text/html"
    assert asked.headers["Host"] == f"127.0.0.1:{site.port}"
    assert "Parley" in asked.headers["User-Agent"]


def test_a_form_is_posted() -> None:
    """As forms are."""
    with web(always(Answer(204))) as site:
        assert fetch(site.url, form=[("a", "b c"), ("d", "é&")], limits=site.limits).ok
    (asked,) = site.requests
    assert (asked.method, asked.body) == ("POST", b"a=b+c&d=%C3%A9%26")
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "javascript:x",
        "//example.org/",
        "example.org",
        "http://",
        "http:///x",
        "http://[::1",
        "http://user:secret@example.org/",
        "http://example.org/\r\nX: y",
        "http://example.org/a b",
        "http://example.org:abc/",
        "http://.example.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    """Other schemes, secrets in addresses, and line ends among them."""
    with pytest.raises(FetchError):
        fetch(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]",
     "169.254.169.254", "10.0.0.1", "[fe80::1]", "0"],
)  # fmt: skip
def test_this_machine_and_its_network_are_refused(host: str) -> None:
    """However they are written; nothing is connected to."""
    with pytest.raises(FetchError, match=r"no public address|cannot be fetched"):
        fetch(f"http://{host}/")


def test_a_name_is_refused_if_any_of_its_addresses_is_not_public(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or a rebinding name would get through every other time; it is resolved once."""
    asked: list[str] = []

    def resolve(host: str, port: int, **more: object) -> list[object]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("93.184.216.34", "127.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"127\.0\.0\.1, which is no public address"):
        fetch("http://rebinding.example/")
    assert asked == ["rebinding.example"]


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is not looked up again, and is still what the server is asked for."""
    with web(always(Answer(body=b"x"))) as site:
        real = socket.getaddrinfo
        asked: list[object] = []

        def resolve(host: object, port: int, *rest: object, **more: object) -> object:
            asked.append(host)
            return real("127.0.0.1" if len(asked) == 1 else str(host), port, *rest, **more)  # type: ignore[arg-type]  # passed on

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        assert fetch(f"http://name.example:{site.port}/", limits=site.limits).body == b"x"
        assert [host for host in asked if host != "127.0.0.1"] == ["name.example"]
    assert site.requests[0].headers["Host"] == f"name.example:{site.port}"


def test_other_ports_are_refused() -> None:
    """Where databases and mail servers listen."""
    with pytest.raises(FetchError, match="port 6379"):
        fetch("http://example.org:6379/")


def _redirect(to: str, status: int = 302) -> Callable[[Request], Answer]:
    return lambda request: (
        Answer(status, {"Location": to}) if request.path == "/" else Answer(body=b"end")
    )


def test_redirects_are_followed() -> None:
    """Also relative ones; the answer says where it came from."""
    with web(_redirect("next?x=1")) as site:
        answer = fetch(f"{site.url}/", limits=site.limits)
        assert (answer.body, answer.url) == (b"end", f"{site.url}/next?x=1")


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd", "http://127.0.0.1:22/"]
)
def test_a_redirect_is_checked_like_an_address(target: str) -> None:
    """A public page cannot lead to a private one."""
    with web(_redirect(target)) as site, pytest.raises(FetchError):
        fetch(f"{site.url}/", limits=site.limits)


def test_redirects_come_to_an_end() -> None:
    """A circle is an error."""
    with web(always(Answer(301, {"Location": "/"}))) as site:
        with pytest.raises(FetchError, match="too often"):
            fetch(site.url, limits=replace(site.limits, redirects=3))
        assert len(site.requests) == 4


def test_a_posted_form_is_sent_on_only_as_a_post() -> None:
    """A redirect that would make it another request is the answer."""
    with web(_redirect("/next", 307)) as site:
        assert fetch(f"{site.url}/", form=[("a", "b")], limits=site.limits).body == b"end"
        assert [request.method for request in site.requests] == ["POST", "POST"]
    with web(_redirect("/next", 302)) as site:
        assert fetch(f"{site.url}/", form=[("a", "b")], limits=site.limits).status == 302
        assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("GZip", gzip.compress), ("br", brotli.compress)],
)
def test_a_compressed_body_is_unpacked(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    """It is the unpacked size that counts."""
    body = pack(b"x" * 1000)
    with web(always(Answer(200, {"Content-Encoding": encoding}, body))) as site:
        assert fetch(site.url, limits=replace(site.limits, size=1000)).body == b"x" * 1000
        with pytest.raises(FetchError, match="larger than 999 bytes"):
            fetch(site.url, limits=replace(site.limits, size=999))


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("", b"x" * 2_000_000, "larger than"),
        ("gzip", b"no gzip at all", "not the gzip"),
        # A name of a test is the same in every worker: no time of day in it.
        ("gzip", gzip.compress(b"x" * 1000, mtime=0)[:-20], "ends before"),
        ("br", b"no brotli at all", "not the brotli"),
        ("br", brotli.compress(b"x" * 1000)[:-2], "ends before"),
        ("compress", b"x", "not asked for"),
    ],
)
def test_a_body_too_large_or_not_what_it_says_is_an_error(
    encoding: str, body: bytes, message: str
) -> None:
    """The message says which."""
    headers = {"Content-Encoding": encoding} if encoding else {}
    with web(always(Answer(200, headers, body))) as site:
        limits = replace(site.limits, size=1_000_000)
        with pytest.raises(FetchError, match=message):
            fetch(site.url, limits=limits)


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", partial(brotli.compress, quality=5))]
)
def test_a_bomb_is_not_unpacked(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    """What is too large is never in memory as a whole."""
    bomb = pack(b"\0" * 60_000_000)
    with web(always(Answer(200, {"Content-Encoding": encoding}, bomb))) as site:
        limits = replace(site.limits, size=1_000_000)
        tracemalloc.start()
        with pytest.raises(FetchError, match="larger than"):
            fetch(site.url, limits=limits)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 10_000_000


@contextmanager
def _slow(speak: Callable[[socket.socket], None], first: bytes = b"") -> Iterator[Limits]:
    """A server that takes its time after ``first``; its port is the only one in the limits."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(first)
            while not done.wait(0.02):
                try:
                    speak(connection)
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield Limits(seconds=3, ports=frozenset({port}), allowed=networks(["127.0.0.0/8"]))
    finally:
        done.set()
        listener.close()
        thread.join()


@pytest.mark.parametrize(
    "said", [b"", b"H", b"HTTP/1.1 200 OK\r\nX: y\r\n", b"HTTP/1.1 200 OK\r\n\r\nx"]
)
def test_a_server_that_never_comes_to_an_end_is_given_up(said: bytes) -> None:
    """Silent, or with a byte every now and then, which no socket's own timeout ends."""
    with _slow(lambda connection: connection.sendall(said)) as limits:
        (port,) = limits.ports
        start = time.monotonic()
        with pytest.raises(FetchError):
            fetch(f"http://127.0.0.1:{port}/", limits=replace(limits, seconds=0.5))
        assert time.monotonic() - start < 20


def test_a_resolver_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no time limit of its own."""
    release = threading.Event()

    def never(*arguments: object, **more: object) -> list[object]:
        release.wait(PATIENCE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    start = time.monotonic()
    with pytest.raises(FetchError, match="took too long"):
        fetch("http://slow.example/", limits=Limits(seconds=0.2))
    release.set()
    assert time.monotonic() - start < 20


def test_a_server_that_is_not_there_is_an_error_that_says_so() -> None:
    """With its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    limits = Limits(ports=frozenset({port}), allowed=networks(["127.0.0.0/8"]))
    with pytest.raises(FetchError, match=f"http://127.0.0.1:{port}/ cannot be fetched"):
        fetch(f"http://127.0.0.1:{port}/", limits=limits)


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """Before anything is sent."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
               "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with web(always(Answer(body=b"x")), context) as site:
        with pytest.raises(FetchError, match="certificate"):
            fetch(site.url, limits=site.limits)
        assert site.requests == []


def test_nothing_follows_the_end_of_a_compressed_body() -> None:
    """Whatever a server goes on to send is neither kept nor waited for."""
    body = gzip.compress(b"x" * 10)
    with _slow(
        lambda connection: connection.sendall(b"y" * 65_536),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body,
    ) as limits:
        (port,) = limits.ports
        assert fetch(f"http://127.0.0.1:{port}/", limits=limits).body == b"x" * 10


def test_headers_without_end_are_given_up() -> None:
    """Each of them is short, and there are fewer than http.client counts."""
    line = b"X: " + b"y" * 60_000 + b"\r\n"
    with _slow(lambda connection: connection.sendall(line), b"HTTP/1.1 200 OK\r\n") as limits:
        (port,) = limits.ports
        with pytest.raises(FetchError, match="headers are too large"):
            fetch(f"http://127.0.0.1:{port}/", limits=replace(limits, seconds=PATIENCE))


def test_headers_sent_several_times_are_all_read() -> None:
    """In their order, as one."""
    with _slow(
        lambda connection: connection.close(), b"HTTP/1.1 200 OK\r\nLink: <a>\r\nLINK: <b>\r\n\r\n"
    ) as limits:
        (port,) = limits.ports
        assert fetch(f"http://127.0.0.1:{port}/", limits=limits).headers["link"] == "<a>, <b>"


def test_an_error_is_its_status() -> None:
    """With an excerpt of its body, and though that never comes to an end."""
    with web(always(Answer(410, body=b"gone" * 10_000))) as site:
        answer = fetch(site.url, limits=replace(site.limits, size=10))
        assert (answer.status, answer.ok) == (410, False)
        assert b"gonegone" in answer.body
        assert len(answer.body) <= 2000
    with _slow(lambda _: None, b"HTTP/1.1 410 Gone\r\n\r\n") as limits:
        (port,) = limits.ports
        assert fetch(f"http://127.0.0.1:{port}/", limits=limits).status == 410


def test_a_redirect_leads_on_though_its_body_never_comes() -> None:
    """Nobody reads it."""
    with web(always(Answer(body=b"end"))) as site:
        said = f"HTTP/1.1 302 Found\r\nLocation: {site.url}/\r\n\r\n".encode()
        with _slow(lambda _: None, said) as limits:
            (port,) = limits.ports
            both = replace(limits, ports=limits.ports | site.limits.ports)
            assert fetch(f"http://127.0.0.1:{port}/", limits=both).body == b"end"


def test_no_cookie_is_ever_sent_back() -> None:
    """Not even to the next hop of a redirect."""

    def answer(request: Request) -> Answer:
        onward = {"Set-Cookie": "a=b; Path=/", "Location": "/next"}
        return Answer(302, onward) if request.path == "/" else Answer()

    with web(answer) as site:
        fetch(f"{site.url}/", limits=site.limits)
        assert [asked.path for asked in site.requests] == ["/", "/next"]
        assert not [asked for asked in site.requests if "Cookie" in asked.headers]


def test_a_silent_address_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """As sites have two addresses of which one does not answer."""
    with (
        web(always(Answer(body=b"x"))) as site,
        socket.create_server(("127.0.0.2", site.port), backlog=0) as deaf,
    ):
        full = [socket.socket() for _ in range(3)]
        for sock in full:  # fills the queue of connections, so that the next gets no answer
            sock.setblocking(False)
            sock.connect_ex(deaf.getsockname())
        found = [(0, 0, 0, "", (at, site.port)) for at in ("127.0.0.2", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", _resolver(found))
        limits = replace(site.limits, seconds=6)
        assert fetch(f"http://name.example:{site.port}/", limits=limits).body == b"x"
        for sock in full:
            sock.close()


def _resolver(found: list[tuple[int, int, int, str, tuple[str, int]]]) -> Callable[..., object]:
    """A resolver that knows one name, and addresses as the system does."""
    real = socket.getaddrinfo
    return lambda host, *rest, **more: (
        found if host == "name.example" else real(host, *rest, **more)
    )


def test_a_name_is_read_as_browsers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the older rules of names lead to somebody else."""
    asked: list[str] = []

    def resolve(host: str, *_: object, **more: object) -> list[object]:
        asked.append(host)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match="no address"):
        fetch("http://straße.example/")
    assert asked == ["xn--strae-oqa.example"]
