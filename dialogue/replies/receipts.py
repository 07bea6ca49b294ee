"""The page about one's own reply, behind its signed link: read, change, download, erase it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from dialogue import moments
from dialogue.guard.judge import Evidence, judge
from dialogue.privacy.facts import facts
from dialogue.replies import markup, sending
from dialogue.replies.draft import text_fault
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError
from dialogue.web import typed
from dialogue.web.asked import Asked
from dialogue.web.origin import Source
from dialogue.web.places import receipt_path
from wording import wording_for


@dataclass(frozen=True, slots=True)
class Receipts:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, asked: Asked) -> Response:
        """GET: the reply, what became of it, and what can be done with it."""
        return self._with_reply(asked, lambda reply: self._page(reply, asked))

    def edit(self, asked: Asked) -> Response:
        """POST: replace the words, soon after they were sent; a moderator may have to look again."""
        return self._changing(asked, lambda reply: self._edited(reply, asked))

    def erase(self, asked: Asked) -> Response:
        """POST: erase the reply for good, at any time."""
        return self._changing(asked, self._erased)

    def export(self, asked: Asked) -> Response:
        """GET: everything that is kept about the reply, as a JSON file."""
        return self._with_reply(asked, _file)

    def _with_reply(self, asked: Asked, then: Callable[[Stored], Response]) -> Response:
        try:
            token = self.services.tokens.read(Purpose.RECEIPT, asked.params["token"])
        except TokenError:
            return self._none()
        reply = self.services.store.find(token.id)
        if reply is None or reply.state is State.ERASED:
            return self._none()
        return then(reply)

    def _changing(self, asked: Asked, then: Callable[[Stored], Response]) -> Response:
        """Like ``_with_reply``, for what only a form of ours may do."""
        if asked.source is not Source.FOREIGN:
            return self._with_reply(asked, then)
        words = wording_for(self.services.targets.site.lang)
        said = words.gettext("This came from another site. Nothing was changed.")
        text = asked.form.get("text", "")
        return self.services.pages.page("message.html", 403, said=said, text=text)

    def _edited(self, reply: Stored, asked: Asked) -> Response:
        text = typed.paragraphs(asked.form.get("text", ""))
        words = wording_for(self._lang(reply))
        if not self._is_editable(reply):
            said = words.gettext("It is too late to change this reply; you can erase it.")
            return self._page(reply, asked, 409, text, said)
        if wrong := text_fault(text, self.services.settings, words):
            return self._page(reply, asked, 422, text, wrong)
        own = asked.source is Source.OWN
        evidence = Evidence(texts=(text, reply.author, reply.url), own=own)
        verdict = judge(evidence, self.services.rules)
        state = sending.next_state(self.services.settings.moderation, reply, verdict)
        html, reasons = markup.html(text), (*reply.reasons, *verdict.reasons)
        self.services.store.edit(reply.id, text, html, state=state, reasons=reasons)
        return RedirectResponse(receipt_path(asked.params["token"]), 303)

    def _erased(self, reply: Stored) -> Response:
        self.services.store.erase(reply.id)
        words = wording_for(self._lang(reply))
        said = words.gettext("Your reply has been erased.")
        return self.services.pages.page(
            "message.html", 200, lang=self._lang(reply), said=said, text=""
        )

    def _page(
        self, reply: Stored, asked: Asked, status: int = 200, text: str = "", wrong: str = ""
    ) -> Response:
        return self.services.pages.page(
            "receipt.html",
            status,
            lang=self._lang(reply),
            reply=reply,
            post=self.services.targets.find(reply.target),
            place=receipt_path(asked.params["token"]),
            editable=self._is_editable(reply),
            text=text or reply.text,
            fault=wrong,
        )

    def _is_editable(self, reply: Stored) -> bool:
        allowed = timedelta(minutes=self.services.settings.edit_minutes)
        return moments.now() - reply.created < allowed

    def _lang(self, reply: Stored) -> str:
        post = self.services.targets.find(reply.target)
        return post.lang if post else self.services.targets.site.lang

    def _none(self) -> Response:
        words = wording_for(self.services.targets.site.lang)
        said = words.gettext("There is no reply here: not sent, erased, or the link is incomplete.")
        return self.services.pages.page("message.html", 404, said=said, text="")


def _file(reply: Stored) -> Response:
    told = {"format": "parley-reply/1", **facts(reply)}
    headers = {"Content-Disposition": f'attachment; filename="reply-{reply.id}.json"'}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return Response(text, 200, headers, "application/json")
