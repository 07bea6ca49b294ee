"""The short forms of other generators for a player, alone on their line, as the address they mean.

Hugo's ``{{< youtube ID >}}``, Jekyll's, Hexo's and dev.to's ``{% youtube ID %}`` and
``{% embed ADDRESS %}``, WordPress' ``[youtube ADDRESS]`` and ``[embed]ADDRESS[/embed]``. What is not
such a form, or names no video, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from plugins.embeds.providers import find
from plugins.markup.source import masked

_NAMES = "youtube|vimeo|soundcloud|spotify|embed|oembed|video|audio"
_FORMS = re.compile(
    r"^[ \t]{0,3}(?:"
    rf"\{{\{{[<%][ \t]*(?P<hugo>{_NAMES})[ \t]+(?P<hugo_said>[^\n<>%{{}}]{{1,500}}?)[ \t]*/?[>%]\}}\}}"
    rf"|\{{%-?[ \t]*(?P<liquid>{_NAMES})[ \t]+(?P<liquid_said>[^\n%{{}}]{{1,500}}?)[ \t]*-?%\}}"
    rf"|\[(?P<press>{_NAMES})(?P<press_said>[ \t]+[^\n\[\]]{{1,500}}|\][^\n\[\]]{{1,500}}\[/(?P=press))\]"
    r")[ \t]*$",
    re.MULTILINE,
)
_BEGINS = re.compile(r"\[(?:youtube|vimeo|soundcloud|embed)")
_WORD = re.compile(
    r"""(?:(?P<name>[\w-]+)=)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=]\S*))"""
)
_SPOTIFY = re.compile(r"spotify:(\w+):(\w+)")
_PAGES: Mapping[str, Callable[[str], str]] = {
    "youtube": lambda said: f"https://www.youtube.com/watch?v={said}",
    "vimeo": lambda said: f"https://vimeo.com/{said}",
    "spotify": lambda said: _SPOTIFY.sub(r"https://open.spotify.com/\1/\2", said),
}


def expand(text: str) -> str:
    """``text``, a Markdown body, with the address in the place of each short form, line for line."""
    in_braces = "{" in text and ("{{" in text or "{%" in text)
    if not in_braces and not _BEGINS.search(text):
        return text
    # What is code is blanked out there, character for character, and so no form.
    prose = masked(text)
    parts, done = [], 0
    for found in _FORMS.finditer(prose):
        if address := _address(found):
            parts += [text[done : found.start()], address]
            done = found.end()
    return "".join((*parts, text[done:]))


def _address(found: re.Match[str]) -> str:
    """The address that a short form stands for; empty where it names nothing that is known."""
    kind = found.lastgroup
    name = found["hugo"] or found["liquid"] or found["press"]
    said = found["hugo_said"] or found["liquid_said"] or found["press_said"]
    said = said.removesuffix(f"[/{name}").removeprefix("]") if kind and found["press"] else said
    for word in _WORD.finditer(said.strip()):
        value = word["double"] or word["single"] or word["bare"] or ""
        if word["name"] not in (None, "id", "url", "src", "link"):
            continue
        page = _PAGES.get(name)
        for address in (value, page(value) if page else value):
            if find(address):
                return address
    return ""
