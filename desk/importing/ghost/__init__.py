"""An export of Ghost (JSON): a file, or a folder with it, its images, redirects and routes."""

from desk.importing.ghost.site import facts, items
from desk.importing.identity import address_of as entry_id

__all__ = ["entry_id", "facts", "items"]
