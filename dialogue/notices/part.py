"""What the service does about mail: the pages of its links, the teller and the postman."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue.mail import setup
from dialogue.mail.postman import Postman
from dialogue.notices.pages import routes
from dialogue.notices.teller import Teller
from dialogue.part import Part
from dialogue.services import Services
from dialogue.supervision.worker import Worker


def _workers(services: Services) -> Sequence[Worker]:
    if not setup.sends(services.settings):
        return ()
    server = setup.server(services.settings)
    postman = Postman(services.database, server, lambda: setup.sender(services))
    return (Teller(services).worker(), postman.worker())


PART = Part(routes, _workers)
