"""Which texts stand elsewhere than on the page of their post, by what plugins say of their tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType

from plugins.engine.late import LatePlugin
from plugins.fastbuild.tasks import tasks_by
from plugins.steps import Site, Task


def plan_tasks(
    plugins: Sequence[ModuleType], site: Site, passing: Callable[[], None]
) -> tuple[tuple[Task, ...], frozenset[str] | None]:
    """All tasks, and the sources of the posts whose text any of them depends on.

    None where that is not known: a plugin does not say it, or reads finished pages. ``passing`` is
    called after each task.
    """
    planned = []
    for one in tasks_by(plugins, site):
        planned.append(one)
        passing()
    tasks = tuple(task for _, task in planned)
    if not all(_says(plugin, planned) for plugin in plugins):
        return tasks, None
    return tasks, frozenset(_sources(tasks))


def _says(plugin: ModuleType, planned: Iterable[tuple[ModuleType, Task]]) -> bool:
    """Whether a plugin says which texts its tasks depend on; one that has none now might have some.

    Those of the kit have none because of settings.
    """
    if hasattr(plugin, "closing_tasks"):
        return False
    own = [task for owner, task in planned if owner is plugin]
    if not own:
        return isinstance(plugin, LatePlugin) or not hasattr(plugin, "tasks")
    return all(task.texts is not None for task in own)


def _sources(tasks: Iterable[Task]) -> Iterator[str]:
    for task in tasks:
        yield from task.texts or ()
