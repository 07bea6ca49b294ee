"""Attempts at work in the background, and since when a thread waits to be published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "attempts",
        sa.Column("queue", sa.String(16), nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("aside", Moment),
        sa.PrimaryKeyConstraint("queue", "job", name="pk_attempts"),
    )
    op.create_index("ix_attempts_aside", "attempts", ["aside"])
    op.add_column("threads", sa.Column("changed", Moment))


def downgrade() -> None:
    """Drop them; jobs that were set aside are tried again."""
    with op.batch_alter_table("threads") as threads:
        threads.drop_column("changed")
    op.drop_table("attempts")
