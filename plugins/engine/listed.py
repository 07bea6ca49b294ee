"""Plugins as a site lists them: others that are installed are not even imported."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from pelican import Pelican
from pelican.plugins._utils import get_plugin_name, load_legacy_plugin

logger = logging.getLogger(__name__)

# Plugins made for Pelican are installed into this package, whoever made them.
_INSTALLED = "pelican.plugins"


class Listed(Pelican):
    """Pelican that imports the plugins in ``PLUGINS`` and no others.

    Pelican itself first imports everything that is installed as a plugin, then looks at the list.
    One that is installed for another site, or by a tool, then costs every build a tenth of a second.
    """

    def init_plugins(self) -> None:
        """Import and register the plugins; one that Pelican has a name for is left to Pelican.

        So is one that cannot be imported: it says why.
        """
        modules = _load(self.settings)
        if modules is None:
            super().init_plugins()
            return
        self.plugins = [module for module in modules if _registers(module)]
        self.settings["PLUGINS"] = [get_plugin_name(module) for module in self.plugins]


def _load(settings: Mapping[str, Any]) -> list[ModuleType] | None:
    listed = settings.get("PLUGINS")
    if listed is None or _any_installed(listed):
        return None
    paths = settings.get("PLUGIN_PATHS", [])
    try:
        return [load_legacy_plugin(one, paths) if isinstance(one, str) else one for one in listed]
    except ImportError:
        return None


def _registers(module: ModuleType) -> bool:
    """Whether it could be registered; else that is logged, as Pelican does."""
    try:
        module.register()
    except Exception:
        logger.exception("Cannot register plugin `%s`", get_plugin_name(module))
        return False
    return True


def _any_installed(listed: Iterable[str | ModuleType]) -> bool:
    """Whether one of them is known by Pelican's name for it: "search" for "pelican.plugins.search"."""
    names = [one for one in listed if isinstance(one, str)]
    return any(
        one.startswith(f"{_INSTALLED}.") or ("." not in one and find_spec(f"{_INSTALLED}.{one}"))
        for one in names
    )
