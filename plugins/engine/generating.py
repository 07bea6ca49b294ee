"""What a build through Pelican's generators needs besides them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import facts_from
from plugins.fastbuild.tasks import closing_tasks_of, digests_below, tasks_of, write_tasks
from plugins.steps import Site

Context = dict[str, Any]


def new_context(settings: MutableMapping[str, Any]) -> Context:
    """What Pelican's generators share, as :meth:`pelican.Pelican.run` sets it up."""
    context: Context = dict(settings)
    context["generated_content"] = {}
    context["static_links"] = set()
    context["static_content"] = {}
    context["localsiteurl"] = settings["SITEURL"]
    return context


def run_tasks(
    plugins: Iterable[ModuleType], catalogue: Catalogue, settings: MutableMapping[str, Any]
) -> None:
    """Make the files that plugins add to the site, below the output folder of ``settings``."""
    output = Path(settings["OUTPUT_PATH"])
    site = Site(catalogue, facts_from(settings), settings)
    write_tasks(tasks_of(plugins, site), output)
    closing = replace(
        site, files=digests_below(output), read=lambda name: (output / name).read_bytes()
    )
    write_tasks(closing_tasks_of(plugins, closing), output)
