"""Liquid in the text of a post: values put in, code and embeds written as Markdown.

Jekyll reads Liquid before Markdown, in code too, so this does. What cannot be said is left in a
comment, which readers do not get, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liquid import Environment
from liquid.exceptions import LiquidError
from pelican.utils import slugify

from desk.importing.embeds import address_of, picture
from desk.importing.model import Note, Sure
from desk.importing.own_tags import mapped
from desk.importing.shortcodes import Call

# Neither goes on over the beginning of another, or many that never end would take the square of their number.
_TOKEN = re.compile(
    r"\{%-?\s*+(?P<tag>\w++)(?P<rest>[^%{]*+(?:(?:%(?!\})|\{(?!%))[^%{]*+)*+)%\}"
    r"|\{\{(?P<value>[^{}]*+(?:(?:\}(?!\})|\{(?!\{))[^{}]*+)*+)\}\}"
)
_BLOCKS = frozenset({"for", "if", "unless", "case", "tablerow", "capture"})
_VERBATIM = frozenset({"raw", "comment", "highlight"})
_WORD = re.compile(
    r"(?<![\w-])(?P<key>[\w-]++)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"']++))"
)
_FILTER = re.compile(r"(?<!\|)\|(?!\|)\s*+(?P<name>\w++)")


class _Bounded(Environment):
    """Liquid that ends: at most so many rounds and so much text."""

    loop_iteration_limit = 10_000
    output_stream_limit = 200_000
    local_namespace_limit = 200_000


@dataclass(slots=True)
class Liquid:
    """What Liquid may know: the site's values, and the posts by the names that links use."""

    site: Mapping[str, Any]
    posts: Mapping[str, str] = field(default_factory=dict)
    # Eleventy's: the global data, and the page's own, are there by their plain names.
    names: Mapping[str, Any] | None = None
    # What the site says of its own tags and includes: desk.importing.own_tags.
    tags: Mapping[str, str] = field(default_factory=dict)
    _environment: Environment = field(default_factory=_Bounded)

    def __post_init__(self) -> None:
        base = str(self.site.get("baseurl") or "").rstrip("/")
        url = str(self.site.get("url") or "").rstrip("/")

        def relative(value: object) -> str:
            return f"{base}/{str(value).lstrip('/')}"

        self._environment.add_filter("relative_url", relative)
        self._environment.add_filter("absolute_url", lambda value: url + relative(value))
        self._environment.add_filter("slugify", slugged)
        self._environment.add_filter("slug", slugged)
        self._environment.add_filter("markdownify", str)
        self._environment.add_filter("xml_escape", str)

    def convert(self, text: str, page: Mapping[str, Any], line: int) -> tuple[str, list[Note]]:
        """``text`` without Liquid, and notes; ``line`` is that of the file where it begins."""
        if "{%" not in text and "{{" not in text:
            return text, []
        return _Reader(self, text, page, line).read()

    def value(self, template: str, page: Mapping[str, Any]) -> str:
        """What a template says. Raises LiquidError."""
        scope = {} if self.names is None else {**self.names, **page}
        known = {**scope, "site": self.site, "page": page}
        return self._environment.from_string(template).render(**known)

    def knows(self, name: str) -> bool:
        """Whether there is a filter of this name."""
        return name in self._environment.filters


def slugged(value: object) -> str:
    """A text as a part of an address, as Eleventy's filter makes it."""
    return slugify(
        str(value), [(r"[^\w\s-]", ""), (r"\A\s*", ""), (r"\s*\Z", ""), (r"[-\s]+", "-")]
    )


