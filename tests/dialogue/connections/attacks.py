"""Clients that mean harm: ``python -m tests.dialogue.connections.attacks NAME PORT COUNT [SPREAD]``.

Keeps that many connections busy with one kind of attack, until it is killed; one that the server
ends is opened again a second later. With a spread they come from many addresses of 127.0.0.0/8.
Prints a line when all have been opened once.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import resource
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping

HEAD = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /dialogue/replies HTTP/1.1\r\n" + HEAD + FORM

Attack = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def half_header(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin a request and say no more."""
    writer.write(b"GET /tea/ HTTP/1.1\r\n" + HEAD + b"X-Half: ")


async def dripping_header(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a header that never ends, a byte at a time: timers of idleness begin anew with each."""
    await half_header(_, writer)
    while True:
        await asyncio.sleep(0.5)
        writer.write(b"x")
        await writer.drain()


async def dripping_body(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Announce a form and send a byte of it each second."""
    writer.write(POST + b"Content-Length: 1000\r\n\r\nname=")
    while True:
        await asyncio.sleep(1)
        writer.write(b"x")
        await writer.drain()


async def unfinished_body(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send 0.9 MB of a form of 1 MB."""
    writer.write(POST + b"Content-Length: 1000000\r\n\r\ntext=" + b"x" * 900_000)
    await writer.drain()


async def tiny_chunks(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a form in chunks of one byte, without end."""
    writer.write(POST + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 10_000)
        await writer.drain()


async def endless_header(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send one header line without end."""
    await half_header(_, writer)
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def endless_headers(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send header lines without end."""
    writer.write(b"GET /tea/ HTTP/1.1\r\n" + HEAD)
    while True:
        writer.write(b"a:b\r\n" * 10_000)
        await writer.drain()


async def pipelining(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send requests without end and read no answer."""
    while True:
        writer.write((b"GET /tea/ HTTP/1.1\r\n" + HEAD + b"\r\n") * 2_000)
        await writer.drain()


async def not_reading(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ask for a large file and read nothing of it."""
    writer.write(b"GET /large.bin HTTP/1.1\r\n" + HEAD + b"\r\n")


async def idle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ask once and keep the connection."""
    writer.write(b"GET /dialogue/style.css HTTP/1.1\r\n" + HEAD + b"\r\n")
    await reader.readuntil(b"\r\n\r\n")


async def old_protocol(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin a request of HTTP/1.0 and say no more."""
    writer.write(b"POST /dialogue/replies HTTP/1.0\r\n" + FORM + b"Content-Length: 9\r\n\r\n")


async def silent(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Connect and say nothing."""


async def junk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send what is no HTTP: a TLS greeting."""
    writer.write(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)))


ATTACKS: Mapping[str, Attack] = {
    attack.__name__: attack
    for attack in (
        *(half_header, dripping_header, dripping_body, unfinished_body, tiny_chunks),
        *(endless_header, endless_headers, pipelining, not_reading, idle),
        *(old_protocol, silent, junk),
    )
}


def addresses(count: int, *, spread: bool) -> Iterator[str]:
    """Where that many connections come from: 127.0.0.1, or each from a network of its own."""
    for number in range(count):
        yield f"127.{1 + number // 250 % 250}.{number % 250}.9" if spread else "127.0.0.1"


async def main(name: str, port: int, count: int, *, spread: bool) -> None:
    """Attack until killed."""
    opened = itertools.count(1)
    everybody = asyncio.Event()

    async def one(address: str) -> None:
        first = True
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await _connect(port, address, small=name == "not_reading")
                if first and next(opened) == count:
                    everybody.set()
                first = False
                try:
                    await ATTACKS[name](reader, writer)
                    await _ended(reader, hungry=name != "not_reading")
                finally:
                    writer.transport.abort()
            await asyncio.sleep(1)

    tasks = [asyncio.create_task(one(each)) for each in addresses(count, spread=spread)]
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(everybody.wait(), 60)
    sys.stdout.write("attacking\n")
    sys.stdout.flush()
    await asyncio.gather(*tasks)


async def _connect(
    port: int, address: str, *, small: bool
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    sock = socket.socket()
    if small:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    sock.bind((address, 0))
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    return await asyncio.open_connection(sock=sock, limit=1024)


async def _ended(reader: asyncio.StreamReader, *, hungry: bool) -> None:
    """Wait until the server ends the connection; one that does not read never knows."""
    while hungry and await reader.read(1024):
        pass
    if not hungry:
        await asyncio.Event().wait()


if __name__ == "__main__":
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), spread=len(sys.argv) > 4))
