"""Catalogues of interface text: gettext's .po files, compiled in memory when first asked for."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from wording.tags import chain

SOURCE = "en"
LOCALE = Path(__file__).parent / "locale"
_FILE = Path("LC_MESSAGES", "parley.po")


def files(root: Path = LOCALE) -> dict[str, Path]:
    """Every catalogue below ``root`` by its language tag in lower case ("pt-br")."""
    paths = sorted(root.glob(f"*/{_FILE.as_posix()}"))
    return {path.parts[-3].replace("_", "-").lower(): path for path in paths}


def file_for(tag: str, root: Path = LOCALE) -> Path:
    """Where the catalogue of a language is kept, in gettext's own layout ("pt_BR/...")."""
    return root / tag.replace("-", "_") / _FILE


@lru_cache(maxsize=256)
def translations_for(tag: str) -> NullTranslations:
    """The text of a language; what it lacks is that of the next in its chain, at last English."""
    found = [_compiled(path) for one in chain(tag) if (path := _files().get(one))]
    for first, second in pairwise(found):
        first.add_fallback(second)
    return found[0] if found else NullTranslations()


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    return files()


def _compiled(path: Path) -> NullTranslations:
    """A catalogue as :mod:`gettext` reads it. Raises ValueError where the file is not a catalogue."""
    from babel.messages.mofile import write_mo  # English needs no catalogue
    from babel.messages.pofile import read_po  # English needs no catalogue

    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
