"""Views made from their own declarations: the fullest, the emptiest and the most hostile of each.

A field added to a view is in these samples, and so in the tests, at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

from plugins import views
from plugins.frontmatter.fields import EXTRAS
from plugins.kinds import KINDS
from plugins.post import Extra, Frozen
from plugins.views import SiteView, View
from thread import views as reply_views
from tests.conftest import ROOT

TEMPLATES: dict[str, type[View]] = {f"{kind.template}.html": kind.load_view() for kind in KINDS}
HOSTILE = (
    """x"><img src=x onerror=alert(1)><script>alert(1)</script>' onload='alert(1)' {{ 7*7 }}"""
)
BODY = Markup("<p>A body, <em>finished</em>.</p>")
# What a browser reads as it is: a style or script element may hold nothing else.
CODE = {"styles": Markup("a > b { color: red }"), "script": Markup("let one = 1 < 2")}
STATIC = ROOT / "theme/static"
FILES = Frozen(
    {
        name: f"/theme/{name}"
        for name in (
            path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()
        )
    }
)
DEEPEST = 2
_ANCHORS = count()

Text = Callable[[str], str]
T = TypeVar("T")


def view_classes() -> list[type]:
    """Every view class that plugins.views, thread.views and the modules of kinds of pages declare."""
    declared = [
        cls
        for module in (views, reply_views)
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and is_dataclass(cls)
    ]
    return [*dict.fromkeys((*declared, *TEMPLATES.values()))]


def full(cls: type[T], text: Text | None = None, seed: int = 0) -> T:
    """A view with a value in every field and two in every list.

    ``text`` makes the plain text of a field from its name. ``seed`` picks among the values of a
    field that has few: run over 0 to 3, every one of them occurs.
    """
    value: T = _full(cls, "view", text or _plain, seed, 0)
    return value


def empty(cls: type[T]) -> T:
    """A view with nothing in it that may be absent: no lists, no options, shortest text."""
    value: T = _empty(cls)
    return value


def hostile(name: str) -> str:
    """Text that would add elements, attributes and scripts wherever it is not escaped."""
    return f"{name} {HOSTILE}"


def site(text: Text | None = None) -> SiteView:
    """The fullest site view."""
    return full(SiteView, text)


def _plain(name: str) -> str:
    """An anchor is an id in the page, so no two are the same."""
    return f"anchor-{next(_ANCHORS)}" if name == "anchor" else f"{name} text"


def _full(kind: Any, name: str, text: Text, seed: int, depth: int) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Extra:
        return Extra({field.name: text(field.name) for field in EXTRAS})
    if kind in (str, int, bool, Markup, Frozen):
        body = CODE.get(name, BODY)
        return {str: text(name), int: 2 + seed, bool: True, Markup: body, Frozen: FILES}[kind]
    if origin is Literal:
        return arguments[seed % len(arguments)]
    if origin in (Union, UnionType):
        [kept] = [argument for argument in arguments if argument is not NoneType]
        return _full(kept, name, text, seed, depth)
    if origin is tuple:
        return _full_tuple(arguments, name, text, seed, depth)
    hints = get_type_hints(kind)
    return kind(**{key: _full(hints[key], key, text, seed, depth + 1) for key in hints})


def _full_tuple(arguments: Any, name: str, text: Text, seed: int, depth: int) -> Any:
    if arguments[-1] is not Ellipsis:
        return tuple(_full(argument, name, text, seed, depth) for argument in arguments)
    nests = arguments[0] in (views.ContentsView, reply_views.ReplyView) and depth > DEEPEST
    return () if nests else tuple(_full(arguments[0], name, text, seed + n, depth) for n in (0, 1))


def _empty(kind: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in (str, int, bool, Markup, Frozen):
        return {str: "x", int: 0, bool: False, Markup: Markup(""), Frozen: FILES}[kind]
    if origin is Literal:
        return arguments[0]
    if NoneType in arguments:
        return None
    if origin is tuple:
        return ()
    hints = get_type_hints(kind)
    needed = [f.name for f in fields(kind) if f.default is MISSING]
    return kind(**{key: _empty(hints[key]) for key in needed})
