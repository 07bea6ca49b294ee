"""The service's own pages: small templates in the dress of the blog, in the language of the post."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dialogue.errors import DialogueError
from dialogue.targets import Targets
from dialogue.web.places import path_of
from thread.safe import safe
from wording import wording_for
from wording.templating import install

STYLE = "/dialogue/style.css"
# What the way of a reply needs.
_FIRST = ("fields.html", "form.html", "parts/preview.html", "preview.html")


class Pages:
    """Renders templates of ``dialogue/templates``; everything in them is escaped.

    The HTML of a reply is cleaned where it is shown, whatever the database holds.
    """

    def __init__(self, targets: Targets) -> None:
        self._targets = targets

    def warm(self) -> None:
        """Make ready what replies need, in the language of the site, if that was built already.

        Once and by one thread: the first readers need not wait for it, and many at once do not
        each take the memory that it needs meanwhile.
        """
        with suppress(DialogueError):
            environment = _environment(self._targets.site.lang)
            for name in _FIRST:
                environment.get_template(name)
            self.render("message.html", said="", text="")

    def render(self, template: str, *, lang: str = "", **values: Any) -> str:
        """The text of a page in ``lang``, else in the language of the site."""
        site = self._targets.site
        spoken = lang or site.lang
        found = _environment(spoken).get_template(template)
        return found.render(site=site, lang=spoken, style=STYLE, **values)

    def page(
        self, template: str, status: int = 200, *, lang: str = "", **values: Any
    ) -> HTMLResponse:
        """The answer that is a page."""
        return HTMLResponse(self.render(template, lang=lang, **values), status)


@lru_cache(maxsize=64)
def _environment(lang: str) -> Environment:
    """Templates that speak ``lang``."""
    environment = Environment(
        loader=PackageLoader("dialogue"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    wording = wording_for(lang)
    install(environment, wording)
    environment.filters.update(cleaned=safe, date=wording.date, path_of=path_of)
    return environment
