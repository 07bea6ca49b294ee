"""Bodies unpacked with an end in sight: one byte more than fits is enough to know, a bomb never is."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import brotli

# What to say to servers; the first that they know is what they send.
ACCEPTED = "gzip, br"
_CHUNK = 65_536
# zlib's window size for a gzip header (its documentation of ``wbits``).
_GZIP = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """What a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; none at the end."""


class _Unpacker(Protocol):
    """One compressed stream."""

    @property
    def ended(self) -> bool:
        """Whether the stream has come to its own end; what follows is not read."""

    def unpack(self, data: bytes, room: int) -> bytes:
        """What ``data`` holds; about ``room`` bytes of it at most. Raises ValueError."""


class _Plain:
    """Nothing to unpack; the end is the source's."""

    ended = False

    def unpack(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - it is no longer than a chunk
        return data


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def unpack(self, data: bytes, room: int) -> bytes:
        try:
            return self._stream.decompress(data, room)
        except zlib.error as error:
            raise ValueError("is not the gzip it says it is") from error


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def unpack(self, data: bytes, room: int) -> bytes:
        try:
            piece = bytes(self._stream.process(data, output_buffer_limit=room))
            while len(piece) < room and not self._stream.can_accept_more_data():
                more = self._stream.process(b"", output_buffer_limit=room - len(piece))
                piece += bytes(more)
        except brotli.error as error:
            raise ValueError("is not the brotli it says it is") from error
        return piece


_UNPACKERS: Mapping[str, type[_Plain] | type[_Gzip] | type[_Brotli]] = MappingProxyType(
    {"": _Plain, "identity": _Plain, "gzip": _Gzip, "x-gzip": _Gzip, "br": _Brotli}
)


def decoded(source: Readable, encoding: str, size: int) -> bytes:
    """The body of a response, decompressed; neither it nor what is sent of it is over ``size`` bytes.

    Raises ValueError where it is larger, damaged, or compressed in a way that was not asked for;
    the message continues a URL.
    """
    kind = _UNPACKERS.get(encoding.strip().lower())
    if kind is None:
        raise ValueError(f"is encoded as {encoding!r}, which was not asked for")
    unpacker: _Unpacker = kind()
    pieces: list[bytes] = []
    room = sent = size + 1
    while room > 0 and sent > 0 and not unpacker.ended and (chunk := source.read(_CHUNK)):
        piece = unpacker.unpack(chunk, room)
        pieces.append(piece)
        room -= len(piece)
        sent -= len(chunk)
    if room <= 0 or (sent <= 0 and not unpacker.ended):
        raise ValueError(f"is larger than {size} bytes")
    if kind not in (_Plain, None) and pieces and not unpacker.ended:
        raise ValueError("ends before its compressed data does")
    return b"".join(pieces)
