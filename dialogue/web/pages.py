"""The service's own pages: small templates in the dress of the blog, in the language of the post."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dialogue.settings import Settings
from dialogue.targets import Targets
from wording import wording_for
from wording.templating import install


class Pages:
    """Renders templates of ``dialogue/templates``; everything in them is escaped."""

    def __init__(self, settings: Settings, targets: Targets) -> None:
        self._settings, self._targets = settings, targets

    def render(self, template: str, *, lang: str = "", **values: Any) -> str:
        """The text of a page in ``lang``, else in the language of the site."""
        site = self._targets.site
        return (
            _environment(lang or site.lang)
            .get_template(template)
            .render(
                site=site,
                lang=lang or site.lang,
                stylesheet=self._settings.stylesheet,
                **values,
            )
        )

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
    environment.filters.update(date=wording.date)
    return environment
