"""Every table of the service, by importing the modules that define them."""

from __future__ import annotations

from dialogue import spent
from dialogue.contact import tables as contact
from dialogue.mail import tables as mail
from dialogue.moderation import tables as moderation
from dialogue.notices import tables as notices
from dialogue.replies import tables as replies
from dialogue.schema import metadata
from dialogue.supervision import tables as supervision
from dialogue.webmention import tables as webmentions

__all__ = [
    "contact",
    "mail",
    "metadata",
    "moderation",
    "notices",
    "replies",
    "spent",
    "supervision",
    "webmentions",
]
