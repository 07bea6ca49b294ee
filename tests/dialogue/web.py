"""A small web server on this machine, for the tests of what we fetch."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dialogue.fetch.addresses import networks
from dialogue.fetch.fetcher import Limits


@dataclass
class Request:
    """What a client asked: method, path, headers and body."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answer:
    """What to answer: status, headers (with several values where there is a list) and body."""

    status: int = 200
    headers: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Web:
    """A running server: its address, what it was asked, and the limits that let a fetch reach it."""

    url: str
    port: int
    requests: list[Request]
    limits: Limits


def always(answer: Answer) -> Callable[[Request], Answer]:
    """The same answer to everything."""
    return lambda _: answer


class _Server(ThreadingHTTPServer):
    request_queue_size = 256


@contextmanager
def web(
    answer: Callable[[Request], Answer],
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
) -> Iterator[Web]:
    """Serve ``answer`` on a free port of this machine."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = Request(self.command, self.path, dict(self.headers), self.rfile.read(length))
            requests.append(asked)
            told = answer(asked)
            self.send_response(told.status)
            for name, value in told.headers.items():
                for each in [value] if isinstance(value, str) else value:
                    self.send_header(name, each)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *arguments: object) -> None:
            """Keep the output of the tests clean."""

    for method in ("GET", "POST"):
        setattr(Handler, f"do_{method}", Handler.handle_one)
    server = _Server((host, 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    port = server.server_address[1]
    limits = Limits(seconds=20, ports=frozenset({port}), allowed=networks(["127.0.0.0/8"]))
    try:
        yield Web(f"http{'s' if tls else ''}://127.0.0.1:{port}", port, requests, limits)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
