"""The outbox, and who was told of what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _outbox()
    op.create_table(
        "told",
        sa.Column("reply", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("reply", "kind", name="pk_told"),
    )
    op.create_index("ix_told_created", "told", ["created"])
    op.create_table(
        "silenced",
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("about", name="pk_silenced"),
    )
    op.create_table(
        "confirmations",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("inbox", sa.String(64), nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
    )
    for columns in (["created"], ["inbox", "created"], ["network", "created"]):
        op.create_index(f"ix_confirmations_{'_'.join(columns)}", "confirmations", columns)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reply_to", sa.String(254), nullable=False),
        sa.Column("unsubscribe", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(320), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease", sa.String(16), nullable=False),
        sa.Column("finished", Moment),
        sa.Column("problem", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_finished", "outbox", ["finished"])
    op.create_index("ix_outbox_state_due", "outbox", ["state", "due"])


def downgrade() -> None:
    """Drop them, and mail that waits with them."""
    for table in ("confirmations", "silenced", "told", "outbox"):
        op.drop_table(table)
