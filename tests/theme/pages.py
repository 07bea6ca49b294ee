"""Rendering for tests: a view through the theme's real templates, then a strict HTML parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from justhtml import JustHTML

from plugins.pages.render import Renderer
from plugins.views import SiteView, View
from tests.conftest import ROOT
from tests.theme import samples

THEME = ROOT / "theme"
RENDERER = Renderer(THEME / "templates")


def render(template: str, page: View, site: SiteView | None = None) -> str:
    """The page's HTML."""
    return RENDERER.render(template, site or samples.site(), page)


def parse(html: str) -> JustHTML:
    """The document; a parse error of the HTML standard is an exception."""
    return JustHTML(html, strict=True, sanitize=False)


def read(template: str, page: View, site: SiteView | None = None) -> JustHTML:
    """The page, rendered and parsed."""
    return parse(render(template, page, site))


def elements(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Every element in document order with its depth, those inside templates too."""
    for child in node.children or ():
        if child.name.startswith(("#", "!")):
            continue
        yield depth, child
        yield from elements(child, depth + 1)
        if child.name == "template":
            yield from elements(child.template_content, depth + 1)


def skeleton(document: JustHTML) -> list[tuple[int, str, tuple[str, ...]]]:
    """What a page is made of when its text is taken away: depth, element, attribute names."""
    return [(depth, e.name, tuple(sorted(e.attrs))) for depth, e in elements(document.root)]


def find(node: Any, selector: str) -> list[Any]:
    """The elements below a document or an element that a CSS selector finds."""
    return list(node.query(selector))


def texts(node: Any, selector: str) -> list[str]:
    """What a reader sees in each of them."""
    return [words(element) for element in find(node, selector)]


def values(node: Any, selector: str, attribute: str) -> list[str | None]:
    """An attribute of each of them; None where it is absent."""
    return [element.attrs.get(attribute) for element in find(node, selector)]


def words(node: Any) -> str:
    """The text of an element, its white space as a reader sees it."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Any) -> Iterator[str]:
    if node.name == "#text":
        yield node.data
    for child in node.children or ():
        yield from _texts(child)
