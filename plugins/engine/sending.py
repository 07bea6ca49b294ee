"""What a process that was started anew is given, so that it works as this one would.

It makes the site again: it runs the files that the settings came from, for what they do besides, and
takes their values as they are here, whatever was changed on the command line; then it registers the
plugins. Only if its code, its libraries, its plugins and its settings have the digest that ours have
does it get anything to do. What it is to do then comes as pickles, in which the settings and the
cache stand for its own.
"""

from __future__ import annotations

import contextlib
import io
import locale
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import partial
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from types import FunctionType, ModuleType
from typing import Any

from plugins.build.worker import Open, UnsendableError
from plugins.engine.late import LatePlugin
from plugins.fastbuild.frozen import Pickler
from plugins.fastbuild.store import Store
from plugins.fastbuild.version import version_of
from plugins.posts.ledger import open_ledger

Settings = MutableMapping[str, Any]

_SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class _Site:
    """All of it: ``modules`` are names and files, ``settings`` and ``plugins`` one pickle."""

    arguments: Sequence[str]
    place: str
    modules: Sequence[tuple[str, str]]
    site: bytes
    version: str


def equip(settings: Settings, plugins: Sequence[ModuleType], version: str) -> Open:
    """What a new process starts with; ``version`` is the digest that it has to come to.

    Raises :class:`UnsendableError` where a setting cannot be sent.
    """
    own = {name: value for name, value in settings.items() if not name.startswith("_")}
    modules = tuple(_givers(settings))
    site = _pickled((own, tuple(plugins)), _SettingsPickler)
    told = _Site(sys.argv, locale.setlocale(locale.LC_ALL), modules, site, version)
    return partial(open_site, pickle.dumps(told))


def open_site(data: bytes) -> Callable[[bytes], Any]:
    """In the new process: make the site, and return what unpacks :func:`pack` there.

    Raises :class:`UnsendableError` where it turns out to be another one.
    """
    told: _Site = pickle.loads(data)  # noqa: S301 - from the process that started this one
    sys.argv[:] = told.arguments
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, told.place)
    # What the settings print was printed once already.
    with contextlib.redirect_stdout(io.StringIO()):
        for name, file in told.modules:
            _module(name, file)
        settings, plugins = pickle.loads(told.site)  # noqa: S301 - as above
        for plugin in plugins:
            plugin.register()
    if version_of(settings, plugins) != told.version:
        raise UnsendableError("its settings, plugins or code would be others")
    open_ledger(settings, kept=True)

    def unpack(parcel: bytes) -> Any:
        return _Unpickler(io.BytesIO(parcel), settings).load()

    return unpack


def pack(value: object, settings: Settings) -> bytes:
    """The bytes of a value for a process that :func:`open_site` was called in.

    Raises :class:`UnsendableError` where that is not possible.
    """

    class _Pickler(Pickler):
        def persistent_id(self, value: Any) -> Any:
            if value is settings:
                return _SETTINGS
            return str(value.path) if type(value) is Store else None

    return _pickled(value, _Pickler)


def is_closure(function: object) -> bool:
    """Whether a function holds what can be sent nowhere: it was made in another one."""
    return isinstance(function, FunctionType) and "<" in function.__qualname__


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, settings: Settings) -> None:
        super().__init__(data)
        self._settings = settings
        self._stores: dict[str, Store] = {}

    def persistent_load(self, name: str) -> Any:
        if name == _SETTINGS:
            return self._settings
        if name not in self._stores:
            self._stores[name] = Store.of_another(name)
        return self._stores[name]


class _SettingsPickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, ModuleType) and not isinstance(value, LatePlugin):
            return _module, (value.__name__, value.__file__)
        return NotImplemented


def _pickled(value: object, kind: Callable[[io.BytesIO, int], pickle.Pickler]) -> bytes:
    made = io.BytesIO()
    try:
        kind(made, pickle.HIGHEST_PROTOCOL).dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise UnsendableError(str(error)) from error
    return made.getvalue()


def _givers(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The modules that the settings are from: those that have one of our settings objects."""
    ours = {id(value) for value in settings.values() if _is_settings(value)}
    for name, module in tuple(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and name != "__main__" and any(id(value) in ours for value in _upper(module)):
            yield name, file


def _is_settings(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)


def _upper(module: ModuleType) -> Iterator[object]:
    return (value for name, value in vars(module).items() if name.isupper())


def _module(name: str, file: str | None) -> ModuleType:
    """The module of this name and file, loaded if it is not; as Pelican loads settings, if need be."""
    with contextlib.suppress(ModuleNotFoundError):
        found = import_module(name)
        if file is None or found.__file__ == file:
            return found
    spec = spec_from_file_location(name, file) if file else None
    if spec is None or spec.loader is None:
        raise UnsendableError(f"{name} cannot be loaded there")
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
