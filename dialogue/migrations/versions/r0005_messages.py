"""Messages to the people behind the site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "messages",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64)),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("digest", name="uq_messages_digest"),
    )
    for columns in (["email"], ["address"], ["state", "created"]):
        op.create_index(f"ix_messages_{'_'.join(columns)}", "messages", columns)


def downgrade() -> None:
    """Drop it, and every message with it."""
    op.drop_table("messages")
