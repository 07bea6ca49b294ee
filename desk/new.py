"""``desk new``: a post to begin with, its front matter in order and nothing in it published."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import cast

import yaml
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from desk.errors import DeskError
from desk.series import next_part

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")
_BEGINNING = "Begin here.\n"


def new_post(content: Path, title: str, *, series: str | None = None) -> Path:
    """Write a draft called ``title`` to ``posts/`` below ``content``, and return its path.

    In a ``series`` it becomes the part after the last there is. Raises DeskError rather than
    write over a file or begin a post that would want the URL of another.
    """
    title = " ".join(title.split())
    if not title.isprintable() or not (slug := _slug(title)):
        raise DeskError(f"{title!r} makes no address for a post; give a title with words in it")
    today = datetime.now().astimezone().date()
    path = content / "posts" / f"{today}-{slug}.md"
    if taken := _taken(path.parent, slug):
        raise DeskError(f"{taken} has this title already; choose another, or go on with that one")
    text = f"---\n{_front_matter(content, title, today, series)}---\n\n{_BEGINNING}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise DeskError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _front_matter(content: Path, title: str, today: date, series: str | None) -> str:
    lines = [
        _line("title", title),
        _line("date", today),
        "status: draft\n",
        "author:\n",
        "category:\n",
        "tags: []\n",
        "summary:\n",
    ]
    if series:
        name, part = next_part(content, series)
        lines += [_line("series", name), _line("part", part)]
    return "".join(lines)


def _line(name: str, value: object) -> str:
    return yaml.safe_dump({name: value}, allow_unicode=True, width=10_000)


def _slug(title: str) -> str:
    rules = cast("list[tuple[str, str]]", DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])
    return slugify(title, regex_subs=rules).strip("-")


def _taken(folder: Path, slug: str) -> Path | None:
    """The file or bundle in ``folder`` that is called ``slug``, with or without a date."""
    if not folder.is_dir():
        return None
    names = sorted(folder.iterdir())
    return next((path for path in names if _DATED.sub("", path.stem, count=1) == slug), None)
