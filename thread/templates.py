"""The theme's templates of replies and forms, under the same strict rules for build and service."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined

from thread.quick import QuickEnvironment
from thread.views import ContactView, RepliesView
from wording import Wording, wording_for
from wording.templating import install

REPLIES, FORMS = "macros/replies.html", "macros/forms.html"


class Templates:
    """Renders the macros of a theme; ``folders`` are its template folders, of which the first wins.

    A macro sees its argument and the words of a language and nothing else, so what it makes cannot
    depend on the page around it. Templates are read once: changed ones need a new object.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._environments: dict[str, Environment] = {}

    def replies(self, view: RepliesView) -> str:
        """The inside of the block; raises :class:`jinja2.TemplateError`."""
        return self._call(view.lang, REPLIES, "replies", view)

    def contact(self, view: ContactView, lang: str) -> str:
        """The form for messages; raises :class:`jinja2.TemplateError`."""
        return self._call(lang, FORMS, "contact_form", view)

    def _call(self, lang: str, template: str, macro: str, view: object) -> str:
        module = self._environment(lang).get_template(template).module
        return str(getattr(module, macro)(view))

    def _environment(self, lang: str) -> Environment:
        if lang not in self._environments:
            loader = FileSystemLoader([*self._folders])
            self._environments[lang] = environment(loader, wording_for(lang))
        return self._environments[lang]


def environment(loader: BaseLoader, wording: Wording) -> Environment:
    """Jinja as our themes expect it: strict, escaping, in one language."""
    made = QuickEnvironment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    install(made, wording)
    return made
