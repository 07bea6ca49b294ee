"""Why a page was made, or was left as it is, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from plugins.engine.made import Made, Reason

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


def explain(
    asked: str,
    made: Mapping[str, Made],
    reasons: Mapping[str, Reason],
    news: Collection[tuple[str, str]],
    places: Mapping[str, str],
) -> str:
    """Why the page ``asked`` for was or was not made in a build; raises LookupError for no page.

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
        return f"{path} was left as it is: nothing that it is made from has changed"
    changed = ", ".join(_named(news)) if reason in _WITH_FILES else ""
    told = f"; changed files: {changed}" if changed else ""
    return f"{path} was made: {_BECAUSE[reason]}{told}"


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
