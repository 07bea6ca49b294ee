"""The service's own pages: small templates in the dress of the blog, in the language of the post."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dialogue.targets import Targets
from dialogue.web.places import path_of
from thread.safe import safe
from wording import wording_for
from wording.templating import install

STYLE = "/dialogue/style.css"


class Pages:
    """Renders templates of ``dialogue/templates``; everything in them is escaped.

    The HTML of a reply is cleaned where it is shown, whatever the database holds.
    """

    def __init__(self, targets: Targets) -> None:
        self._targets = targets

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
