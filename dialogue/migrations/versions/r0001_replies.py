"""Replies, threads and used tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dialogue.moments import Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "replies",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("parent", sa.String(80)),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("verified", Moment),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("by_author", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("address", sa.String(64)),
        sa.Column("created", Moment, nullable=False),
        sa.Column("edited", Moment),
        sa.Column("decided", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.ForeignKeyConstraint(["parent"], ["replies.id"], name="fk_replies_parent"),
        sa.UniqueConstraint("digest", name="uq_replies_digest"),
    )
    for name, columns in {
        "ix_replies_parent": ["parent"],
        "ix_replies_email": ["email"],
        "ix_replies_address": ["address"],
        "ix_replies_target_state": ["target", "state"],
        "ix_replies_state_created": ["state", "created"],
    }.items():
        op.create_index(name, "replies", columns)
    op.create_table(
        "threads",
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("target", name="pk_threads"),
    )
    op.create_table(
        "spent_tokens",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spent_tokens"),
    )
    op.create_index("ix_spent_tokens_until", "spent_tokens", ["until"])


def downgrade() -> None:
    """Drop them, and every reply with them."""
    for table in ("spent_tokens", "threads", "replies"):
        op.drop_table(table)
