"""An export of WordPress (WXR): a file, or a folder with its parts and the uploads beside them."""

from desk.importing.identity import address_of as entry_id
from desk.importing.wordpress.site import facts, items

__all__ = ["entry_id", "facts", "items"]
