"""The pages behind the links in letters: a GET only shows, a POST does what its button says.

What allows it is the token in the form, which only whoever reads the mail can have. So the post of
a mail program that unsubscribes in one click (RFC 8058) comes without origin or cookie, and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from dialogue import moments
from dialogue.notices import due
from dialogue.notices.links import Links
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import ExpiredTokenError, Purpose, TokenError
from dialogue.web.asked import Asked, route
from dialogue.web.places import receipt_path


def routes(services: Services) -> Sequence[BaseRoute]:
    """Confirming an address, and unsubscribing."""
    pages, settings = _Pages(services), services.settings
    stop = "/mail/unsubscribe"
    return [
        route("/mail/confirm", settings, pages.confirm, "GET"),
        route("/mail/confirm", settings, pages.confirmed, "POST", any_body=True),
        route(stop, settings, pages.unsubscribe, "GET"),
        route(stop, settings, pages.unsubscribed, "POST", any_body=True),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._links = Links(services.settings.site_url, services.tokens)

    def confirm(self, asked: Asked) -> Response:
        """GET: the page that asks."""
        return self._confirm(asked, lambda reply: reply)

    def confirmed(self, asked: Asked) -> Response:
        """POST: the answer to its button."""
        return self._confirm(asked, self._confirmed)

    def unsubscribe(self, asked: Asked) -> Response:
        """GET: the page that offers to stop."""
        return self._unsubscribe(asked, done=False)

    def unsubscribed(self, asked: Asked) -> Response:
        """POST: the answer to its buttons, or to a mail program, which may send any form."""
        return self._unsubscribe(asked, done=True)

    def _confirm(self, asked: Asked, then: Callable[[Stored], Stored]) -> Response:
        reply, problem = self._read(self._links.confirmed, asked.query.get("token", ""))
        if reply is None:
            return self._page("mail/gone.html", 410, problem=problem)
        post = self._services.targets.find(reply.target)
        reply = then(reply)
        lang = post.lang if post else ""
        place = receipt_path(self._services.tokens.sign(Purpose.RECEIPT, reply.id))
        return self._page("mail/confirm.html", lang=lang, reply=reply, post=post, place=place)

    def _confirmed(self, reply: Stored) -> Stored:
        """Mark the address confirmed; in the mode for it, that publishes a trusted one's reply."""
        store = self._services.store
        reply = store.verify(reply.id)
        clean = reply.state is State.HELD and not reply.reasons
        first = self._services.settings.moderation == "first"
        if first and clean and self._services.database.read(lambda at: due.trusted(at, reply)):
            store.decide(reply.id, State.APPROVED)
        return store.find(reply.id) or reply

    def _unsubscribe(self, asked: Asked, *, done: bool) -> Response:
        try:
            about, mark = self._links.unsubscribed(asked.query.get("token", ""))
        except TokenError:
            return self._page("mail/gone.html", 410, problem="unknown")
        everything = asked.form.get("all") == "yes"
        if done:
            silent = mark if everything else about
            now = moments.now()
            self._services.database.write(lambda found: due.silence(found, silent, now))
        lang = self._language(about)
        return self._page("mail/unsubscribe.html", lang=lang, done=done, everything=everything)

    def _read(
        self, read: Callable[[str], tuple[str, str]], token: str
    ) -> tuple[Stored | None, str]:
        """The reply that ``token`` is about, if it still has that address; else why not."""
        try:
            about, mark = read(token)
        except ExpiredTokenError:
            return None, "expired"
        except TokenError:
            return None, "unknown"
        reply = self._services.store.find(about)
        if reply is None or not reply.email or mark not in self._links.marks(reply.email):
            return None, "erased"
        return reply, ""

    def _language(self, about: str) -> str:
        """The language of the post that the reply ``about`` is to; empty where it is gone."""
        reply = self._services.store.find(about)
        post = self._services.targets.find(reply.target) if reply else None
        return post.lang if post else ""

    def _page(self, template: str, status: int = 200, lang: str = "", **values: object) -> Response:
        return self._services.pages.page(template, status, lang=lang, **values)
