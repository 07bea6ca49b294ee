"""Views to HTML: the theme's templates under strict rules.

Autoescape is on, an attribute a view does not have is an error, and no other theme stands in for
a missing template.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)

from plugins.errors import Problem, SiteError
from plugins.views import SiteView, View


class Renderer:
    """Renders page views with the templates of one theme."""

    def __init__(self, templates: Path, overrides: tuple[Path, ...] = ()) -> None:
        self._root = templates
        self._environment = Environment(
            loader=FileSystemLoader([*overrides, templates]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._names = frozenset(self._environment.list_templates())

    def has(self, template: str) -> bool:
        """Whether the theme has this template."""
        return template in self._names

    def render(self, template: str, site: SiteView, page: View) -> str:
        """The page as HTML text; raises :class:`SiteError` naming the template's file and line."""
        try:
            return self._template(template).render(site=site, page=page)
        except TemplateError as error:
            raise SiteError([self._problem(template, error)]) from error

    def _template(self, name: str) -> Template:
        return self._environment.get_template(name)

    def _problem(self, template: str, error: TemplateError) -> Problem:
        line, name = _where(error, template)
        message = error.message or type(error).__name__
        return Problem(f"theme/templates/{name}", line, "template", message, "correct the template")


def _where(error: TemplateError, template: str) -> tuple[int, str]:
    """Line and name of the innermost template in the traceback; Jinja rewrites it to both."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno, error.name or template
    line, name, trace = 1, template, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            line, name = trace.tb_lineno, file.rsplit("/templates/", 1)[-1]
        trace = trace.tb_next
    return line, name
