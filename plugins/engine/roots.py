"""The files and folders that a site is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.checks.settings import CheckSettings
from plugins.engine.places import left_out
from plugins.engine.request import Request, Settings
from plugins.engine.sources import ignores
from plugins.fastbuild.inventory import Root


def roots_of(request: Request, hidden: Iterable[str] = ()) -> Iterator[Root]:
    """Everything that a site is made from but code and settings.

    ``hidden`` are the paths below the content folder that git ignores.
    """
    settings = request.settings
    ignored = ignores(settings["IGNORE_FILES"])
    excluded = left_out(settings).union(path.rstrip("/") for path in hidden)
    yield Root("content", str(settings["PATH"]), ignored, excluded)
    yield Root("theme", str(settings["THEME"]))
    for number, path in enumerate(settings["THEME_TEMPLATES_OVERRIDES"]):
        yield Root(f"templates {number}", str(path))
    for name in settings["THEME_STATIC_PATHS"]:
        yield Root(f"theme static {name}", str(Path(settings["THEME"], name)), ignored)
    if settings.get("BRAND"):
        yield Root("brand", str(settings["BRAND"]))
    checks: CheckSettings | None = settings.get("CHECKS")
    if checks and checks.baseline:
        yield Root("baseline", str(checks.baseline))
    yield from watched_by(request)


def watched_by(request: Request) -> Iterator[Root]:
    """What plugins watch, of which anybody may write something at any time."""
    for plugin in request.plugins:
        watched: Iterable[Path] = getattr(plugin, "watched", _nothing)(request.settings)
        for number, path in enumerate(watched):
            yield Root(f"{plugin.__name__} {number}", str(path))


def _nothing(settings: Settings) -> tuple[Path, ...]:  # noqa: ARG001 - as those that watch something
    return ()
