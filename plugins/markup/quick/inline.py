"""Running text to HTML: emphasis, code, links and images, where there is one way to read them.

Every sign that means something must belong to exactly one of these forms, and they may be nested
in one way only; then it does not matter in which order a converter looks for them. All else
(escapes, raw HTML, entities, references, emphasis in emphasis) is for the converter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD_UNDERSCORE = r"(?<=[^\W_])_++(?=[^\W_])"
_CODE = r"`[^`\\\n<]++`(?!`)"
_PLAIN = rf"(?:[^\\`*_~<\[\]{{}}]++|{_WORD_UNDERSCORE}|{_CODE})++"
_ADDRESS = r"[^\s()<>\[\]\\`\"'{}]++"
_TITLE = r"[^\"\\`<()\[\]{}]++"
_SPAN = rf"(?:{_PLAIN}|\[{_PLAIN}\]\({_ADDRESS}(?: ++\"{_TITLE}\")?\))++"
# Each form by its first sign: a set, so that text without signs is passed over quickly.
_FORM = re.compile(
    r"[\\`*_~<\[\]{}!:\x02\x03](?:"
    r"(?<=`)(?P<code>[^`\\\n<]++)`(?!`)"
    rf"|(?:(?<=\[)|(?<=!)(?P<image>\[))(?P<text>{_PLAIN})\]"
    rf"\((?P<to>{_ADDRESS})(?: ++\"(?P<title>{_TITLE})\")?\)"
    rf"|(?<=\*)(?P<em>(?![\s*]){_SPAN})(?<!\s)\*(?!\*)"
    rf"|(?<=\*)\*(?P<strong>(?![\s*]){_SPAN})(?<!\s)\*\*(?!\*)"
    r"|(?P<word>(?<=[^\W_]_)_*+(?=[^\W_])|(?<=!)(?!\[)|(?<=:)(?!//))"
    r")?+"
)
# An entity, or what a lenient reader takes for one.
_ENTITY = re.compile(r"&(?:#|[\w.-]*+;)")
# What is made of links and images here.
_WRITTEN = re.compile(r'<(?:a href|(img) alt="[^"]*+" src)="([^"]*+)"')
_OTHER_SPACE = re.compile(r"[^\S ]")


class IntricateError(Exception):
    """The text is not written in the usual way: the converter must read it."""


def inline(text: str) -> str:
    """The HTML of running ``text``; raises :class:`IntricateError`."""
    return _FORM.sub(_html, _escaped(text))


def image(text: str) -> tuple[str, str] | None:
    """The HTML of an image that is all there is in ``text``, and its title, which is not in it."""
    found = _FORM.fullmatch(_escaped(text)) if text.startswith("![") else None
    if found is None or not found["title"]:
        return None
    return _image(found["text"], found["to"], ""), _title(found["title"])


def addresses(html: str) -> Iterator[tuple[str, bool]]:
    """The address of every link and image in ``html``, which was made here; whether it is an image."""
    for tag, address in _WRITTEN.findall(html):
        yield address.replace("&amp;", "&") if "&" in address else address, bool(tag)


def _escaped(text: str) -> str:
    if "&" in text:
        if _ENTITY.search(text):
            raise IntricateError
        text = text.replace("&", "&amp;")
    if "  \n" in text:
        raise IntricateError
    return text.replace(">", "&gt;")


def _html(found: re.Match[str]) -> str:
    """One form; what is in it is escaped already."""
    kind = found.lastgroup
    if kind == "word":
        return found[0]
    if kind == "code":
        said = found["code"].strip()
        if said:
            return f"<code>{said}</code>"
    elif kind in ("em", "strong"):
        return f"<{kind}>{_FORM.sub(_html, found[kind])}</{kind}>"
    elif kind in ("to", "title"):
        title = f' title="{_title(found["title"])}"' if kind == "title" else ""
        if found["image"]:
            return _image(found["text"], found["to"], title)
        if found["text"].strip() and found["text"][0] != "^":
            return f'<a href="{found["to"]}"{title}>{_FORM.sub(_html, found["text"])}</a>'
    raise IntricateError


def _image(alt: str, src: str, title: str) -> str:
    if not alt.strip() or '"' in alt or "`" in alt:
        raise IntricateError
    return f'<img alt="{alt}" src="{src}"{title}>'


def _title(title: str) -> str:
    if title != title.strip() or title[0] == "'" or _OTHER_SPACE.search(title):
        raise IntricateError
    return title
