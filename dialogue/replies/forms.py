"""The way of a reply without JavaScript: form, preview, confirmation, back to the post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import JSONResponse, RedirectResponse, Response

from dialogue.replies import sending
from dialogue.replies.draft import Draft, draft, faults
from dialogue.replies.model import Held, ParentError, State
from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError
from dialogue.web.asked import Asked
from dialogue.web.origin import Source
from dialogue.web.places import path_of, receipt_path
from thread.model import Target
from wording import wording_for

RECEIVED = "reply-received"
"""The element of the post that says so; the page shows it when the address names it."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The handlers, on the services of one application."""

    services: Services

    def new(self, asked: Asked) -> Response:
        """GET: an empty form, also to answer one reply; for pages that cannot open one in place."""
        found = draft(asked.query)
        post = self.services.targets.find(found.target)
        return self._form(found, post, {}, asked, 200) if post else self._no_post(asked)

    def preview(self, asked: Asked) -> Response:
        """POST: show what was typed as it will look, or what is wrong with it."""
        found = draft(asked.form)
        post = self._checked(found, asked)
        return post if isinstance(post, Response) else self._shown(found, post, asked)

    def confirm(self, asked: Asked) -> Response:
        """POST: store what was shown, once, and lead back to the post."""
        found = draft(asked.form)
        post = self._checked(found, asked)
        if isinstance(post, Response):
            return post
        words = wording_for(post.lang)
        try:
            token = sending.confirmed(self.services, found, asked.form.get("token", ""))
        except TokenError:
            notice = words.gettext("Look at it once more before you send it.")
            return self._shown(found, post, asked, 409, notice)
        try:
            held = sending.send(self.services, found, token, asked)
        except ParentError:
            notice = words.gettext("What you answered cannot be answered any more.")
            return self._shown(replace(found, parent=""), post, asked, 409, notice)
        return self._stored(held, post, asked)

    def _checked(self, found: Draft, asked: Asked) -> Target | Response:
        """The post, or the answer that says what is wrong and gives everything back."""
        post = self.services.targets.find(found.target)
        if post is None:
            return self._no_post(asked, found)
        words = wording_for(post.lang)
        if asked.source is Source.FOREIGN:
            said = words.gettext("This came from another site. Send it from here if you want to.")
            return self._form(found, post, {"form": said}, asked, 403)
        if not post.open:
            said = words.gettext("This post takes no more replies.")
            return self._form(found, post, {"form": said}, asked, 403)
        told = faults(found, self.services.settings, words)
        return self._form(found, post, told, asked, 422) if told else post

    def _shown(
        self, found: Draft, post: Target, asked: Asked, status: int = 200, notice: str = ""
    ) -> Response:
        made = sending.preview(self.services, found)
        receipt = receipt_path(made.receipt)
        values = {
            "draft": found,
            "preview": made,
            "receipt": f"{self.services.settings.site_url}{receipt}",
            "notice": notice,
        }
        pages = self.services.pages
        if not asked.wants_json:
            return pages.page("preview.html", status, lang=post.lang, post=post, **values)
        part = pages.render("parts/preview.html", lang=post.lang, **values)
        facts = {"html": made.html, "token": made.token, "receipt": receipt, "part": part}
        return JSONResponse(facts, status)

    def _stored(self, held: Held, post: Target, asked: Asked) -> Response:
        """Where to go next; who sent what somebody else had sent is told no more than others."""
        reply = held.reply
        shown = reply.state is State.APPROVED and not held.twin
        anchor = f"reply-{reply.id}" if shown else RECEIVED
        place = f"{path_of(post)}#{anchor}"
        if not asked.wants_json:
            return RedirectResponse(place, 303)
        facts = {"state": (reply.state if shown else State.HELD).value, "location": place}
        if not held.twin:
            facts["receipt"] = receipt_path(self.services.tokens.sign(Purpose.RECEIPT, reply.id))
        return JSONResponse(facts, 201)

    def _form(
        self, found: Draft, post: Target, told: Mapping[str, str], asked: Asked, status: int
    ) -> Response:
        if asked.wants_json:
            return JSONResponse({"faults": dict(told)}, status)
        return self.services.pages.page(
            "form.html",
            status,
            lang=post.lang,
            post=post,
            draft=found,
            faults=told,
            answered=self._answered(found),
        )

    def _answered(self, found: Draft) -> str:
        """The name of who wrote the reply that is answered, if everybody can read it."""
        parent = self.services.store.find(found.parent) if found.parent else None
        seen = parent and parent.state is State.APPROVED and parent.target == found.target
        return parent.author if parent and seen else ""

    def _no_post(self, asked: Asked, found: Draft | None = None) -> Response:
        words = wording_for(self.services.targets.site.lang)
        said = words.gettext("There is no post here to reply to.")
        if asked.wants_json:
            return JSONResponse({"faults": {"form": said}}, 404)
        text = found.text if found else ""
        return self.services.pages.page("message.html", 404, said=said, text=text)
