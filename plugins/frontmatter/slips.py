"""Slips with the lines around front matter: not closed, closed too late, or not a fence at all."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.frontmatter.fences import FENCES, Fence, load
from plugins.frontmatter.shape import field_name, is_near_fence, meant_as_fields, paragraph
from plugins.frontmatter.values import Fault, Faults, show

_PROGRAMS = frozenset({"---js", "---javascript", "---coffee", "---cson"})
_GOES_ON = "#-[]{} \t"


def not_opened(lines: Sequence[str], top: int) -> Fault | None:
    """The fault of the line ``top`` (from 0) if it was meant to open front matter."""
    opening = lines[top]
    if opening.rstrip() in _PROGRAMS:
        hint = "write the fields as YAML between two lines of ---"
        return Fault("it is a program, and none is run", hint, top + 1)
    if is_near_fence(opening) and meant_as_fields([line.lstrip() for line in lines[top + 1 :]]):
        fence = "+++" if "+" in opening else "---"
        return _near_miss("does not open it", opening, fence, top + 1)
    return None


def not_closed(lines: Sequence[str], top: int) -> Fault:
    """The fault of front matter that opens on the line ``top`` and has no line that closes it."""
    closing = FENCES[lines[top].rstrip().replace("--- ", "---")].closing[0]
    for number in range(top + 1, len(lines)):
        if is_near_fence(lines[number]):
            return _near_miss("does not close it", lines[number], closing, number + 1)
        if not lines[number].strip():
            break
    hint = f"put {closing} on a line of its own after the last field"
    return Fault(f"opens with {lines[top].strip()} here and never closes", hint, top + 1)


def closed_too_late(fence: Fence, block: Sequence[str], above: int) -> Fault | None:
    """The fault of a ``block`` with text in it, so that the line that closes it is the text's.

    That is so where the lines up to the first empty one can be read, and text follows.
    """
    end = next((n for n, line in enumerate(block) if n and not line.strip()), len(block))
    rest = paragraph(block[end:])
    if not rest or rest[0][0] in _GOES_ON or field_name(rest[0]):
        return None
    try:
        load(fence, block[:end], above)
    except Faults:
        return None
    line = above + 1 + next(n for n in range(end, len(block)) if block[n].strip())
    hint = f"put {fence.closing[0]} on a line of its own above it"
    return Fault(f"is not closed before the text {show(rest[0])}", hint, line)


def _near_miss(what: str, line: str, fence: str, number: int) -> Fault:
    """The fault of a line of dashes that is no fence, or an indented one."""
    if line.strip() == fence:
        return Fault(f"an indented {fence} {what}", f"begin {fence} at the left edge", number)
    return Fault(f"{show(line)} {what}", f"write {fence}", number)
