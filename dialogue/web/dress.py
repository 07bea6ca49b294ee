"""``/dialogue/style.css``: the style of the built site, and a little more for the pages here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.responses import Response
from starlette.routing import BaseRoute

from dialogue.part import Part
from dialogue.services import Services
from dialogue.web.asked import Asked, route

_OWN = Path(__file__).parent.parent / "static" / "dialogue.css"
_BEGIN, _END = "<style>", "</style>"
_LINKED = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_HEADERS = {"Cache-Control": "max-age=600"}


def style(output: Path, chosen: str = "") -> str:
    """The style for the service's own pages, beside the site in the folder ``output``.

    ``chosen`` is the address of a style sheet to use instead of what the site's first page has.
    """
    own = _OWN.read_text(encoding="utf-8")
    if chosen:
        return f'@import url("{quote(chosen, safe="/:?=&%.-_~")}");\n{own}'
    return f"{_of_site(output)}\n{own}"


def _of_site(output: Path) -> str:
    try:
        page = (output / "index.html").read_text(encoding="utf-8")
        inline, end, _ = page.partition(_BEGIN)[2].partition(_END)
        if end:
            return inline
        linked = _LINKED.search(page)
        return _file(output, urlsplit(linked[1]).path) if linked else ""
    except (OSError, ValueError):  # pages without a style can be read, too
        return ""


def _file(output: Path, path: str) -> str:
    """The style sheet at ``path``, which begins with the site's own path if it has one."""
    steps = [step for step in path.split("/") if step not in ("", ".", "..")]
    candidates = (output.joinpath(*steps[start:]) for start in range(len(steps)))
    found = next((each for each in candidates if each.is_file()), None)
    return found.read_text(encoding="utf-8") if found else ""


def _routes(services: Services) -> Sequence[BaseRoute]:
    settings = services.settings

    def answer(_: Asked) -> Response:
        text = style(settings.output, settings.stylesheet)
        return Response(text, 200, _HEADERS, "text/css")

    return [route("/style.css", settings, answer, "GET")]


PART = Part(_routes)
