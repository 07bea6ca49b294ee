"""What a way of converting Markdown gives, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.errors import Problem
from plugins.post import Heading, Link


@dataclass(frozen=True, slots=True)
class Converted:
    """A text as HTML, and what it says of itself.

    ``prose`` is the HTML without its coloured code; ``seen`` is what of it leftovers may be in, no
    code and few tags; ``words`` is how many a reader sees. ``links`` are the references to this site, ``unnamed`` the images without alternative text, both with their lines.
    ``intro`` is the HTML before the mark that ends the summary, None where a text has none.
    ``problems`` are what would be lost or printed as markup.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    unnamed: tuple[Link, ...] = ()
    prose: str | None = None
    seen: str = ""
    words: int = 0
    intro: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: the file, below the content folder, and the line it begins at."""

    path: str = ""
    first_line: int = 1
