"""The list of replies and what can be done with those on it, one or several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from dialogue import moments
from dialogue.contact import store as messages
from dialogue.mail import outbox
from dialogue.moderation import export, lists
from dialogue.moderation.decisions import Batch, Decisions
from dialogue.moderation.gate import LIST, parts
from dialogue.moderation.lists import Choice, choice_of
from dialogue.replies.model import Stored
from dialogue.services import Services
from dialogue.supervision import attempts
from dialogue.web.asked import Asked
from dialogue.web.busy import bounded

_CHOSEN = "id."


@dataclass(frozen=True, slots=True)
class Replies:
    """The handlers, on the services of one application."""

    services: Services

    @property
    def _decisions(self) -> Decisions:
        return Decisions(self.services.store, self.services.database)

    def show(self, asked: Asked) -> Response:
        """GET: one page of the list; a search, which reads every reply, has to find a free lane."""
        if not choice_of(asked.query).words:
            return self._list(asked)
        return bounded(self.services, self.services.lanes.search, self._list)(asked)

    def _list(self, asked: Asked) -> Response:
        choice = choice_of(asked.query)
        read = self.services.database.read
        found = read(lambda connection: lists.listed(connection, choice))
        posts = {post.id: post for post in self.services.targets.all()}
        return self.services.pages.page(
            "moderation/replies.html",
            listed=found,
            posts=posts,
            done=self._done(asked),
            undone=asked.query.get("undone", ""),
            **counted(self.services),
        )

    def decide(self, asked: Asked) -> Response:
        """POST: decide about one reply by its own button, or about all that are marked."""
        state, reply = parts(asked.form.get("one", ""), 2)
        chosen = [reply] if reply else marked(asked.form)
        wanted = state or asked.form.get("all", "")
        states = {each.value: each for each in lists.STATES}
        if wanted not in states:
            return _back(asked)
        return _back(asked, self._decisions.decide(chosen, states[wanted], "page"))

    def undo(self, asked: Asked) -> Response:
        """POST: give back what was before."""
        count = self._decisions.undo(asked.form.get("batch", ""), "page")
        return _back(asked, undone=count)

    def csv(self, asked: Asked) -> Response:
        """GET: the whole list for a spreadsheet."""
        return self._file(asked, "csv", export.as_csv, "text/csv; charset=utf-8")

    def json(self, asked: Asked) -> Response:
        """GET: the whole list for programs."""
        return self._file(asked, "json", export.as_json, "application/json")

    def _file(
        self, asked: Asked, kind: str, made: Callable[[Iterable[Stored]], bytes], media: str
    ) -> Response:
        choice = choice_of(asked.query)
        name = f"replies-{choice.state.value}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}

        def answer(_: Asked) -> Response:
            found = self.services.database.read(lambda at: lists.everything(at, choice))
            return Response(made(found), 200, headers, media)

        return bounded(self.services, self.services.lanes.export, answer)(asked)

    def _done(self, asked: Asked) -> Batch | None:
        batch = asked.query.get("done", "")
        return self._decisions.find(batch) if batch else None


def marked(form: Mapping[str, str]) -> Sequence[str]:
    """The ids whose boxes are ticked."""
    return [name.removeprefix(_CHOSEN) for name in form if name.startswith(_CHOSEN)]


def counted(services: Services) -> dict[str, Any]:
    """How many replies, messages, unsent letters and jobs set aside, for the head of every page."""
    hour = moments.now() - timedelta(hours=1)
    return {
        "stuck": services.database.read(lambda found: outbox.stuck(found, hour)),
        "aside": sum(services.database.read(attempts.counts).values()),
        "counts": services.database.read(lists.counts),
        "boxes": services.database.read(messages.counts),
    }


def _back(asked: Asked, done: Batch | None = None, undone: int | None = None) -> Response:
    """To the list that the form was on: nothing but its own query is believed."""
    choice: Choice = choice_of(dict(parse_qsl(asked.form.get("back", ""))))
    query = choice.query
    if done is not None and done.count:
        query += f"&done={done.id}"
    if undone is not None:
        query += f"&undone={undone}"
    return RedirectResponse(f"{LIST}?{query}#list", 303)
