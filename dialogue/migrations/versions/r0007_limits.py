"""Limits of mail by cause, messages that were not mailed yet, tries to sign in by device."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0007"
down_revision = "0006"

_OUTBOX = {"cause": 16, "inbox": 64, "network": 64}
_CONFIRMATIONS = (["created"], ["inbox", "created"], ["network", "created"])


def upgrade() -> None:
    """Add the columns. Mail sent before the upgrade does not count towards the limits."""
    for name, length in _OUTBOX.items():
        op.add_column("outbox", sa.Column(name, sa.String(length)))
    op.create_index("ix_outbox_cause_finished", "outbox", ["cause", "finished"])
    op.create_index("ix_outbox_inbox_cause", "outbox", ["inbox", "cause"])
    op.add_column("messages", sa.Column("mailed", Moment))
    op.create_index("ix_messages_state_mailed", "messages", ["state", "mailed"])
    # What is no longer suspicious was put into the outbox as soon as it was not.
    op.execute("UPDATE messages SET mailed = created WHERE state <> 'held'")
    op.add_column("sign_ins", sa.Column("device", sa.String(16)))
    op.create_index("ix_sign_ins_device_created", "sign_ins", ["device", "created"])
    op.drop_table("confirmations")


def downgrade() -> None:
    """Drop them. A message that waits for a digest is then one that was mailed."""
    op.create_table(
        "confirmations",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("inbox", sa.String(64), nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
    )
    for columns in _CONFIRMATIONS:
        op.create_index(f"ix_confirmations_{'_'.join(columns)}", "confirmations", columns)
    op.drop_index("ix_sign_ins_device_created", "sign_ins")
    op.execute("DELETE FROM sign_ins WHERE device IS NOT NULL")
    op.drop_column("sign_ins", "device")
    op.drop_index("ix_messages_state_mailed", "messages")
    op.drop_column("messages", "mailed")
    op.drop_index("ix_outbox_cause_finished", "outbox")
    op.drop_index("ix_outbox_inbox_cause", "outbox")
    for name in reversed(_OUTBOX):
        op.drop_column("outbox", name)
