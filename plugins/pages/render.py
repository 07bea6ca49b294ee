"""Views to HTML: the theme's templates under strict rules.

Autoescape is on, an attribute a view does not have is an error, and no other theme stands in for
a missing template.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateSyntaxError,
    meta,
)

from plugins.errors import Problem, SiteError
from plugins.views import SiteView, View
from thread.block import block
from thread.templates import Templates, environment
from wording import wording_for


class Renderer:
    """Renders page views with the templates of one theme, in the language of the site view.

    There is one environment for each language, made when a page first needs it. Besides words,
    templates have ``replies_block(view)``: the block of replies as the dialogue service makes it.
    """

    def __init__(self, templates: Path, overrides: tuple[Path, ...] = ()) -> None:
        self._folders = (templates, overrides)
        self._loader = FileSystemLoader([*overrides, templates])
        self._environments: dict[str, Environment] = {}
        self._replies = Templates(*overrides, templates)
        self._names = frozenset(self._loader.list_templates())

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: what has been compiled is not sent."""
        return Renderer, self._folders

    def has(self, template: str) -> bool:
        """Whether the theme has this template."""
        return template in self._names

    def render(self, template: str, site: SiteView, page: View) -> str:
        """The page as HTML text; raises :class:`SiteError` naming the template's file and line."""
        try:
            found = self._environment(site.lang).get_template(template)
            return found.render(site=site, page=page)
        except TemplateError as error:
            raise SiteError([self._problem(template, error)]) from error

    def references(self, lang: str) -> Mapping[str, tuple[str | None, ...]]:
        """The templates that each template names; None for a name that is not written out."""
        made = self._environment(lang)
        found: dict[str, tuple[str | None, ...]] = {}
        for name in sorted(self._names):
            try:
                source = self._source(name)
                tree = made.parse(source)
            except (TemplateSyntaxError, UnicodeDecodeError):
                found[name] = (None,)
            else:
                # The block of replies is rendered from other templates by a function.
                more = (None,) if "replies_block" in source else ()
                found[name] = (*meta.find_referenced_templates(tree), *more)
        return found

    def mentions(self, word: str) -> bool:
        """Whether any template has ``word`` in it."""
        return any(word in self._source(name) for name in self._names)

    def _source(self, name: str) -> str:
        return self._loader.get_source(self._environment("en"), name)[0]

    def _environment(self, lang: str) -> Environment:
        if lang not in self._environments:
            made = environment(self._loader, wording_for(lang))
            made.globals["replies_block"] = partial(block, self._replies)
            self._environments[lang] = made
        return self._environments[lang]

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
