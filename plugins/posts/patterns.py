"""The addresses of posts and pages: patterns, in the words of Jekyll, Hugo and Pelican.

``/{year}/{month}/{slug}/`` is also ``/:year/:month/:title/``
(https://jekyllrb.com/docs/permalinks/, https://gohugo.io/configuration/permalinks/) and Pelican's
``{date:%Y}/{date:%m}/{slug}/`` (https://docs.getpelican.com/en/stable/settings.html#url-settings).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from plugins.errors import Problem, SettingsError
from plugins.frontmatter.values import Fault
from plugins.posts.permalinks import OF_DATES, STYLES, WORDS, Address, address

USUAL = "/{slug}/"
_WORD = re.compile(r"\{(?P<braced>\w+)(?::(?P<form>[^{}]*))?\}|:(?P<word>[A-Za-z_]+)")
# What Pelican's {date:...} may ask for: numbers, which are the same in every language.
_DIRECTIVES = {
    "%Y": "year",
    "%y": "short_year",
    "%m": "month",
    "%-m": "i_month",
    "%d": "day",
    "%-d": "i_day",
    "%j": "y_day",
    "%H": "hour",
    "%M": "minute",
    "%S": "second",
}
_DIRECTIVE = re.compile(r"%-?[A-Za-z]")
_LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class PostSettings:
    """Where posts and pages are found, as patterns of paths.

    ``address`` is that of posts, ``pages`` that of pages; ``folders`` maps folders below the
    content folder to patterns for what is in them (the deepest decides), ``languages`` maps
    language codes to patterns for posts in another language than the site's. A pattern that does
    not name the language is put below it, as in ``/de/my-post/``. One that ends in a slash makes a
    folder, one that ends in ``.html`` that file, any other an address without either
    (``/my-post`` is the file ``my-post.html``). ``permalink`` in front matter decides over all.
    Raises :class:`SettingsError`.
    """

    address: str = USUAL
    pages: str = USUAL
    folders: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = {"address": self.address, "pages": self.pages}
        named |= {f"folders[{key!r}]": pattern for key, pattern in self.folders.items()}
        named |= {f"languages[{key!r}]": pattern for key, pattern in self.languages.items()}
        problems = [
            Problem("pelicanconf.py", 1, f"POSTS.{name}", *fault)
            for name, pattern in named.items()
            for fault in faults_of(pattern)
        ]
        if problems:
            raise SettingsError(problems)

    def pattern(self, source: str, kind: str, lang: str, folder: str) -> str:
        """The pattern for the post in ``source``; ``folder`` is that of its language, or empty."""
        path = PurePosixPath(source)
        for name in sorted(self.folders, key=lambda name: -len(PurePosixPath(name).parts)):
            if path.is_relative_to(name.strip("/")):
                return _below(folder, self.folders[name])
        if folder and (own := self.languages.get(folder) or self.languages.get(lang)):
            return own
        return _below(folder, self.pages if kind == "page" else self.address)


def posts_settings(settings: Mapping[str, Any]) -> PostSettings:
    """``POSTS``, or what Pelican's ``ARTICLE_URL`` and ``PAGE_URL`` say where that is not set."""
    own = settings.get("POSTS")
    if isinstance(own, PostSettings):
        return own
    if "PREVIEW" not in settings:  # Pelican's own settings, which the contract has not replaced
        return PostSettings()
    article, page = (settings[name].lstrip("/") for name in ("ARTICLE_URL", "PAGE_URL"))
    return PostSettings(f"/{article}", f"/{page}")


def faults_of(pattern: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a pattern, and what to do."""
    if pattern in STYLES:
        return
    words = list(_words(pattern))
    for said, word in words:
        if word not in WORDS:
            usual = (
                "{year}, {month}, {day}, {slug}, {name}, {filename}, {category}, {section}, {lang}"
            )
            yield f"{said!r} in {pattern!r} stands for nothing", f"use {usual}"
    if not {word for _, word in words} - OF_DATES - {_LANGUAGE, "category", "categories", "author"}:
        yield f"{pattern!r} gives every post the same address", "put {slug} or {filename} into it"
    if not pattern.strip("/") or ".." in pattern or set(pattern) & set("?#\\"):
        yield f"{pattern!r} is no path", "write it as /{year}/{month}/{slug}/"


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """The path that a pattern gives a post; ``values`` are what its words stand for.

    Raises `Fault` for a post without a date where the pattern has one.
    """

    def value(found: re.Match[str]) -> str:
        if found["form"]:
            return _DIRECTIVE.sub(lambda one: _value(_DIRECTIVES[one[0]], values), found["form"])
        return _value(found["braced"] or found["word"], values)

    return _WORD.sub(value, STYLES.get(pattern, pattern))


def page_at(path: str, reserved: Collection[str] = ()) -> Address:
    """The address of a page, which has the end that ``path`` has; raises `Fault`."""
    found = address(path, reserved)
    place = found.url.strip("/")
    if path.endswith(("/", "/index.html")) or not place or found.save_as == place:
        return found
    return Address(f"/{place}", f"{place}.html")


def _below(folder: str, pattern: str) -> str:
    if not folder or any(word == _LANGUAGE for _, word in _words(pattern)):
        return pattern
    return f"/{folder}/{STYLES.get(pattern, pattern).lstrip('/')}"


def _words(pattern: str) -> Iterator[tuple[str, str]]:
    """Each word of a pattern as it is written, and its name; of a date's form each directive."""
    for found in _WORD.finditer(STYLES.get(pattern, pattern)):
        if found["form"]:
            for one in _DIRECTIVE.findall(found["form"]):
                yield found[0], _DIRECTIVES.get(one, "")
        else:
            yield found[0], found["braced"] or found["word"]


def _value(word: str, values: Mapping[str, str]) -> str:
    if word in values:
        return values[word]
    if word in OF_DATES:
        raise Fault("the address of this post has its date in it", "write date: 2024-03-01")
    return ""
