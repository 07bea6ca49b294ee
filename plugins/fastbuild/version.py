"""One digest of everything that a site is made with: our code, the libraries and the settings."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path, PurePath
from types import FunctionType, ModuleType
from typing import Any

from plugins.digests import digest
from plugins.markup.diagrams import renderer

_ROOT = Path(__file__).resolve().parent.parent.parent
# The folders of our code below the repository.
_ROOMS = ("plugins", "thread", "wording")
# Where files are and how much is printed changes no page.
_NO_MATTER = frozenset(
    {"PATH", "OUTPUT_PATH", "CACHE_PATH", "BUILD", "LOG_FILTER", "PELICAN_CLASS"}
)


class UnknownSettingError(LookupError):
    """A setting whose value cannot be compared with that of another build; the message names it."""


def version_of(settings: Mapping[str, Any], plugins: Iterable[ModuleType]) -> str:
    """The digest; raises :class:`UnknownSettingError`."""
    code = [_code_below(_ROOT / room) for room in _ROOMS if (_ROOT / room).is_dir()]
    named = [
        (plugin.__name__, _file_digest(getattr(plugin, "__file__", None))) for plugin in plugins
    ]
    # A renderer that comes or goes changes the pages with diagrams; where it is does not.
    draws = bool(renderer(getattr(settings.get("MARKUP"), "mermaid", "")))
    made_with = sys.version, sys.platform, _libraries(), draws
    return digest(*made_with, code, named, tuple(_values(settings)))


def _values(settings: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name in sorted(settings):
        if name.isupper() and name not in _NO_MATTER and not name.startswith("_"):
            try:
                yield name, _plain(settings[name])
            except UnknownSettingError as error:
                raise UnknownSettingError(f"{name}: {error}") from error


def _plain(value: Any) -> object:
    """``value`` as something whose ``repr`` is the same in every process and says all of it."""
    if isinstance(value, str | PurePath):
        return _placeless(str(value))
    if value is None or isinstance(value, bool | int | float | bytes):
        return value
    if isinstance(value, date | time | timedelta):
        return type(value).__name__, str(value)
    if isinstance(value, Mapping):
        pairs = [(_plain(key), _plain(value[key])) for key in value]
        return "mapping", sorted(pairs, key=repr)
    if isinstance(value, list | tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, set | frozenset):
        return "set", sorted((_plain(each) for each in value), key=repr)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        pairs = [(field.name, _plain(getattr(value, field.name))) for field in fields]
        return type(value).__qualname__, pairs
    if isinstance(value, ModuleType):
        return "module", value.__name__, _file_digest(value.__file__)
    if isinstance(value, type | FunctionType) and "<" not in value.__qualname__:
        module = sys.modules.get(value.__module__)
        return value.__module__, value.__qualname__, _file_digest(getattr(module, "__file__", None))
    raise UnknownSettingError(f"a value of type {type(value).__name__} cannot be compared")


def _placeless(text: str) -> str:
    """A path below the repository without the place of that, which is another in every clone."""
    return text.replace(f"{_ROOT}{os.sep}", "./") if text.startswith(str(_ROOT)) else text


def _code_below(folder: Path) -> str:
    """A digest of the names and bytes of our source files and what lies beside them."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        found += [f"{root}/{name}" for name in sorted(names)]
    return digest([(path[len(str(folder)) :], _file_digest(path)) for path in found])


def _file_digest(path: str | None) -> str:
    if path is None:
        return ""
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return "unreadable"


def _libraries() -> list[str]:
    """The names and versions of what is installed, by the folders that say so."""
    import pelican

    folder = Path(pelican.__file__).resolve().parent.parent
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".dist-info", ".pth"))
