"""The one metadata that every table is defined on, so that migrations see the whole schema."""

from __future__ import annotations

from sqlalchemy import MetaData

# Constraints have the same names on every database: a migration can say which one it changes.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The ``info`` of a column that holds the trace of a visitor's address: it is emptied after
# ``address_days``, counted from the column ``created`` of the same table (dialogue/privacy.py).
TRACE = {"parley": "trace"}

# The ``info`` of a column with the mail address that a row is about: erasing what is kept about a
# person deletes the row (dialogue/privacy/people.py). Replies, which others hang on, are apart.
PERSON = {"parley": "person"}
