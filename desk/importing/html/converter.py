"""HTML to Markdown, bounded."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup
from markdownify import ATX

from desk.importing.html import bounds
from desk.importing.html.preparing import Preparation
from desk.importing.html.writer import Writer
from desk.importing.model import Note

_BLANKS = re.compile(r"\n{3,}")


def to_markdown(
    html: str, line: int = 1, address: Callable[[str], str] = str
) -> tuple[str, list[Note]]:
    """``html`` as Markdown, and notes with ``line``. What Markdown cannot say stays as HTML.

    ``address`` says what becomes of the address of a link, an image or a recording.

    HTML that is too long or too deep is left as it is, which a note says.
    """
    html = html.encode("utf-8", "replace").decode("utf-8")
    if not (why := bounds.fault(html)):
        soup = BeautifulSoup(html, "lxml")
        if not bounds.is_deep(soup):
            work = Preparation(soup, line, address)
            work.run()
            made = Writer(heading_style=ATX, bullets="-").convert_soup(soup)
            return _BLANKS.sub("\n\n", made).strip("\n"), work.notes
        why = f"more than {bounds.DEEPEST} levels deep"
    note = Note(line, "HTML that stays", f"all of it: {why}")
    return re.sub(r"\n\s*\n", "\n", f"<div>\n{html.strip()}\n</div>"), [note]
