"""The boxes of messages: read, put into another box, erased."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from dialogue.contact import mailing, store
from dialogue.contact.store import Box
from dialogue.moderation.gate import LIST, parts
from dialogue.moderation.replies import counted
from dialogue.services import Services
from dialogue.web.asked import Asked

PLACE = f"{LIST}messages"


@dataclass(frozen=True, slots=True)
class Messages:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, asked: Asked) -> Response:
        """GET: one page of a box."""
        box, page = _box(asked.query.get("box", "")), _page(asked.query.get("page", ""))
        totals = counted(self.services)
        last = max(1, -(-totals["boxes"][box] // store.PER_PAGE))
        shown = min(page, last)
        found = self.services.database.read(lambda at: store.listed(at, box, shown))
        posts = {post.id: post for post in self.services.targets.all()}
        return self.services.pages.page(
            "moderation/messages.html",
            found=found,
            box=box,
            page=shown,
            last=last,
            posts=posts,
            **totals,
        )

    def move(self, asked: Asked) -> Response:
        """POST: put one into another box, or erase it; one that was suspicious is mailed now."""
        wanted, message = parts(asked.form.get("one", ""), 2)
        if wanted == "erase":
            self.services.database.write(lambda at: store.erase(at, message))
        elif wanted in {box.value for box in Box}:
            self._moved(message, Box(wanted))
        return RedirectResponse(f"{PLACE}?box={_box(asked.form.get('box', '')).value}#list", 303)

    def _moved(self, message: str, box: Box) -> None:
        found = self.services.database.read(lambda at: store.find(at, message))
        if found is None:
            return
        letters = mailing.letters_of(self.services, found) if box is Box.NEW else ()

        def work(connection: Connection) -> None:
            mailing.lock(connection, self.services)
            before = store.move(connection, message, box)
            if box is Box.NEW and before is not None and before.mailed is None:
                mailing.deliver(connection, self.services, before, letters)

        self.services.database.write(work)


def _box(name: str) -> Box:
    return Box(name) if name in {box.value for box in Box} else Box.NEW


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else 1
