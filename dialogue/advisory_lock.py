"""A lock in the database for transactions that count before they write, in whichever process."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text


def acquire(connection: Connection, name: str) -> None:
    """Wait for the lock ``name``; it is released when the transaction ends.

    Acquire it before the transaction writes anything: in any order else, two could deadlock. On
    SQLite a transaction that writes is the only one anyway.
    """
    if connection.dialect.name == "postgresql":
        digest = hashlib.blake2b(f"parley {name}".encode(), digest_size=8).digest()
        key = int.from_bytes(digest, signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
