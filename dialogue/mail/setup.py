"""What the settings say about mail: whether there is any, from whom, and by which server."""

from __future__ import annotations

from dialogue.errors import DialogueError
from dialogue.mail.letter import Sender
from dialogue.mail.limits import INBOX_KEY, Mailer
from dialogue.mail.smtp import Server
from dialogue.services import Services
from dialogue.settings import Settings


def sends(settings: Settings) -> bool:
    """Whether mail is sent at all; if not, nothing is put into the outbox."""
    return bool(settings.mail_host and settings.mail_from)


def server(settings: Settings) -> Server:
    """The mail server."""
    return Server(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_user,
        settings.mail_password,
    )


def sender(services: Services) -> Sender:
    """Whom letters come from: the site; while it is not built, only its address is known."""
    address = services.settings.mail_from
    try:
        return Sender(address, services.targets.site.name)
    except DialogueError:
        return Sender(address)


def mailer(services: Services) -> Mailer:
    """What puts letters into the outbox."""
    settings = services.settings
    domain = settings.mail_from.rpartition("@")[2]
    return Mailer(settings.mail_limits, services.tokens.key(INBOX_KEY), domain)
