"""What moderators decided, so that it can be undone; and who tried to sign in of late."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from dialogue.moments import Moment
from dialogue.schema import TRACE, metadata

# What was decided at once shares a ``batch``. ``way`` is page, link or terminal; no words, no names.
decisions = Table(
    "decisions",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("batch", String(16), nullable=False, index=True),
    Column("about", String(80), nullable=False, index=True),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("created", Moment, nullable=False, index=True),
)

# A try of the password: of a device that somebody signed in on before, or of the network ``address``.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("address", String(64), info=TRACE),
    Column("created", Moment, nullable=False, index=True),
    Column("device", String(16)),
    Index("ix_sign_ins_address_created", "address", "created"),
    Index("ix_sign_ins_device_created", "device", "created"),
)
