"""Webmentions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "webmentions",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("due", Moment),
        sa.Column("lease", Moment),
        sa.Column("asked", Moment, nullable=False),
        sa.Column("address", sa.String(64)),
        sa.Column("created", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webmentions"),
        sa.UniqueConstraint("digest", name="uq_webmentions_digest"),
    )
    for name, columns in {
        "ix_webmentions_due": ["due"],
        "ix_webmentions_host_asked": ["host", "asked"],
        "ix_webmentions_address_asked": ["address", "asked"],
    }.items():
        op.create_index(name, "webmentions", columns)


def downgrade() -> None:
    """Drop it; replies that came from it stay."""
    op.drop_table("webmentions")
