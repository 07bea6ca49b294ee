"""A server that never comes to an end, for the tests of what does not wait for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def tarpit(speak: bytes) -> Iterator[int]:
    """A server at every address of this machine that says ``speak`` now and then, for ever.

    Yields its port.
    """
    ended = threading.Event()
    with ExitStack() as open_ones:
        listener = open_ones.enter_context(socket.create_server(("0.0.0.0", 0), backlog=1024))
        listener.settimeout(0.1)
        caught: list[socket.socket] = []
        threads = [
            threading.Thread(target=_catch, args=(listener, caught, ended), daemon=True),
            threading.Thread(target=_drip, args=(speak, caught, ended), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            for thread in threads:
                thread.join()
            for connection in caught:
                connection.close()


def _catch(listener: socket.socket, caught: list[socket.socket], ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            caught.append(listener.accept()[0])
        except TimeoutError:
            continue


def _drip(speak: bytes, caught: list[socket.socket], ended: threading.Event) -> None:
    deaf: set[socket.socket] = set()
    while not ended.wait(0.3):
        for connection in {*caught} - deaf:
            try:
                connection.setblocking(False)
                connection.send(speak)
            except OSError:
                deaf.add(connection)
