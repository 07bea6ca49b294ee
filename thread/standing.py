"""Parts of a page that are the same on all pages: made once, not once for each page.

A template that another includes and that reads nothing but the view of the site gives the same text
wherever that view is the same. Which ones these are is found when they are compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import meta, nodes
from jinja2.runtime import Context

# The name of the view of the site in templates.
SITE = "site"
# What gives the same answer to the same question; see :mod:`wording.templating`.
_STEADY = frozenset(
    {
        *("_", "gettext", "ngettext", "pgettext", "npgettext"),
        *("number", "between", "reading_time", "direction", "language_name"),
        SITE,
    }
)

Root = Callable[[Context], Iterator[str]]


def is_part(tree: nodes.Template) -> bool:
    """Whether a template is nothing but a part: it extends nothing and has no blocks."""
    return not _has(tree, nodes.Extends, nodes.Block)


def stands(tree: nodes.Template) -> bool:
    """Whether a part reads nothing but the view of the site, itself and in what it imports.

    Imports with the context of the page may read anything, and so may what is included in turn.
    One that others may import something from is not for its text alone.
    """
    if _has(tree, nodes.Include, nodes.Macro, nodes.Assign, nodes.AssignBlock):
        return False
    if any(one.with_context for one in tree.find_all(nodes.Import)):
        return False
    if any(one.with_context for one in tree.find_all(nodes.FromImport)):
        return False
    names = {one.name for one in tree.find_all(nodes.Name)}
    filters = {one.name for one in tree.find_all(nodes.Filter)}
    if "page" in names or "random" in filters:
        return False
    return meta.find_undeclared_variables(tree) <= _STEADY


def _has(tree: nodes.Template, *kinds: type[nodes.Node]) -> bool:
    return any(tree.find(kind) is not None for kind in kinds)


class Part:
    """What makes the text of a part, in one piece: each piece costs at each template around it."""

    def __init__(self, root: Root) -> None:
        self._root = root

    def __call__(self, context: Context) -> Iterator[str]:
        """The text, as Jinja asks for it."""
        yield "".join(self._root(context))


class StandingPart(Part):
    """The same for a part that stands: it keeps the text for the view of the site it saw last."""

    def __init__(self, root: Root) -> None:
        super().__init__(root)
        self._made: tuple[Any, str] = (None, "")

    def __call__(self, context: Context) -> Iterator[str]:
        """The text, made where the site is another one."""
        site = context.resolve_or_missing(SITE)
        known, text = self._made
        if site is not known:
            text = "".join(self._root(context))
            self._made = (site, text)
        yield text
