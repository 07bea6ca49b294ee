"""From a host name to addresses that may be connected to: asked once, every answer checked."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Sequence

from dialogue.fetch.addresses import Network, may_connect, parsed
from dialogue.fetch.errors import FetchError

# A name with more addresses than a large site has is a list of somebody's victims.
_MOST = 8


class Names:
    """Asks the system's resolver, which knows no time limit, within one.

    A question given up goes on in its thread until the resolver is done with it, so their number is
    bounded: whoever lets names hang can use up ``places``, not the memory.
    """

    def __init__(self, places: int = 256) -> None:
        self._places = threading.BoundedSemaphore(places)

    def addresses(
        self, host: str, port: int, *, deadline: float, allowed: Sequence[Network] = ()
    ) -> list[str]:
        """The addresses of ``host``, at least one, in the resolver's order.

        Raises :class:`FetchError` if one of them is not public: a name that has both kinds gets
        through a single check every other time. Raises OSError if there are none.
        """
        found = list(dict.fromkeys(self._ask(host, port, deadline)))
        for text in found:
            if not _is_public(text, allowed):
                raise FetchError(
                    f"{host} is at {text}, which is no public address; it is not fetched"
                )
        if not found:
            raise OSError("it has no address")
        return found[:_MOST]

    def _ask(self, host: str, port: int, deadline: float) -> list[str]:
        answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()
        if not self._places.acquire(timeout=max(deadline - time.monotonic(), 0)):
            raise TimeoutError("its name could not be looked up in time")

        def ask() -> None:
            try:
                answers.put(_resolved(host, port))
            finally:
                self._places.release()

        try:
            threading.Thread(target=ask, name="lookup", daemon=True).start()
        except RuntimeError:  # no more threads
            self._places.release()
            raise
        try:
            answer = answers.get(timeout=max(deadline - time.monotonic(), 0))
        except queue.Empty as error:
            raise TimeoutError("its name could not be looked up in time") from error
        if isinstance(answer, OSError):
            raise answer
        return answer


def _resolved(host: str, port: int) -> list[str] | OSError:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        return OSError("it has an impossible host name")
    except OSError as error:
        return error
    return [str(address[0]) for *_, address in found]


def _is_public(text: str, allowed: Sequence[Network]) -> bool:
    try:
        return may_connect(parsed(text), allowed)
    except ValueError:
        return False
