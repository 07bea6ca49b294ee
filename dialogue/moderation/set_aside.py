"""What was set aside because it could not be done: the reasons, and to try again or give up."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from dialogue import moments, queues
from dialogue.moderation.gate import LIST
from dialogue.moderation.replies import counted
from dialogue.services import Services
from dialogue.web.asked import Asked

PLACE = f"{LIST}set-aside"


@dataclass(frozen=True, slots=True)
class SetAside:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, _: Asked) -> Response:
        """GET: the list."""
        found = self.services.database.read(queues.set_aside)
        return self.services.pages.page(
            "moderation/set_aside.html", found=found, **counted(self.services)
        )

    def act(self, asked: Asked) -> Response:
        """POST: have one tried again, or dismiss it."""
        verb, _, named = asked.form.get("one", "").partition(" ")
        queue, _, job = named.partition(" ")
        database = self.services.database
        if verb == "retry":
            database.write(lambda at: queues.retry(at, queue, job))
        elif verb == "dismiss":
            database.write(lambda at: queues.dismiss(at, queue, job, moments.now()))
        return RedirectResponse(f"{PLACE}#list", 303)
