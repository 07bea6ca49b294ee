"""Which file names have a language in them: ``about.fr.md`` has, ``it.is.md`` may be about something.

An ending counts as a language where the site has it: it is the site's own or an edition's, the same
text is there without it or in another language, or other texts are translated into it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plugins.posts.source_names import language_in
from plugins.posts.suffixes import SUFFIXES


@dataclass(frozen=True)
class Languages:
    """The languages of a site. ``known`` are those that its settings name, as tags.

    ``content`` is the content folder, looked through once, when first needed; without it every
    ending that may be a language is one.
    """

    known: frozenset[str] = frozenset()
    content: Path | None = None

    def of(self, source: str) -> str | None:
        """The language in the name of ``source``, a path below the content folder, if it has one."""
        folder, _, file = source.rpartition("/")
        stem, lang = _parts(file)
        if lang is None or self.content is None or _base(lang) in self._named:
            return lang
        if stem.casefold() in ("index", "_index") or _base(lang) in self._used:
            return lang
        return lang if len(self._texts[folder].get(stem, ())) > 1 else None

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(map(_base, self.known))

    @cached_property
    def _used(self) -> frozenset[str]:
        """The languages that some text is translated into."""
        groups = (langs for stems in self._texts.values() for langs in stems.values())
        return frozenset(
            _base(lang) for langs in groups if len(langs) > 1 for lang in langs if lang
        )

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, Collection[str]]]:
        """The languages of each text, empty for none, by folder and by name without them."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for root, _, names in os.walk(self.content or "", followlinks=True):
            folder = Path(root).relative_to(self.content or "").as_posix()
            for file in names:
                if file.rpartition(".")[2].lower() in SUFFIXES:
                    stem, lang = _parts(file)
                    found["" if folder == "." else folder][stem].add(lang or "")
        return found


def _parts(file: str) -> tuple[str, str | None]:
    """The name of a file without suffix and language, and the language that it may have."""
    if file.count(".") < 2:
        return file.rpartition(".")[0], None
    return language_in(file.rpartition(".")[0].removesuffix(".draft"))


def _base(lang: str) -> str:
    return lang.replace("_", "-").partition("-")[0].lower()
