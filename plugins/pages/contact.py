"""The contact page: the writers' own with a form below its text, or one made of the form alone."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.kinds import address
from plugins.pages.heads import Heads
from plugins.pages.sketch import Sketch
from plugins.views import PageView
from thread.views import ContactView
from thread.ways.registry import contact_way

CONTACT_PATH = address("contact")


def contact_on(entry: Entry, catalogue: Catalogue) -> ContactView | None:
    """The form on a page of the writers': on that at :data:`CONTACT_PATH`."""
    return _contact(catalogue) if entry.post.url == CONTACT_PATH else None


def contact_page(catalogue: Catalogue, facts: Facts, heads: Heads) -> Sketch[PageView] | None:
    """The page with the form, where the site offers one and nothing of the writers' is there."""
    contact = _contact(catalogue)
    if contact is None or not has_contact_page(catalogue):
        return None
    return Sketch(digest(contact), partial(_page, contact, facts, heads))


def _page(contact: ContactView, facts: Facts, heads: Heads) -> PageView:
    words = facts.words
    about = words.say("Write to %(site)s in private.", site=facts.name)
    title = words.gettext("Contact")
    head = heads.plain(CONTACT_PATH, title, about)
    return PageView(head=head, lang=facts.lang, title=title, html=Markup(""), contact=contact)


def has_contact_page(catalogue: Catalogue) -> bool:
    """Whether :func:`contact_page` makes one."""
    taken = {*(entry.post.url for entry in catalogue.contents()), *_files(catalogue)}
    return _contact(catalogue) is not None and CONTACT_PATH not in taken


def _files(catalogue: Catalogue) -> set[str]:
    return {url.removesuffix("index.html") for _, url in catalogue.statics}


def _contact(catalogue: Catalogue) -> ContactView | None:
    site = catalogue.conversation
    return contact_way(site).contact("", site) if site else None
