"""The tags of dev.to in a text, written as Markdown; code is left as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from desk.importing.model import Note
from desk.importing.own_tags import meaning
from desk.importing.shortcodes import Call, known
from plugins.markup.source import masked

_TAG = re.compile(
    r"\{%-?[ \t]*+(?P<name>\w++)(?P<rest>[^%{}\n]*+(?:(?:%(?!\})|[{}](?!%))[^%{}\n]*+)*+)%\}"
)
_KEY = re.compile(r"(?<!\w)(?P<key>\w++)=(?:\"(?P<text>[^\"]*+)\"|(?P<bare>\S++))")
_PATH = re.compile(r"[\w./@:%+~-]+")
_SITES = {
    "github": "https://github.com/{}", "gitlab": "https://gitlab.com/{}", "link": "https://dev.to/{}",
    "post": "https://dev.to/{}", "codesandbox": "https://codesandbox.io/s/{}",
    "stackblitz": "https://stackblitz.com/edit/{}", "instagram": "https://www.instagram.com/p/{}/",
    "twitch": "https://clips.twitch.tv/{}", "asciinema": "https://asciinema.org/a/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/key/{}",
    "speakerdeck": "https://speakerdeck.com/player/{}", "stackoverflow": "https://stackoverflow.com/questions/{}",
    "stackexchange": "https://stackoverflow.com/questions/{}", "comment": "https://dev.to/comment/{}",
    "devcomment": "https://dev.to/comment/{}", "listing": "https://dev.to/listings/{}",
    "replit": "https://replit.com/{}", "glitch": "https://glitch.com/edit/#!/{}", "loom": "https://www.loom.com/share/{}",
    "twitter": "https://twitter.com/i/status/{}", "tweet": "https://twitter.com/i/status/{}",
    "x": "https://twitter.com/i/status/{}", "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}", "gist": "https://gist.github.com/{}", "bluesky": "https://bsky.app/{}",
    "podcast": "https://dev.to/{}", "huggingface": "https://huggingface.co/{}", "dotnetfiddle": "https://dotnetfiddle.net/{}",
}  # fmt: skip
_NAMED = {
    "user": "https://dev.to/{}",
    "organization": "https://dev.to/{}",
    "tag": "https://dev.to/t/{}",
}
_LINKED = frozenset({"embed", "codepen", "jsfiddle", "wikipedia", "medium", "reddit", "soundcloud", "kotlin",
                     "jsitor", "nexttech", "parler", "blogcast", "mux", "figma", "wikimedia", "hackernews"})  # fmt: skip
_THROUGH = frozenset({"card", "collapsible", "callout", "offer", "quiz"})


def convert(text: str, line: int, table: Mapping[str, str]) -> tuple[str, list[Note]]:
    """``text`` without tags, and notes; ``line`` is that of the file where it begins."""
    if "{%" not in text:
        return text, []
    tokens = _outside_code(text)
    closing = {found["name"] for found in tokens if found["name"].startswith("end")}
    made: list[str] = []
    notes: list[Note] = []
    stack: list[tuple[re.Match[str], list[str]]] = []
    at, literal = 0, False

    def said(found: re.Match[str], inner: str | None) -> str:
        markdown, note = _said(found, inner, table)
        number = line + text.count("\n", 0, found.start())
        notes.append(Note(number, note.kind, note.what, note.sure))
        return markdown

    for found in tokens:
        out = stack[-1][1] if stack else made
        name = found["name"]
        out.append(text[at : found.start()])
        at = found.end()
        if literal:
            out.append("" if name == "endraw" else found[0])
            literal = name != "endraw"
        elif name == "raw":
            literal = "endraw" in closing
        elif name.startswith("end") and stack and f"end{stack[-1][0]['name']}" == name:
            begun, inner = stack.pop()
            (stack[-1][1] if stack else made).append(said(begun, "".join(inner)))
        elif f"end{name}" in closing and len(stack) < 50:
            stack.append((found, []))
        else:
            out.append(said(found, None))
    tail = text[at:]
    while stack:  # never closed: it stands alone, and what follows it stays
        begun, inner = stack.pop()
        tail = said(begun, None) + "".join(inner) + tail
    return "".join(made) + tail, sorted(notes)


def _outside_code(text: str) -> list[re.Match[str]]:
    """The tags of a text; those in code are text, but for what raw and endraw are around of it."""
    prose = masked(text)
    return [
        found for found in _TAG.finditer(text)
        if prose[found.start()] == "{" or found["name"] in {"raw", "endraw"}
    ]  # fmt: skip


def _said(found: re.Match[str], inner: str | None, table: Mapping[str, str]) -> tuple[str, Note]:
    name, rest = found["name"].lower(), found["rest"].strip().rstrip("-").strip()
    keys = list(_KEY.finditer(rest)) if "://" not in rest else []
    named = {one["key"]: one["text"] or one["bare"] or "" for one in keys}
    words = () if keys and not rest.split()[0].isalpha() else tuple(rest.split())
    call = Call(name, named, words, inner)
    said, sure = meaning(call, table, lambda one: _own(one, rest))
    shown = " ".join(found[0].split())[:100]
    if said is None:
        said = f"<!-- {shown.replace('--', '- -')} -->"
    return said, Note(1, f"the tag {name}", shown, sure)


def _own(call: Call, rest: str) -> str | None:
    first = call.others[0] if call.others else ""
    if call.inner is not None:
        return _around(call, rest, call.inner.strip("\n"))
    if first.startswith(("https://", "http://")) and call.name in {
        *_SITES,
        *_LINKED,
        "spotify",
        "runkit",
    }:
        return first
    if call.name in _NAMED and _PATH.fullmatch(first):
        sign = {"tag": "#", "user": "@"}.get(call.name, "")
        return f"[{sign}{first}]({_NAMED[call.name].format(quote(first, safe='/-_.~'))})"
    if call.name == "spotify" and first.startswith("spotify:"):
        return "https://open.spotify.com/" + "/".join(first.split(":")[1:])
    if call.name in _SITES and _PATH.fullmatch(first):
        return _SITES[call.name].format(first.strip("/"))
    if call.name == "katex":
        return f"\\({rest}\\)"
    return None


def _around(call: Call, rest: str, inner: str) -> str | None:
    if call.name in {"details", "spoiler", "collapsible"}:
        return known(Call("details", {"summary": rest}, (), inner))
    if call.name == "katex":
        return f"\\({inner}\\)" if rest == "inline" else f"$$\n{inner}\n$$"
    if call.name == "runkit":
        return f"```js\n{inner}\n```"
    if call.name == "cta" and call.others:
        return f"[{' '.join(inner.split())}]({call.others[0]})"
    return f"\n{inner}\n" if call.name in _THROUGH else None
