"""The service's own pages: small templates in the dress of the blog."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dialogue.settings import Settings
from dialogue.targets import Targets


class Pages:
    """Renders templates of ``dialogue/templates``; everything in them is escaped."""

    def __init__(self, settings: Settings, targets: Targets) -> None:
        self._settings, self._targets = settings, targets
        self._environment = Environment(
            loader=PackageLoader("dialogue"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, template: str, **values: Any) -> str:
        """The text of a page."""
        site = self._targets.site
        return self._environment.get_template(template).render(
            site=site, stylesheet=self._settings.stylesheet, **values
        )

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The answer that is a page."""
        return HTMLResponse(self.render(template, **values), status)
