"""What the desk cannot do, said in one sentence to the person who asked for it."""

from __future__ import annotations


class DeskError(Exception):
    """A command cannot be carried out; the message says why and what to do."""
