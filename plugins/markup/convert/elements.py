"""The elements of a writer's HTML: known ones, and every one closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.markup.convert.names import KNOWN, OPTIONAL, VOID

_FOREIGN = ("svg", "math")
# Components that have an element of the same name, which shows nothing of what they are given.
_HINTS = {
    "figure": 'write ![what it shows](file.jpg "caption") instead',
    "image": "write ![what it shows](file.jpg) instead",
    "img": "write ![what it shows](file.jpg) instead",
    "youtube": "write the address of the video alone on its line instead",
    "callout": "begin the lines with > and the first with > [!NOTE] instead",
    "admonition": "begin the lines with > and the first with > [!NOTE] instead",
    "note": "begin the lines with > and the first with > [!NOTE] instead",
    "tip": "begin the lines with > and the first with > [!TIP] instead",
    "warning": "begin the lines with > and the first with > [!WARNING] instead",
}


@dataclass(frozen=True, slots=True)
class RawTag:
    """A tag as it was written: its name in the writer's letters, and its line in the file."""

    name: str
    closing: bool
    closes_itself: bool
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a tag, and what to do."""

    line: int
    message: str
    hint: str
    rule: str = "html-element"


def faults(tags: Iterable[RawTag]) -> Iterator[Fault]:
    """What is wrong with the elements of a text; ``tags`` are in order."""
    found: list[RawTag] = []
    for tag in tags:
        name = tag.name.lower()
        inside = any(one.name.lower() in _FOREIGN for one in found)
        if not inside and (fault := _unknown(tag, name)):
            if not tag.closing:
                yield fault
            continue
        if name in VOID or (tag.closes_itself and (inside or name in _FOREIGN)):
            continue
        if not tag.closing:
            found.append(tag)
            continue
        yield from _closed(found, tag, name)
    yield from (_unclosed(tag) for tag in found if tag.name.lower() not in OPTIONAL)


def _closed(found: list[RawTag], tag: RawTag, name: str) -> Iterator[Fault]:
    """Take what ``tag`` closes off the stack; what stood open in it is at fault."""
    place = next((n for n in range(len(found) - 1, -1, -1) if found[n].name.lower() == name), None)
    if place is None:
        if name not in OPTIONAL:
            yield Fault(
                tag.line,
                f"</{tag.name}> closes an element that is not open here",
                f"take it out, or write <{tag.name}> where it begins",
            )
        return
    yield from (_unclosed(one) for one in found[place + 1 :] if one.name.lower() not in OPTIONAL)
    del found[place:]


def _unclosed(tag: RawTag) -> Fault:
    message = f"<{tag.name}> opens here and is never closed"
    hint = f"close it with </{tag.name}>, or write \\< to show it"
    return Fault(tag.line, message, hint, "unclosed-element")


def _unknown(tag: RawTag, name: str) -> Fault | None:
    """A component of MDX, or a name that no browser knows."""
    mixed = tag.name[:1].isupper() and not tag.name.isupper()
    shows_nothing = mixed and tag.closes_itself and name not in VOID
    if "-" in name or ":" in name or (name in KNOWN and name != "image" and not shows_nothing):
        return None
    if mixed or "." in name:
        message = f"<{tag.name}> is a component of MDX, which nothing here runs"
    else:
        message = f"<{tag.name}> is no element of HTML: readers would not see it"
    usual = f"write it in backticks, or \\<{tag.name}> to show it as typed"
    return Fault(tag.line, message, _HINTS.get(name, f"write Markdown or HTML instead, or {usual}"))
