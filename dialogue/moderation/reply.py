"""The page of one reply: change its words with a note, answer it as an author."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from dialogue import ids, moments
from dialogue.moderation.decisions import Decisions
from dialogue.moderation.gate import LIST
from dialogue.moderation.replies import counted
from dialogue.replies import markup, rows
from dialogue.replies.draft import text_fault
from dialogue.replies.model import NewReply, ParentError, State, Stored
from dialogue.services import Services
from dialogue.web import typed
from dialogue.web.asked import Asked
from wording import wording_for

_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class One:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, asked: Asked) -> Response:
        """GET: the reply with its forms."""
        return self._with(asked, self._page)

    def edit(self, asked: Asked) -> Response:
        """POST: replace the words; the note says so below the reply."""
        return self._with(asked, lambda reply: self._edited(reply, asked))

    def answer(self, asked: Asked) -> Response:
        """POST: answer as an author; what is answered is approved by that."""
        return self._with(asked, lambda reply: self._answered(reply, asked))

    def _with(self, asked: Asked, then: Callable[[Stored], Response]) -> Response:
        reply = self.services.store.find(asked.params["reply"])
        if reply is None or reply.state is State.ERASED:
            words = wording_for(self.services.targets.site.lang)
            said = words.gettext("This reply is not there any more.")
            return self.services.pages.page("message.html", 404, said=said, text="")
        return then(reply)

    def _edited(self, reply: Stored, asked: Asked) -> Response:
        text = typed.paragraphs(asked.form.get("text", ""))
        note = typed.line(asked.form.get("note", ""))[:_LONGEST_NOTE]
        words = wording_for(self.services.targets.site.lang)
        if wrong := text_fault(text, self.services.settings, words):
            return self._page(reply, 422, edited=text, note=note, fault=wrong)
        html = markup.html(text)
        self.services.store.edit(reply.id, text, html, state=reply.state, note=note)
        return _to(reply)

    def _answered(self, reply: Stored, asked: Asked) -> Response:
        text = typed.paragraphs(asked.form.get("answer", ""))
        words = wording_for(self.services.targets.site.lang)
        if wrong := text_fault(text, self.services.settings, words):
            return self._page(reply, 422, answer=text, fault=wrong)
        if reply.state is not State.APPROVED:
            decisions = Decisions(self.services.store, self.services.database)
            decisions.decide([reply.id], State.APPROVED, "page")
        try:
            self.services.store.hold(self._new(reply, text, asked.form.get("name", "")))
        except ParentError:
            wrong = words.gettext("This conversation goes too deep; answer an earlier reply of it.")
            return self._page(reply, 409, answer=text, fault=wrong)
        return _to(reply)

    def _new(self, reply: Stored, text: str, name: str) -> NewReply:
        names = self._names(reply)
        return NewReply(
            id=ids.new(),
            target=reply.target,
            parent=reply.id,
            author=name if name in names else names[0],
            text=text,
            html=markup.html(text),
            created=moments.now(),
            state=State.APPROVED,
            by_author=True,
            digest=rows.digest("answer", reply.id, text),
        )

    def _names(self, reply: Stored) -> tuple[str, ...]:
        """Whose answer it can be: an author's of the post, or the site's."""
        post = self.services.targets.find(reply.target)
        return (*(post.authors if post else ()), self.services.targets.site.name)

    def _page(
        self,
        reply: Stored,
        status: int = 200,
        *,
        edited: str | None = None,
        note: str | None = None,
        answer: str = "",
        fault: str = "",
    ) -> Response:
        return self.services.pages.page(
            "moderation/reply.html",
            status,
            reply=reply,
            post=self.services.targets.find(reply.target),
            names=self._names(reply),
            text=reply.text if edited is None else edited,
            note=reply.note if note is None else note,
            answer=answer,
            fault=fault,
            **counted(self.services),
        )


def _to(reply: Stored) -> Response:
    return RedirectResponse(f"{LIST}replies/{reply.id}#reply", 303)
