"""Why a page was made, or was left as it is, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from plugins.engine.changes import Change
from plugins.engine.made import Made, Reason
from plugins.views import CardView, TitleView, View

_BECAUSE: Mapping[Reason, str] = {
    "new": "no build with these settings, this code and these libraries has made it yet",
    "inputs": "what it shows has changed",
    "template": "a template that it is made with has changed",
    "frame": "what stands around every page has changed: menus, stylesheet, feeds",
    "text": "its text has changed, and nothing else of it",
    "missing": "it was not there",
    "touched": "somebody else had written to it",
}
# Those for which a changed file is the cause.
_WITH_FILES: frozenset[Reason] = frozenset({"inputs", "template", "frame", "text"})
_SHOWN = 5
# What the views of posts in lists show of them.
_FACETS = {CardView.__name__: "card", TitleView.__name__: "title"}


def explain(
    asked: str,
    made: Mapping[str, Made],
    reasons: Mapping[str, Reason],
    news: Collection[tuple[str, str]],
    places: Mapping[str, str],
) -> tuple[str, str]:
    """The unit of the page ``asked`` for, and why it was or was not made; LookupError for no page.

    It may be named by its address, its file below the output folder, or the file it is written in.
    ``made`` are all units of the build and ``reasons`` those of the ones it made, ``news`` the
    files that had changed, and ``places`` the files of pages by their sources.
    """
    path = _file(asked, places)
    owner = next((name for name, unit in made.items() if _has(unit, path)), None)
    if owner is None:
        raise LookupError(f"the site has no page {asked!r}")
    reason = reasons.get(owner)
    if reason is None:
        return owner, f"{path} was left as it is: nothing that it is made from has changed"
    changed = ", ".join(_named(news)) if reason in _WITH_FILES else ""
    told = f"; changed files: {changed}" if changed else ""
    return owner, f"{path} was made: {_BECAUSE[reason]}{told}"


def edges(
    changes: Iterable[Change], unit: Made, view: View | None, href: Callable[[str], str]
) -> Iterator[str]:
    """The ways from what changed of posts to a page that was made, a line each.

    ``unit`` is the page, and ``view`` what it shows, where that is known. The page of another post
    depends on what it shows of this one: a card, the title, or a link.
    """
    address = f"/{unit.files[0][0].removesuffix('index.html')}"
    shown = dict(_shown(view))
    for change in changes:
        what = f"{', '.join(change.what)} of {change.source} changed"
        what = what if change.what else f"{change.source} is new"
        if change.source == unit.post:
            yield f"{what} -> {address}"
        elif facet := shown.get(href(change.url)):
            yield f"{what} -> {facet} -> {address}"


def _shown(value: object) -> Iterator[tuple[str, str]]:
    """Every URL in a view, with what of the post behind it is shown there."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for one in value:
            yield from _shown(one)
    elif is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value)}
        for one in found.values():
            yield from _shown(one)
        if isinstance(url := found.get("url"), str):
            yield url, _FACETS.get(type(value).__name__, "link")


def _file(asked: str, places: Mapping[str, str]) -> str:
    name = asked.removeprefix("/")
    if name in places:
        return places[name]
    bare = name.removeprefix("content/")
    if bare in places:
        return places[bare]
    return f"{name}index.html" if asked.endswith("/") or not name else name.removeprefix("output/")


def _has(unit: Made, path: str) -> bool:
    return any(own == path for own, _ in unit.files)


def _named(news: Iterable[tuple[str, str]]) -> list[str]:
    names = sorted(f"{root}/{path}" if path else root for root, path in news)
    more = len(names) - _SHOWN
    return [*names[:_SHOWN], f"{more} more"] if more > 0 else names
