"""Digests: short names of values. Equal digests stand for equal values, in every process."""

from __future__ import annotations

from hashlib import blake2b


def digest(*parts: object) -> str:
    """A digest of values whose ``repr`` says all of them: text, numbers, tuples, frozen dataclasses."""
    return digest_bytes(repr(parts).encode("utf-8", "surrogatepass"))


def digest_bytes(data: bytes) -> str:
    """A digest of bytes, 32 characters long."""
    return blake2b(data, digest_size=16).hexdigest()
