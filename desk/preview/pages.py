"""What the preview adds to the pages it serves, and its own two pages. Nothing here is a file."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from desk.preview.board import State

_TEMPLATES = Environment(
    loader=PackageLoader("desk.preview"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def live(page: bytes, state: State) -> bytes:
    """``page`` with what keeps it current, and with the problems of the last build if it failed.

    Bytes, because a page may be in any encoding that agrees with ASCII.
    """
    added = _render("live.html", state).encode("ascii", "xmlcharrefreplace")
    end = page.lower().rfind(b"</body>")
    return page + added if end < 0 else page[:end] + added + page[end:]


def problems(state: State) -> str:
    """The problems of the last build as HTML for the overlay; empty if there are none."""
    return _render("problems.html", state) if state.failure else ""


def nothing_yet(state: State) -> bytes:
    """The page in place of every other while no build has succeeded."""
    return live(_render("failed.html", state).encode(), state)


def missing(state: State) -> bytes:
    """The page for a URL with nothing behind it, of a site without a ``404.html``."""
    return live(_render("missing.html", state).encode(), state)


def _render(name: str, state: State) -> str:
    return _TEMPLATES.get_template(name).render(state=state)
