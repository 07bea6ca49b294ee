"""An address is taken, or it is said in a sentence why not."""

from __future__ import annotations

import socket

import pytest

from desk.errors import DeskError
from desk.preview.listen import bracketed, listen, url


def test_the_system_chooses_where_no_port_is_named() -> None:
    """Port 0 is any free one, and the URL has the one chosen."""
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port
        assert url(listener) == f"http://127.0.0.1:{port}"
        socket.create_connection(("127.0.0.1", port)).close()


@pytest.mark.parametrize(
    ("host", "written"), [("::1", "[::1]"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost")]
)
def test_an_address_with_colons_is_bracketed(host: str, written: str) -> None:
    """Its port could not be told from it otherwise."""
    assert bracketed(host) == written


@pytest.mark.parametrize("bind", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_said_so(bind: str) -> None:
    """Naming it, and not as a traceback."""
    with pytest.raises(DeskError, match=f"cannot serve at {bind} port 0"):
        listen(bind, 0)


def test_a_port_in_use_is_said_so() -> None:
    """With the port, and how to name another."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DeskError, match=f"port {port} is in use.*--port"):
            listen("127.0.0.1", port)
