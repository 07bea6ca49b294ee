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
from pathlib import Path

import pytest

from desk.addresses import networks
from desk.fetch import FetchError, Limits, fetch
from tests.desk.web import Answer, Request, always, web
from tests.needs import program


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
    """A public page cannot send the desk to a private one."""
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


def test_a_compressed_body_is_unpacked() -> None:
    """It is the unpacked size that counts."""
    body = gzip.compress(b"x" * 1000)
    with web(always(Answer(200, {"Content-Encoding": "gzip"}, body))) as site:
        assert fetch(site.url, limits=replace(site.limits, size=1000)).body == b"x" * 1000
        with pytest.raises(FetchError, match="larger than 999 bytes"):
            fetch(site.url, limits=replace(site.limits, size=999))


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("", b"x" * 2_000_000, "larger than"),
        ("gzip", b"no gzip at all", "not the gzip"),
        ("gzip", gzip.compress(b"x" * 1000)[:-20], "ends before"),
        ("br", b"x", "not asked for"),
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


def test_a_bomb_is_not_unpacked() -> None:
    """What is too large is never in memory as a whole."""
    bomb = gzip.compress(b"\0" * 60_000_000)
    with web(always(Answer(200, {"Content-Encoding": "gzip"}, bomb))) as site:
        limits = replace(site.limits, size=1_000_000)
        tracemalloc.start()
        with pytest.raises(FetchError, match="larger than"):
            fetch(site.url, limits=limits)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 10_000_000


@contextmanager
def _slow(speak: Callable[[socket.socket], None]) -> Iterator[Limits]:
    """A server that takes its time; the port is the only one in the limits it yields."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            while not done.wait(0.02):
                try:
                    speak(connection)
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield Limits(seconds=0.5, ports=frozenset({port}), allowed=networks(["127.0.0.0/8"]))
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
            fetch(f"http://127.0.0.1:{port}/", limits=limits)
        assert time.monotonic() - start < 2


def test_a_resolver_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no time limit of its own."""
    release = threading.Event()

    def never(*arguments: object, **more: object) -> list[object]:
        release.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    start = time.monotonic()
    with pytest.raises(FetchError, match="took too long"):
        fetch("http://slow.example/", limits=Limits(seconds=0.2))
    release.set()
    assert time.monotonic() - start < 2


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
