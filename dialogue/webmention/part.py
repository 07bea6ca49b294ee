"""``POST /dialogue/webmention``, and what became of one: the part of the service for webmentions."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from dialogue import moments
from dialogue.part import Part
from dialogue.services import Services
from dialogue.supervision.worker import Worker
from dialogue.web.address import traces
from dialogue.web.asked import Asked, route
from dialogue.webmention.queue import Job, Queue, State
from dialogue.webmention.receiving import Receiver, RefusedError
from dialogue.webmention.settling import Settler
from dialogue.webmention.worker import Verifier

PATH = "/webmention"
_KEY = "webmention addresses"
_HELP = (
    "This is where other sites tell us that they link to a post here (Webmention, "
    "https://www.w3.org/TR/webmention/). Send a form with the fields source, your page, "
    "and target, ours."
)
_STATES = {
    State.WAITING: "Waiting to be looked at.",
    State.VERIFIED: "",
    State.REFUSED: "Not taken.",
    State.GONE: "Removed.",
}


def _routes(services: Services) -> Sequence[BaseRoute]:
    queue = Queue(services.database)
    receiver = Receiver(queue, services.targets)
    key = services.tokens.key(_KEY)

    def receive(asked: Asked) -> Response:
        now = moments.now()
        named = asked.form.get("source", ""), asked.form.get("target", "")
        try:
            job = receiver.take(*named, traces(key, asked.address, now), now)
        except RefusedError as error:
            later = {"Retry-After": str(error.retry)} if error.retry else {}
            return PlainTextResponse(f"{error}\n", error.status, later)
        place = f"{services.settings.site_url}/dialogue{PATH}/{job.id}"
        said = f"Thank you. It will be looked at; what became of it is told at {place}\n"
        return PlainTextResponse(said, 201, {"Location": place})

    def status(asked: Asked) -> Response:
        job = queue.find(asked.params["id"])
        if job is None:
            return PlainTextResponse("There is no such webmention.\n", 404)
        return PlainTextResponse(_told(job))

    def about(_: Asked) -> Response:
        return PlainTextResponse(f"{_HELP}\n")

    return [
        route(PATH, services.settings, receive, "POST"),
        route(PATH, services.settings, about, "GET"),
        route(f"{PATH}/{{id}}", services.settings, status, "GET"),
    ]


def _told(job: Job) -> str:
    """What whoever announced it may know of it; nothing about what moderators think."""
    said = " ".join(filter(None, (_STATES[job.state], job.note)))
    return f"source: {job.source}\ntarget: {job.url}\n{said}\n"


def _workers(services: Services) -> Sequence[Worker]:
    queue = Queue(services.database)
    settler = Settler(queue, services.store, services.settings, services.rules)
    return [*Verifier(queue, settler).workers()]


PART = Part(_routes, _workers)
