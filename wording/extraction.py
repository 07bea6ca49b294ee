"""The text in code and templates, and what the catalogues say of it.

Uses Babel's extractors for Python and Jinja. Messages are known by their context and text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wording.catalogues import file_for, files

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

# What readers see is written in these rooms; the writer's desk speaks English.
ROOMS = ("wording", "plugins", "thread", "dialogue", "theme/templates")
# Besides gettext's own names: Wording.say, and private methods that pass on to it.
_SAY = {"say": None, "_say": None}
_METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
_OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_VARIABLE = re.compile(r"%\(\w+\)s|\{\}")
_ELEMENT = re.compile(r"</?[a-z][^<>]*>")


def extract(root: Path) -> Catalog:
    """Every message below ``root``, the repository, with the files it is used in."""
    from babel.messages.catalog import Catalog  # only translators need it
    from babel.messages.extract import (
        DEFAULT_KEYWORDS,
        extract_from_file,
    )  # only translators need it

    found = Catalog(project="Parley", charset="utf-8")
    for path in _sources(root):
        where = path.relative_to(root).as_posix()
        texts = extract_from_file(
            _METHODS[path.suffix],
            str(path),
            keywords={**DEFAULT_KEYWORDS, **_SAY},
            comment_tags=("i18n:",),
            options=_OPTIONS,
        )
        for _, message, comments, context in texts:
            found.add(message, None, [(where, 0)], auto_comments=comments, context=context)
    return found


def refresh(root: Path, locale: Path) -> None:
    """Bring every catalogue up to the text there is: new messages are empty, old ones go."""
    from babel.messages.pofile import read_po  # only translators need it

    template = extract(root)
    for path in files(locale).values():
        with path.open("rb") as file:
            own = read_po(file, abort_invalid=True)
        _write(own, template, path)


def begin(root: Path, locale: Path, tag: str) -> Path:
    """Start the catalogue of a language; returns its file.

    Raises FileExistsError, and ValueError or UnknownLocaleError for a tag that names no language.
    """
    from babel import Locale  # only translators need it
    from babel.messages.catalog import Catalog  # only translators need it

    path = file_for(tag, locale)
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    own = Catalog(
        locale=Locale.parse(tag, sep="-"),
        header_comment=f"# Interface text: {tag}. English is in the code; see docs/languages.md.",
        project="Parley",
        version="1",
        msgid_bugs_address="see docs/languages.md",
        last_translator="see the history of this file",
        language_team=tag,
        charset="utf-8",
        fuzzy=False,
    )
    _write(own, extract(root), path)
    return path


def faults(root: Path, locale: Path) -> Iterator[str]:
    """Yield a line for everything that is wrong with the catalogues."""
    from babel.messages.pofile import read_po  # only translators need it

    used = {_key(message): message for message in extract(root) if message.id}
    for tag, path in files(locale).items():
        with path.open("rb") as file:
            own = read_po(file, abort_invalid=True)
        entries = {_key(message): message for message in own if message.id}
        where = path.relative_to(locale).as_posix()
        yield from (f"{where}: {key[1]!r} is not in it" for key in used if key not in entries)
        for key, message in entries.items():
            wrong = _wrong(message, own.num_plurals) if key in used else ["is used nowhere"]
            yield from (f"{where}: {tag}: {key[1]!r} {what}" for what in wrong)


def _wrong(message: Message, plurals: int) -> Iterable[str]:
    """What is wrong with one translation."""
    sources, texts = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield "is marked as fuzzy"
    if not all(texts) or (len(sources) > 1 and len(texts) != plurals):
        yield "has no translation"
        return
    variables = set().union(*(_VARIABLE.findall(text) for text in sources))
    elements = sorted(_ELEMENT.findall(sources[-1]))
    for text in texts:
        if set(_VARIABLE.findall(text)) != variables:
            yield f"has other variables in {text!r}"
        if sorted(_ELEMENT.findall(text)) != elements:
            yield f"has other elements in {text!r}"


def _sources(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(path for path in (root / room).rglob("*") if path.suffix in _METHODS)


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _forms(message.id)[0]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a message that has plurals, the one of a message that has none."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _write(own: Catalog, template: Catalog, path: Path) -> None:
    from babel.messages.pofile import write_po  # only translators need it

    own.update(template, no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as file:
        write_po(file, own, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
