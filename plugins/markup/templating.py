"""Template languages of other tools in a body: Liquid, Hugo shortcodes, Jinja and Nunjucks.

Markdown is all we render, so ``{{ site.baseurl }}`` or ``{{< figure >}}`` would reach the reader
as it stands. Each is reported with its line and with what to write instead. Code and HTML
comments may hold anything, and so may text whose braces have a backslash before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.errors import Problem
from plugins.markup.source import masked

_ANY = re.compile(
    r"(?P<hugo>\{\{(?P<angle>[<%])(?P<hugo_said>(?:(?!\{\{[<%]|[>%]\}\}).){0,2000}+)[>%]\}\})"
    r"|(?P<tag>\{%[-+]?(?P<tag_said>(?:(?!\{%|[-+]?%\}).){0,2000}+)[-+]?%\})"
    r"|(?P<value>\{\{[-{]?(?P<value_said>(?:(?!\{\{|[-}]?\}\}).){0,500}+)[-}]?\}\})"
    r"|(?P<comment>\{#(?P<comment_said> (?:(?!\{#| #\}).){0,500}+ )#\})",
    re.DOTALL,
)
_RAW_END = re.compile(r"\{%-?\s*end(?:raw|comment|verbatim)\s*-?%\}")
_NAME = re.compile(r"[\s/*]*(?P<name>[\w.-]+)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")

_OR = "or show it in backticks, or set 'render_with_liquid: false' to print it as it is"
_OURS = "leave it out: a link that begins with / already goes to this site"
_TEXT = "write the text of the included file here instead"
_LINK = "link to the file: [text]({filename}other-post.md)"
_CODE = "write the code between two lines of ``` instead, with its language after the first"
_FRAME = "write the site's <iframe> embed code, or a plain link, instead"
_NOTE = "write '!!! note' with the text indented by four spaces below it instead"
_ITSELF = "write what it stands for as Markdown or HTML instead"

_TAG_HINTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("baseurl",), _OURS),
    (("ref", "relref", "post_url", "link"), _LINK),
    (("highlight", "codeblock", "prism", "include_code", "gist"), _CODE),
    (("include", "include_relative", "include_cached", "render", "partial"), _TEXT),
    (("raw", "endraw", "verbatim"), "take it out: code and backticks need no protection here"),
    (("comment",), "write <!-- ... --> instead"),
    (
        ("figure", "img", "image", "picture", "asset_img", "gallery"),
        'write ![what it shows](file.jpg "caption") instead',
    ),
    (("video",), 'write <video controls src="file.mp4"></video> instead'),
    (("audio",), 'write <audio controls src="file.mp3"></audio> instead'),
    (("youtube", "vimeo", "soundcloud", "spotify", "codepen", "oembed"), _FRAME),
    (("tweet", "twitter", "x", "instagram", "mastodon", "bluesky"), _FRAME),
    (("blockquote", "quote", "pullquote"), "begin the lines with > instead"),
    (("toc", "tableofcontents"), "write [TOC] on a line of its own instead"),
    (("notice", "note", "tip", "warning", "alert", "callout", "admonition"), _NOTE),
)
_HINTS = {name: hint for names, hint in _TAG_HINTS for name in names}
# Tags whose content is no Markdown.
_VERBATIM = frozenset({"highlight", "codeblock", "prism", "comment", "raw", "verbatim", "rawhtml"})
# Stands for a template value where the rest of a text is checked; one word to Markdown.
VALUE = "xTemplateValuex"
_KINDS = {
    "hugo": "a Hugo shortcode",
    "tag": "a Liquid tag",
    "value": "a template value",
    "comment": "a template comment",
}


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    text: str
    name: str
    start: int
    end: int


def find(text: str, first_line: int = 1, path: str = "") -> tuple[Problem, ...]:
    """A problem for each template tag or value in ``text``, a Markdown body.

    ``first_line`` is the line of the file where ``text`` begins. A tag and its end
    (``{% highlight %}``, ``{% endhighlight %}``) are one problem, at the line of the first.
    """
    if "{" not in text or not any(sign in text for sign in ("{{", "{%", "{#")):
        return ()
    problems = []
    open_tags: list[str] = []
    for found in _occurrences(masked(text)):
        if _closes(found, open_tags):
            continue
        open_tags.append(found.name)
        line = first_line + text.count("\n", 0, found.start)
        problems.append(_problem(found, line, path))
    return tuple(problems)


def without(text: str) -> str:
    """``text`` with ``VALUE`` in place of each template tag or value, with the same line breaks.

    So the rest of it can be checked. What stands between a tag for code or comments and its end
    goes with them.
    """
    pieces, done = [], 0
    for start, end in _taken(_occurrences(masked(text))):
        if start >= done:
            pieces += [text[done:start], VALUE, "\n" * text.count("\n", start, end)]
            done = end
    return "".join((*pieces, text[done:]))


def _taken(found: Sequence[_Found]) -> Iterator[tuple[int, int]]:
    """From where to where text is template language, or is in a tag that is not read as Markdown."""
    places, closing = [], dict[str, int]()
    for one in reversed(found):
        name = one.name.removeprefix("end")
        if _closes(one, [name]):
            closing[name] = one.end
        end = closing.get(name, one.end) if name in _VERBATIM else one.end
        places.append((one.start, end))
    return reversed(places)


def _occurrences(prose: str) -> list[_Found]:
    """Every template expression of ``prose`` that is not escaped, in order."""
    occurrences = []
    place = 0
    while match := _ANY.search(prose, place):
        kind = match.lastgroup or ""
        if _is_escaped(prose, match.start()) or _PARAGRAPH_END.search(match[0]):
            place = match.start() + 2
            continue
        name = _NAME.match(match[f"{kind}_said"])
        said = name["name"].lower() if name else ""
        found = _Found(kind, " ".join(match[0].split()), said, match.start(), match.end())
        occurrences.append(found)
        place = _skip_protected(prose, found)
    return occurrences


def _is_escaped(prose: str, start: int) -> bool:
    before = prose[:start]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _skip_protected(prose: str, found: _Found) -> int:
    """Where to look on: behind the end of a tag whose content is not template language."""
    if found.kind == "tag" and found.name in ("raw", "comment", "verbatim"):
        end = _RAW_END.search(prose, found.end)
        return end.end() if end else found.end
    return found.end


def _closes(found: _Found, open_tags: list[str]) -> bool:
    """Whether this is the end of a tag reported before, which it then is no more."""
    closing = found.text.startswith(("{{< /", "{{</", "{{% /", "{{%/"))
    name = found.name.removeprefix("end")
    if not closing and (found.kind != "tag" or name == found.name):
        return False
    if name in open_tags:
        open_tags.remove(name)
        return True
    return False


def _problem(found: _Found, line: int, path: str) -> Problem:
    shown = found.text if len(found.text) <= 60 else f"{found.text[:57]}..."
    message = f"{shown} is {_KINDS[found.kind]} and would be printed"
    return Problem(path, line, "body", message, f"{_hint(found)}, {_OR}", "template-code")


def _hint(found: _Found) -> str:
    if found.kind != "value":
        return _HINTS.get(found.name, _ITSELF)
    if found.name in ("site.baseurl", "site.url", "baseurl", "siteurl", "site.siteurl"):
        return _OURS
    return "write the value itself instead"
