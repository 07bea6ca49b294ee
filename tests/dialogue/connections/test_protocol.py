"""One connection: its deadlines, what it may pile up, and what it is told, on real sockets."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from dialogue.web.security import Kind, headers
from tests.dialogue.connections.attacks import FORM, HEAD, POST
from tests.dialogue.connections.conftest import laid_out
from tests.dialogue.serving import Place, Running
from tests.waiting import PATIENCE

GET = b"GET /tea/ HTTP/1.1\r\n" + HEAD
# Short enough to wait for.
SOON = {
    "DIALOGUE_SERVE_SITE": "yes",
    "DIALOGUE_HEADER_SECONDS": "1",
    "DIALOGUE_BODY_SECONDS": "1",
    "DIALOGUE_ANSWER_SECONDS": "1",
    "DIALOGUE_IDLE_SECONDS": "2",
}


@pytest.fixture(scope="module")
def running(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with short deadlines, for all of these tests."""
    place = laid_out(tmp_path_factory.mktemp("connections"), sqlite_template)
    with place.serve(**SOON) as found:
        yield found


@contextmanager
def connected(running: Running, *, buffer: int = 0) -> Iterator[socket.socket]:
    """A connection to the service; with a small buffer little is received unread."""
    port = int(running.url.rpartition(":")[2])
    with socket.socket() as sock:
        if buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        sock.settimeout(PATIENCE)
        sock.connect(("127.0.0.1", port))
        yield sock


def rest(sock: socket.socket) -> bytes:
    """Everything up to the end of the connection."""
    found = b""
    with suppress(ConnectionResetError):
        while data := sock.recv(65_536):
            found += data
    return found


def ask(running: Running, data: bytes) -> bytes:
    """What a connection is told that sends this and waits."""
    with connected(running) as sock:
        sock.sendall(data)
        return rest(sock)


def status(answer: bytes) -> int:
    """The status of the first answer."""
    return int(answer.split(b" ", 2)[1])


def drip(sock: socket.socket) -> bytes:
    """Send a byte ten times a second for as long as the connection lasts; what came back."""
    with suppress(ConnectionError):
        for _ in range(100):
            sock.sendall(b"x")
            sock.settimeout(0.1)
            with suppress(TimeoutError):
                return rest(sock)
    sock.settimeout(PATIENCE)
    return rest(sock)


def test_headers_have_a_deadline(running: Running) -> None:
    """Half a header, and nothing at all, are answered with 408."""
    for half in (GET, b"GET", b""):
        answer = ask(running, half)
        assert status(answer) == 408
        assert b"connection: close" in answer.lower()


def test_a_byte_now_and_then_does_not_extend_it(running: Running) -> None:
    """Headers and bodies that trickle in are answered with 408 just as soon."""
    for begun in (GET + b"X-Slow: ", POST + b"Content-Length: 1000\r\n\r\n"):
        with connected(running) as sock:
            start = time.monotonic()
            sock.sendall(begun)
            assert status(drip(sock)) == 408
            assert time.monotonic() - start < 9


def test_a_body_that_the_site_does_not_want_does_not_hold_the_connection(running: Running) -> None:
    """The answer is there at once; what trickles in after it is not waited for."""
    with connected(running) as sock:
        sock.sendall(b"POST /tea/ HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\n")
        assert status(drip(sock)) == 405


def test_an_idle_connection_is_closed(running: Running) -> None:
    """After its answer, without another word; one that goes on is kept."""
    with connected(running) as sock:
        for _ in range(4):
            time.sleep(0.6)
            sock.sendall(GET + b"\r\n")
            answer = b""
            while not answer.endswith(b"</article>\n"):
                answer += sock.recv(65_536)
            assert status(answer) == 200
        assert rest(sock) == b""


def test_who_does_not_read_is_cut(running: Running) -> None:
    """Of a large file only what the system keeps has been sent."""
    with connected(running, buffer=4096) as sock:
        sock.sendall(b"GET /large.bin HTTP/1.1\r\n" + HEAD + b"\r\n")
        time.sleep(5)
        assert 0 < len(rest(sock)) < 15_000_000


def test_an_answer_that_nobody_takes_is_no_work(place: Place) -> None:
    """Wherever the system stops to take it, and whatever was asked for behind it, it is cut."""
    with place.serve(**SOON, DIALOGUE_MAX_BLOCK_REQUESTS="1") as running, ExitStack() as stack:
        for size in range(1, 60):
            sock = stack.enter_context(connected(running, buffer=4096))
            span = b"Range: bytes=0-%d\r\n" % (size * 65_536)
            sock.sendall(
                b"GET /large.bin HTTP/1.1\r\nConnection: close\r\n" + HEAD + span + b"\r\n"
            )
            sock.sendall(GET + b"\r\n")
            time.sleep(0.02)
        time.sleep(4)
        assert status(ask(running, GET + b"Connection: close\r\n\r\n")) == 200


def test_who_reads_slowly_gets_all_of_it(running: Running) -> None:
    """A download that takes longer than every deadline goes on as long as it goes on."""
    with connected(running) as sock:
        sock.sendall(b"GET /large.bin HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n")
        found, start = 0, time.monotonic()
        while data := sock.recv(400_000):
            found += len(data)
            time.sleep(0.06)
        assert time.monotonic() - start > 2
    assert found > 20_000_000


