"""What moderators decided, and tries to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("before", sa.String(16), nullable=False),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    for column in ("batch", "about", "created"):
        op.create_index(f"ix_decisions_{column}", "decisions", [column])
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("address", sa.String(64)),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_created", "sign_ins", ["created"])
    op.create_index("ix_sign_ins_address_created", "sign_ins", ["address", "created"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sign_ins")
    op.drop_table("decisions")
