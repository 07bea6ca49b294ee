"""Jinja environments that speak a language: what every template of ours may call."""

from __future__ import annotations

from jinja2 import Environment

from wording import tags
from wording.folding import fold
from wording.wording import Wording

EXTENSION = "jinja2.ext.i18n"


def install(environment: Environment, wording: Wording) -> None:
    """Give the templates of ``environment`` the words of one language.

    ``_()``, ``ngettext()``, ``pgettext()`` and ``{% trans %}`` are those of Jinja in the new style:
    text is HTML, variables put into it are escaped. Besides them: ``number(n)``, ``between(index,
    count)``, ``reading_time(minutes)``, ``direction(tag)`` and ``language_name(tag)``. Lines and
    indentation inside ``{% trans %}`` count as one space.
    """
    environment.policies["ext.i18n.trimmed"] = True
    environment.add_extension(EXTENSION)
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        wording.gettext,
        wording.ngettext,
        newstyle=True,
        pgettext=wording.pgettext,
        npgettext=wording.npgettext,
    )
    fold(environment, wording)
    environment.globals.update(
        number=wording.number,
        between=wording.between,
        reading_time=wording.reading_time,
        direction=tags.direction,
        language_name=tags.language_name,
    )