def test_old_clients_are_answered(running: Running) -> None:
    """HTTP/1.0 gets its answer, and the end of the connection at once."""
    answer = ask(running, b"GET /tea/ HTTP/1.0\r\n\r\n")
    assert status(answer) == 200
    assert b"<title>tea</title>" in answer


def test_an_upgrade_is_not_taken(running: Running) -> None:
    """What asks for another protocol is answered in this one, and the connection ends."""
    words = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n"
    assert status(ask(running, GET + words)) == 200


@pytest.mark.parametrize(
    "data",
    [
        GET + b"X-Long: " + b"x" * 40_000 + b"\r\n\r\n",
        GET + b"X-Long: " + b"x" * 40_000,
        GET + b"a:b\r\n" * 2_000 + b"\r\n",
        b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\n\r\n",
    ],
    ids=["one long line", "a line without end", "many lines", "a long target"],
)
def test_large_headers_are_refused(running: Running, data: bytes) -> None:
    """However they are large."""
    assert status(ask(running, data)) == 431


def test_usual_requests_that_follow_each_other_are_answered(running: Running) -> None:
    """Ten requests at once get ten answers in order; a flood is cut."""
    with connected(running) as sock:
        sock.sendall((GET + b"\r\n") * 10)
        assert rest(sock).count(b"<title>tea</title>") == 10
    with connected(running) as sock, suppress(ConnectionError):
        sock.sendall((GET + b"\r\n") * 10_000)
        assert rest(sock).count(b"HTTP/1.1 ") < 20


def test_a_form_in_many_chunks_is_taken_unless_they_are_tiny(running: Running) -> None:
    """Chunks of 100 bytes are a form; thousands of one byte are none."""
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    usual = b"64\r\n" + b"x" * 100 + b"\r\n"
    assert status(ask(running, chunked + usual * 3_000 + b"0\r\n\r\n")) < 500
    assert status(ask(running, chunked + b"1\r\nx\r\n" * 3_000)) == 400


def test_a_form_too_large_is_refused_before_it_is_read(running: Running) -> None:
    """The announced length decides; whoever sends it all the same sees the answer still."""
    announced = POST + b"Content-Length: 2000000\r\n\r\n"
    assert status(ask(running, announced)) == 413
    assert status(ask(running, announced + b"x" * 900_000)) == 413


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"NONSENSE\r\n\r\n",
        b"GET\r\n\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\n\r\n",
        GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        GET + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
        b"GET \xff HTTP/1.1\r\n\r\n",
        GET + b"Bad Header: x\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=[
        *("TLS", "no HTTP", "no target", "CONNECT", "two lengths", "smuggling"),
        *("no ASCII", "bad name", "bad chunk"),
    ],
)
def test_what_is_no_request_gets_400(running: Running, data: bytes) -> None:
    """In plain text, with the security headers, and the connection ends."""
    answer = ask(running, data)
    assert status(answer) == 400
    head = answer.partition(b"\r\n\r\n")[0].decode().lower()
    for name, value in headers(Kind.SERVICE).items():
        assert f"{name}: {value}".lower() in head


def test_an_address_block_has_a_share(place: Place) -> None:
    """Of connections: the one that has waited longest is told 503, and when to come back."""
    served = place.serve(DIALOGUE_MAX_BLOCK_CONNECTIONS="2")
    with served as running, connected(running) as first, connected(running) as second:
        first.sendall(GET)
        second.sendall(GET)
        time.sleep(0.3)
        with connected(running):
            answer = rest(first)
            assert status(answer) == 503
            assert b"\r\nRetry-After: 2\r\n" in answer


def test_the_largest_unfinished_form_makes_way(place: Place) -> None:
    """When all forms together are too large, it is told 503; a small one is taken."""
    with place.serve(DIALOGUE_MAX_BODY_BYTES="65536") as running, connected(running) as large:
        large.sendall(POST + b"Content-Length: 100000\r\n\r\n" + b"x" * 60_000)
        time.sleep(1)
        form = b"target=tea&name=Ada&text=" + b"y" * 9_000
        length = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(form)
        assert status(ask(running, POST + length + form)) == 200
        assert status(rest(large)) == 503


def test_the_visitors_of_a_proxy_have_their_share(place: Place) -> None:
    """A request of a block that has one is told 429; connections of the proxy are not counted."""
    limits = {
        "DIALOGUE_TRUSTED_PROXIES": "127.0.0.0/8",
        "DIALOGUE_MAX_BLOCK_CONNECTIONS": "1",
        "DIALOGUE_MAX_BLOCK_REQUESTS": "1",
    }

    def form(visitor: bytes) -> bytes:
        text = b"source=https://other.example/&target=https://blog.example/tea/"
        length = b"X-Forwarded-For: %b\r\nContent-Length: %d\r\n" % (visitor, len(text))
        return b"POST /dialogue/webmention HTTP/1.1\r\n" + HEAD + FORM + length + b"\r\n" + text

    with place.serve(**limits) as running, _locked(place), connected(running) as first:
        first.sendall(form(b"203.0.113.7"))
        time.sleep(0.5)
        refused = ask(running, form(b"203.0.113.99"))
        assert status(refused) == 429
        assert b"\r\nRetry-After: 1\r\n" in refused
        with connected(running) as other:
            other.sendall(form(b"198.51.100.7"))
            other.settimeout(0.5)
            with pytest.raises(TimeoutError):  # it waits for the database as the first does
                other.recv(1)


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    """Nobody can write into the database of ``place``: requests that do so take a while."""
    path = place.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
