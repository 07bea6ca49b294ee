"""Running text: bare addresses, ``==marked==`` words, short names of emoji, and abbreviations.

A sign behind a backslash is the sign itself: until the text is written it is a character that no
text has, so that nothing here takes it for a mark.
"""

from __future__ import annotations

import re
from typing import Any

from plugins.markup.convert.addresses import BARE, address
from plugins.markup.convert.attributes import escaped as in_quotes
from plugins.markup.convert.page import Page
from plugins.markup.convert.spans import take_list

# The last plane of Unicode, which is nobody's.
_PROTECTED = 0x10FF00
_PLAIN = {_PROTECTED + code: chr(code) for code in range(33, 127)}
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_HTML = {**_ESCAPES, **{code: _ESCAPES.get(ord(char), char) for code, char in _PLAIN.items()}}
_MARK = re.compile("(?<!=)==(?!=)")
# Before two equal signs these make an operator of code.
_CODE_SIGNS = "=!<>+*/-"


def escaped(text: str) -> str:
    """``text`` as HTML."""
    if "&" in text or "<" in text or ">" in text:
        return text.translate(_ESCAPES)
    return text


def add_text(page: Page, said: str, span: Any) -> None:
    """A piece of text, together with those that follow it if it may hold more than words."""
    for sign in page.triggers:
        if sign in said:
            break
    else:
        if page.short is None or not page.short.search(said):
            page.out.append(escaped(said))
            return
    pieces = [_protected(page, said, span["start"], 0)]
    end = span["end"]
    for event, where in page.rest:
        if type(event) is not dict or "Text" not in event:
            _write(page, "".join(pieces), span["start"])
            if page.held is None:
                page.handle(event, where)
            else:
                page.held.append((event, where))
            return
        pieces.append(_protected(page, event["Text"], where["start"], end))
        end = where["end"]
    _write(page, "".join(pieces), span["start"])


def _protected(page: Page, said: str, start: int, before: int) -> str:
    """``said``, its first sign out of reach where a backslash stands before it."""
    if start > before and page.parsed.data[start - 1] == 0x5C and 32 < ord(said[0]) < 127:
        return chr(_PROTECTED + ord(said[0])) + said[1:]
    return said


def _write(page: Page, said: str, start: int) -> None:
    """Write ``said``: what lies between addresses is words."""
    if said[0] == "{" and page.span is not None and page.span.end == start:
        said = take_list(page, said)
    done = 0
    links = page.settings.bare_links and not page.in_link
    may_link = links and ("://" in said or "@" in said or "www." in said)
    for found in BARE.finditer(said) if may_link else ():
        known = address(found)
        if known is None:
            continue
        _words(page, said[done : found.start()])
        shown, target = (part.translate(_PLAIN) for part in known)
        page.out += (f'<a href="{in_quotes(target)}">', escaped(shown), "</a>")
        done = found.start() + len(known[0])
    _words(page, said[done:])


def _words(page: Page, said: str) -> None:
    """Words without addresses in them; ``==`` is kept apart until its other end is found."""
    if page.emoji is not None:
        said = page.emoji(said)
    if "==" not in said:
        _finish(page, said)
        return
    done = 0
    for found in _MARK.finditer(said):
        before = said[found.start() - 1] if found.start() else _before(page)
        after = said[found.end() :][:1]
        opens = not (before.isalnum() or before in _CODE_SIGNS) and not after.isspace()
        closes = bool(before) and not before.isspace() and not (after.isalnum() or after == "=")
        _finish(page, said[done : found.start()])
        _marked(page, opens=opens, closes=closes)
        done = found.end()
    _finish(page, said[done:])


def _before(page: Page) -> str:
    """What stands before a piece of text: a space for the beginning of a line or a block."""
    last = page.out[-1] if page.out else ""
    return "." if last.startswith("</") and not last.endswith("\n") else " "


def _marked(page: Page, *, opens: bool, closes: bool) -> None:
    """The beginning or the end of marked words; they end where as much is open as before."""
    place = len(page.out)
    page.out.append("==")
    begun = page.mark
    if closes and begun and begun[0] is page.out and begun[2] == page.nest:
        page.out[begun[1]], page.out[place] = "<mark>", "</mark>"
        page.mark = None
    elif opens:
        page.mark = (page.out, place, page.nest)


def _finish(page: Page, said: str) -> None:
    """Write words as HTML, the abbreviations in them explained."""
    done = 0
    known = page.parsed.abbreviations
    for found in page.short.finditer(said) if page.short is not None else ():
        title = in_quotes(known[found[0]])
        before = said[done : found.start()].translate(_HTML)
        page.out += (before, f'<abbr title="{title}">', escaped(found[0]), "</abbr>")
        done = found.end()
    page.out.append(said[done:].translate(_HTML))
