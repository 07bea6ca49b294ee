"""Every table of the service, by importing the modules that define them."""

from __future__ import annotations

from dialogue import spent
from dialogue.replies import tables as replies
from dialogue.schema import metadata

__all__ = ["metadata", "replies", "spent"]
