"""The tasks of all plugins of a site, and the files they make (see :mod:`plugins.steps`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from plugins.digests import digest_bytes
from plugins.errors import Problem, SiteError
from plugins.steps import Site, Task


def tasks_of(plugins: Iterable[ModuleType], site: Site) -> Iterator[Task]:
    """What can be made from the catalogue, in the order of the plugins."""
    return (task for _, task in tasks_by(plugins, site))


def tasks_by(plugins: Iterable[ModuleType], site: Site) -> Iterator[tuple[ModuleType, Task]]:
    """The same, each with its plugin."""
    return _of(plugins, "tasks", site)


def closing_tasks_of(plugins: Iterable[ModuleType], site: Site) -> Iterator[Task]:
    """What is made from finished pages."""
    return (task for _, task in _of(plugins, "closing_tasks", site))


def publishing_of(
    plugins: Iterable[ModuleType], settings: Mapping[str, Any]
) -> Callable[[Path, Path], AbstractContextManager[None]]:
    """One context manager for all that plugins do while files are brought into the output."""
    entered = [plugin.publishing for plugin in plugins if hasattr(plugin, "publishing")]

    @contextmanager
    def publishing(output: Path, staged: Path) -> Iterator[None]:
        with ExitStack() as stack:
            for enter in entered:
                stack.enter_context(enter(output, staged, settings))
            yield

    return publishing


def write_tasks(tasks: Iterable[Task], folder: Path) -> None:
    """Make the files of ``tasks`` below ``folder``, one task after the other."""
    for task in tasks:
        write_files(task, folder)


def write_files(task: Task, folder: Path) -> tuple[str, ...]:
    """Make the files of one task below ``folder``; returns their paths."""
    made = []
    for name, data in task.make():
        check_path(name, task.name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        made.append(name)
    return tuple(made)


def check_path(name: str, maker: str) -> None:
    """Raise :class:`SiteError` where ``name`` is no path below the output folder."""
    if name.startswith("/") or ".." in name.split("/"):
        message = f"{maker} makes {name!r}, which is no path below the output folder"
        hint = "report this to the makers of the plugin"
        raise SiteError([Problem("pelicanconf.py", 1, "PLUGINS", message, hint)])


def digests_below(folder: Path) -> Mapping[str, str]:
    """The digest of every file below ``folder`` by its path there."""
    found = (Path(root, name) for root, _, names in os.walk(folder) for name in names)
    return {
        path.relative_to(folder).as_posix(): digest_bytes(path.read_bytes())
        for path in sorted(found)
    }


def _of(
    plugins: Iterable[ModuleType], function: str, site: Site
) -> Iterator[tuple[ModuleType, Task]]:
    """The tasks that ``function`` of each plugin gives; two of one name are the plugin's fault."""
    seen: set[str] = set()
    for plugin in plugins:
        for task in getattr(plugin, function, _none)(site):
            if task.name in seen:
                raise ValueError(f"two tasks are called {task.name!r}")
            seen.add(task.name)
            yield plugin, task


def _none(site: Site) -> tuple[Task, ...]:  # noqa: ARG001 - the signature of those that have some
    return ()
