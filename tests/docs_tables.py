"""The tables in the docs that are made from registries: ``python -m tests.docs_tables`` renews them.

Each stands between a heading row, which names it, and the first empty line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plugins.frontmatter.registry import FIELDS
from plugins.kinds import KINDS
from tests.conftest import ROOT


def fields() -> str:
    """The fields of front matter, for writers."""
    head = ("Field", "Also called", "Stands in for it", "What it says", "In templates")
    return _table(
        head,
        (
            (
                f"`{one.name}`",
                _names(one.synonyms),
                _names(one.stand_ins),
                one.docs,
                _shown(one.shown, one.name),
            )
            for one in FIELDS
        ),
    )


def kinds() -> str:
    """The kinds of pages, for those who write templates."""
    head = ("template", "`page`", "what it shows", "address")
    return _table(
        head,
        (
            (
                f"`{one.template}.html`",
                f"`{one.view.partition(':')[2]}`",
                one.docs,
                _names(one.addresses),
            )
            for one in KINDS
            if not one.template_of
        ),
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "docs/front-matter.md": fields,
    "docs/theme.md": kinds,
}


def standing(path: Path, table: str) -> str:
    """The table in the file at ``path`` that has the first row of ``table``."""
    text = path.read_text(encoding="utf-8")
    return text[text.index(table.split("\n")[0]) :].split("\n\n")[0]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(map(_row, (head, ("---",) * len(head), *rows)))


def _row(cells: Iterable[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def _names(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _shown(attribute: str, name: str) -> str:
    if not attribute:
        return ""
    return f"`page.extra.{name}`" if attribute == "extra" else f"`page.{attribute}`"


if __name__ == "__main__":
    for name, made in TABLES.items():
        file = ROOT / name
        old = file.read_text(encoding="utf-8")
        file.write_text(old.replace(standing(file, made()), made()), encoding="utf-8")
