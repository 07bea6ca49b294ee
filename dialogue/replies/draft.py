"""What somebody typed into the reply form: cleaned, checked field by field, and kept throughout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dialogue.replies import markup, rows
from dialogue.settings import Settings
from dialogue.web import typed
from wording import Wording

TRAP = "website_url"
"""The field that people do not see; whatever is in it was put there by a machine."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form; ``target`` and ``parent`` are the ids of a post and a reply."""

    target: str
    parent: str
    name: str
    email: str
    site: str
    text: str
    trap: str

    @property
    def digest(self) -> str:
        """The same for drafts that say the same, by the same, to the same."""
        said = (self.target, self.parent, self.name, self.email, self.site, self.text)
        return rows.digest("reply", *said)

    @property
    def fields(self) -> Mapping[str, str]:
        """The names and values of the form's fields that are worth sending again."""
        return MappingProxyType(
            {
                "target": self.target,
                "parent": self.parent,
                "name": self.name,
                "email": self.email,
                "site": self.site,
                "text": self.text,
                TRAP: self.trap,
            }
        )


def draft(form: Mapping[str, str]) -> Draft:
    """The draft in ``form``; fields that are missing are empty."""
    site = typed.line(form.get("site", ""))
    email = typed.line(form.get("email", ""))
    return Draft(
        target=typed.line(form.get("target", "")),
        parent=typed.line(form.get("parent", "")),
        name=typed.line(form.get("name", "")),
        email=typed.mailbox(email) or email,
        site=(typed.address(site) or site) if site else "",
        text=typed.paragraphs(form.get("text", "")),
        trap=form.get(TRAP, ""),
    )


def faults(found: Draft, settings: Settings, words: Wording) -> Mapping[str, str]:
    """What is wrong with the draft, by field, in the words of the reader's language."""
    told = {
        "name": _name(found.name, settings.name_limit, words),
        "email": _email(found.email, words),
        "site": _site(found.site, words),
        "text": text_fault(found.text, settings, words),
    }
    return {field: fault for field, fault in told.items() if fault}


def text_fault(text: str, settings: Settings, words: Wording) -> str:
    """What is wrong with the words of a reply; empty if nothing is."""
    if not text.strip():
        return words.gettext("Write something.")
    if len(text) > settings.text_limit:
        most, now = words.number(settings.text_limit), words.number(len(text))
        said = words.gettext("This has %(now)s characters; it can have %(most)s at most.")
        return said % {"now": now, "most": most}
    if markup.is_tangled(text):
        return words.gettext("Quotations and lists are too deep in one another; make them simpler.")
    return ""


def _name(name: str, limit: int, words: Wording) -> str:
    if not name:
        return words.gettext("Write your name; a made-up one will do.")
    if len(name) > limit:
        said = words.gettext("Names can have %(most)s characters at most.")
        return said % {"most": words.number(limit)}
    return ""


def _email(email: str, words: Wording) -> str:
    if not email or typed.mailbox(email):
        return ""
    return words.gettext("This is no mail address. Correct it, or leave it out.")


def _site(site: str, words: Wording) -> str:
    if not site or typed.address(site):
        return ""
    return words.gettext("This is no address of a site. Correct it, or leave it out.")
