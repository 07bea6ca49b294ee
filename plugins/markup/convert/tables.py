"""Tables: in a box that scrolls, with classes for the alignment of columns."""

from __future__ import annotations

import re
from typing import Any

from plugins.markup.convert import attributes, lists
from plugins.markup.convert.page import Page, Table

_CELL = re.compile(rb"(?<!\\)(?:\\\\)*\|")


def start_table(page: Page, columns: Any, _span: Any) -> None:
    """A table begins; the label of its box is written when all headings are known."""
    page.end_label()
    page.fresh_line()
    page.boxes.append((page.out, len(page.out), len(page.titles)))
    page.tables.append(Table(columns, len(page.out)))
    page.out.append("\n")
    block = page.enter("table")
    block.out.append("\n")


def end_table(page: Page, span: Any) -> None:
    """A table ends."""
    table = page.tables.pop()
    page.leave(span["end"])
    page.out.append("</tbody>\n</table></div>\n" if table.has_body else "</table></div>\n")


def start_head(page: Page, _: Any, span: Any) -> None:
    """The row of column titles."""
    table = page.tables[-1]
    table.in_head, table.cell, table.head = True, 0, len(page.out)
    page.out.append("<thead>\n<tr>\n")
    _check(page, span)


def end_head(page: Page, _span: Any) -> None:
    """No row of titles where all of them are empty."""
    table = page.tables[-1]
    table.in_head = False
    if all(piece.startswith("<th") or piece == "</th>\n" for piece in page.out[table.head + 1 :]):
        del page.out[table.head :]
    else:
        page.out.append("</tr>\n</thead>\n")


def start_row(page: Page, _: Any, span: Any) -> None:
    """A row; kramdown's attribute list below a table is read as one."""
    written = page.parsed.data[span["start"] : span["end"]].strip()
    if page.lists and written.startswith(b"{:"):
        found = lists.alone(page, written.decode())
        if found is not None:
            for event, _ in page.rest:
                if event == {"End": "TableRow"}:
                    break
            page.blocks[-1].add(found)
            return
    table = page.tables[-1]
    page.out.append("<tr>\n" if table.has_body else "<tbody>\n<tr>\n")
    table.has_body, table.cell = True, 0
    _check(page, span)


def end_row(page: Page, _: Any) -> None:
    """A row ends."""
    page.out.append("</tr>\n")


def start_cell(page: Page, _: Any, _span: Any) -> None:
    """A cell, aligned as its column."""
    table = page.tables[-1]
    side = table.columns[table.cell] if table.cell < len(table.columns) else "None"
    table.cell += 1
    given = {} if side == "None" else {"class": f"align-{side.lower()}"}
    if table.in_head:
        given["scope"] = "col"
    page.enter("th" if table.in_head else "td", given)


def end_cell(page: Page, span: Any) -> None:
    """A cell ends."""
    lists.take_at_end(page, page.blocks[-1])
    block = page.leave(span["end"])
    page.out.append(f"</{block.name}>\n")


def _check(page: Page, span: Any) -> None:
    """Name a row with more cells than the table has columns: they would be lost."""
    written = page.parsed.data[span["start"] : span["end"]].strip()
    most = len(page.tables[-1].columns)
    if written.count(b"|") <= most - 1:
        return
    cells = _CELL.split(written)
    if written.startswith(b"|"):
        del cells[0]
    lost = [cell.strip().decode("utf-8", "replace") for cell in cells[most:] if cell.strip()]
    if lost:
        message = f"this row has more cells than the table has columns ({most}): {lost[0][:40]!r} would be lost"
        hint = "give the table another column, or write \\| for a | in a cell"
        page.problem(span["start"], message, hint, "table-cells")


def boxes(page: Page, heads: list[str]) -> None:
    """Write the start of each box, named by its number and the heading above it."""
    for number, (out, place, titles) in enumerate(page.boxes, start=1):
        label = f"{page.settings.table} {number}"
        if titles and heads[titles - 1]:
            label = f"{label}: {heads[titles - 1]}"
        given = {
            "class": "table-scroll",
            "role": "region",
            "tabindex": "0",
            "aria-label": label,
        }
        out[place] = attributes.opening("div", given)
