"""The way of a message without JavaScript: form, preview, confirmation, back to the post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from dialogue.contact import sending
from dialogue.contact.sending import Note
from dialogue.part import Part
from dialogue.services import Services
from dialogue.tokens import TokenError
from dialogue.web.asked import Asked, route
from dialogue.web.origin import Source
from dialogue.web.places import path_of
from thread.model import Target
from wording import Wording, wording_for

RECEIVED = "contact-received"
"""The element that says so; the page shows it when the address names it."""
PLACE = "/dialogue/contact"


@dataclass(frozen=True, slots=True)
class Forms:
    """The handlers, on the services of one application."""

    services: Services

    def new(self, asked: Asked) -> Response:
        """GET: an empty form, for sites that have none of their own."""
        found = sending.note({"target": asked.query.get("target", "")})
        return self._form(found, self._post(found), {}, asked, 200)

    def preview(self, asked: Asked) -> Response:
        """POST: show what was typed once more, or what is wrong with it."""
        found = sending.note(asked.form)
        wrong = self._wrong(found, asked)
        return wrong or self._shown(found, asked)

    def send(self, asked: Asked) -> Response:
        """POST: store what was shown, once, and lead back."""
        found = sending.note(asked.form)
        if wrong := self._wrong(found, asked):
            return wrong
        try:
            token = sending.confirmed(self.services, found, asked.form.get("token", ""))
        except TokenError:
            notice = self._words(found).gettext("Look at it once more before you send it.")
            return self._shown(found, asked, 409, notice)
        sending.send(self.services, found, token, asked)
        post = self._post(found)
        place = f"{path_of(post) if post else PLACE}#{RECEIVED}"
        if asked.wants_json:
            return JSONResponse({"location": place}, 201)
        return RedirectResponse(place, 303)

    def _wrong(self, found: Note, asked: Asked) -> Response | None:
        """The answer that says what is wrong and gives everything back; None if nothing is."""
        words, post = self._words(found), self._post(found)
        if asked.source is Source.FOREIGN:
            said = words.gettext("This came from another site. Send it from here if you want to.")
            return self._form(found, post, {"form": said}, asked, 403)
        if found.target and post is None:
            said = words.gettext("There is no such post; your message goes to the site.")
            told = {"form": said}
            return self._form(
                sending.note({**_fields(found), "target": ""}), None, told, asked, 404
            )
        told = dict(sending.faults(found, self.services.settings, words))
        return self._form(found, post, told, asked, 422) if told else None

    def _shown(self, found: Note, asked: Asked, status: int = 200, notice: str = "") -> Response:
        token = sending.signed(self.services, found)
        if asked.wants_json:
            return JSONResponse({"token": token, "notice": notice}, status)
        values = {"note": found, "token": token, "notice": notice, "post": self._post(found)}
        lang = self._words(found).lang
        return self.services.pages.page("contact/preview.html", status, lang=lang, **values)

    def _form(
        self, found: Note, post: Target | None, told: Mapping[str, str], asked: Asked, status: int
    ) -> Response:
        if asked.wants_json:
            return JSONResponse({"faults": dict(told)}, status)
        values = {"note": found, "post": post, "faults": told}
        lang = self._words(found).lang
        return self.services.pages.page("contact/form.html", status, lang=lang, **values)

    def _post(self, found: Note) -> Target | None:
        return self.services.targets.find(found.target) if found.target else None

    def _words(self, found: Note) -> Wording:
        post = self._post(found)
        return wording_for(post.lang if post else self.services.targets.site.lang)


def _fields(found: Note) -> Mapping[str, str]:
    return {"name": found.name, "email": found.email, "text": found.text, sending.TRAP: found.trap}


def _routes(services: Services) -> Sequence[BaseRoute]:
    forms, settings = Forms(services), services.settings
    return [
        route("/contact", settings, forms.new, "GET"),
        route("/contact", settings, forms.preview, "POST"),
        route("/contact/send", settings, forms.send, "POST"),
    ]


PART = Part(_routes)
