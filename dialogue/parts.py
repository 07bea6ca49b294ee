"""The parts of the service, in the order in which their routes are tried."""

from __future__ import annotations

from dialogue.contact.forms import PART as CONTACT
from dialogue.moderation.part import PART as MODERATION
from dialogue.notices.part import PART as NOTICES
from dialogue.part import Part
from dialogue.privacy.cleaner import PART as CLEANER
from dialogue.publishing.part import PART as PUBLISHING
from dialogue.replies.part import PART as REPLIES
from dialogue.web.dress import PART as DRESS
from dialogue.webmention.part import PART as WEBMENTIONS

PARTS: tuple[Part, ...] = (
    *(DRESS, REPLIES, CONTACT, MODERATION, NOTICES),
    *(WEBMENTIONS, PUBLISHING, CLEANER),
)
