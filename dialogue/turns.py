"""Transactions that count before they write take turns, so that two never count the same."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text


def take(connection: Connection, name: str) -> None:
    """Wait until no other transaction has the turn ``name``; it is ours until ours ends.

    To be taken before the transaction writes, or two that wait for each other end as a deadlock.
    On SQLite a transaction that writes has the only turn there is.
    """
    if connection.dialect.name == "postgresql":
        digest = hashlib.blake2b(f"parley {name}".encode(), digest_size=8).digest()
        key = int.from_bytes(digest, signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
