"""The answer while a lane is full: when to come back, on a page that says so."""

from __future__ import annotations

from starlette.responses import Response

from dialogue.lanes import BusyError, Lane
from dialogue.services import Services
from dialogue.web.asked import Asked, Handler
from wording import wording_for

RETRY_SECONDS = 5


def bounded(services: Services, lane: Lane, handler: Handler) -> Handler:
    """``handler``, working in ``lane``; while that is full, 503 with Retry-After."""

    def answer(asked: Asked) -> Response:
        try:
            with lane.slot():
                return handler(asked)
        except BusyError:
            return busy(services)

    return answer


def busy(services: Services) -> Response:
    """503: nothing was done, and when to try again."""
    words = wording_for(services.targets.site.lang)
    said = words.gettext(
        "The service is busy with requests like this one. Nothing was done. Try again in a few "
        "seconds."
    )
    page = services.pages.page("message.html", 503, said=said, text="")
    page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page