class _Reader:
    def __init__(self, liquid: Liquid, text: str, page: Mapping[str, Any], line: int) -> None:
        self._liquid, self._text, self._page, self._line = liquid, text, page, line
        self._assigned = ""
        self._notes: list[Note] = []

    def read(self) -> tuple[str, list[Note]]:
        made: list[str] = []
        at = 0
        while found := _TOKEN.search(self._text, at):
            made.append(self._text[at : found.start()])
            if found["value"] is not None:
                said, at = self._said(found[0], found), found.end()
            else:
                said, at = self._tag(found)
            made.append(said)
        made.append(self._text[at:])
        return "".join(made), self._notes

    def _note(self, found: re.Match[str], kind: str, sure: Sure) -> None:
        line = self._line + self._text.count("\n", 0, found.start())
        what = " ".join(found[0].split())
        self._notes.append(Note(line, kind, what[:100], sure))

    def _said(self, template: str, found: re.Match[str]) -> str:
        """What a value or a block says, by the site's own data."""
        unknown = [
            one["name"]
            for one in _FILTER.finditer(found["value"] or "")
            if not self._liquid.knows(one["name"])
        ]
        for name in unknown:
            template = re.sub(rf"\|\s*+{name}\b[^|}}]*+", "", template)
        try:
            said = self._liquid.value(self._assigned + template, self._page)
        except (LiquidError, RecursionError, ValueError, TypeError):
            return self._lost(found, "Liquid that cannot be read")
        if unknown:
            self._note(
                found, f"the filter {unknown[0]} is not known: its value stands there", "guess"
            )
        elif not said.strip() and "site.baseurl" not in template:
            self._note(found, "Liquid that says nothing here", "guess")
        return said

    def _lost(self, found: re.Match[str], kind: str) -> str:
        self._note(found, kind, "lost")
        said = found[0].replace("--", "- -")
        before = self._text[max(found.start() - 2, 0) : found.start()]
        inside = before.endswith(('"', "'", "](", "/", "="))
        return "" if inside else f"<!-- {said} -->"

    def _tag(self, found: re.Match[str]) -> tuple[str, int]:
        tag, rest = found["tag"], found["rest"].strip().rstrip("-").strip()
        if tag in _VERBATIM:
            return self._verbatim(found, tag, rest)
        if tag in _BLOCKS:
            return self._block(found, tag)
        if tag == "assign":
            self._assigned += found[0]
            return "", found.end()
        return self._single(found, tag, rest), found.end()

    def _verbatim(self, found: re.Match[str], tag: str, rest: str) -> tuple[str, int]:
        closing = re.compile(rf"\{{%-?\s*+end{tag}\s*+-?%\}}").search(self._text, found.end())
        if not closing:
            return self._lost(found, f"{tag} that never ends"), found.end()
        inner = self._text[found.end() : closing.start()]
        if tag == "comment":
            return "", closing.end()
        if tag == "raw":
            return inner, closing.end()
        self._note(found, "highlight is a code block", "sure")
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", inner)), default=0))
        code = inner.strip("\n")
        return f"{fence}{rest.split(' ')[0]}\n{code}\n{fence}", closing.end()

    def _block(self, found: re.Match[str], tag: str) -> tuple[str, int]:
        depth, at = 0, found.start()
        for token in _TOKEN.finditer(self._text, at):
            depth += (token["tag"] == tag) - (token["tag"] == f"end{tag}")
            if depth == 0:
                whole = self._text[at : token.end()]
                if tag == "capture":
                    self._assigned += whole
                    return "", token.end()
                return self._said(whole, found), token.end()
        return self._lost(found, f"{tag} that never ends"), found.end()

    def _single(self, found: re.Match[str], tag: str, rest: str) -> str:
        words = {
            one["key"]: one["double"] or one["single"] or one["bare"] or ""
            for one in _WORD.finditer(rest)
        }
        first = rest.split(" ")[0].strip("\"'")
        if tag in {"post_url", "link"}:
            name = first.removeprefix("_posts/").rsplit(".md", 1)[0]
            if target := self._liquid.posts.get(name):
                self._note(found, f"{tag} is a link to the file", "sure")
                return f"/{target}"
            return self._lost(found, f"{tag} to no post") or "#"
        name = first.rsplit("/", 1)[-1].rsplit(".", 1)[0] if tag.startswith("include") else tag
        others = tuple(rest.split()) if name == tag else ()
        meant = mapped(Call(name.lower(), words, others), self._liquid.tags)
        if meant is not None:
            self._note(found, f"{name} is what the settings say", "sure")
            return meant
        given = words.get("id") or words.get("url") or words.get("src") or words.get("image_path")
        given = given or ("" if tag.startswith("include") else first)
        if given and (url := address_of(name, given)):
            self._note(found, f"{name} is its address", "sure")
            return url
        if name in {"figure", "image", "img"} and given:
            self._note(found, f"{name} is an image", "sure")
            return picture(given, words.get("alt", ""), words.get("caption", ""))
        return self._lost(found, f"{tag} {name}" if name != tag else f"the tag {tag}")
