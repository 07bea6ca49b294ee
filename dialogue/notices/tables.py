"""What was told already, and who wants no mail."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from dialogue.moments import Moment
from dialogue.schema import metadata

# ``kind`` is held, confirm or answer. A row says that this reply needs no more notice of that kind.
told = Table(
    "told",
    metadata,
    Column("reply", String(80), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("created", Moment, nullable=False, index=True),
)

# ``about`` is a reply whose writer wants no more of it, or the mark of an address that wants no
# mail from us at all. The address itself is not kept.
silenced = Table(
    "silenced",
    metadata,
    Column("about", String(80), primary_key=True),
    Column("created", Moment, nullable=False),
)
