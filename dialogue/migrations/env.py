"""What Alembic runs: the migrations, on the connection and in the transaction it is given."""

from __future__ import annotations

from alembic import context

from dialogue.tables import metadata


def run() -> None:
    """Run them; ``dialogue.migrate`` owns the transaction, so nothing is committed here."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        # SQLite changes a table by making it anew.
        render_as_batch=True,
    )
    context.run_migrations()


if __name__ == "env_py":  # the name that Alembic gives this file; importing it does nothing
    run()
