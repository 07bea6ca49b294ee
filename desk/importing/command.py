"""``desk import``: an old site, read as its generator did and written as ours."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from desk.errors import DeskError
from desk.importing.addresses import unanswered
from desk.importing.identity import ids_in, with_ids
from desk.importing.menus import kept
from desk.importing.model import Facts, Item, Note, Page, Refusal, Used
from desk.importing.own_table import table_in
from desk.importing.parts import with_series
from desk.importing.people import with_people
from desk.importing.redirects import with_redirects
from desk.importing.report import as_json, as_text, lines_of
from desk.importing.writing import safe, write

KINDS = (
    *("jekyll", "hugo", "zola", "pelican", "wordpress", "ghost"),
    *("eleventy", "astro", "devto", "text"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("generator", choices=KINDS, help="what made the old site")
    parser.add_argument("source", type=Path, metavar="SRC", help="its folder or export file")
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder to write")
    parser.add_argument("--url", default="", help="the address of the site, if SRC does not say it")
    parser.add_argument("--permalink", default="", help="its pattern of addresses, likewise")
    feed = "a file of its feed: posts keep the ids that they have there"
    parser.add_argument("--old-feed", type=Path, metavar="FILE", help=feed)
    where = "its sitemap, or the folder that it was built into: lists what does not answer any more"
    parser.add_argument("--old-site", type=Path, metavar="PATH", help=where)
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only report")
    parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import a site; return 0 if no text was refused by its own fault, 1 where there is none."""
    source, site = options.source.resolve(), options.site.resolve()
    if not source.exists():
        raise DeskError(f"there is no {options.source}; name the folder of the old site")
    if site == source or source in site.parents:
        raise DeskError(f"{options.site} is inside the old site; name a folder beside it")
    reader = import_module(f"desk.importing.{options.generator}")
    facts: Facts = reader.facts(source)
    facts = replace(
        facts,
        url=options.url or facts.url,
        permalink=options.permalink or facts.permalink,
        tags=table_in(site / "pelicanconf.py"),
    )
    known = ids_in(options.old_feed) if options.old_feed else {}
    folder = source if source.is_dir() else source.parent
    read = with_series(list(reader.items(source, facts, _progress())))
    read = with_people(with_redirects(read, folder, facts), folder)
    read = with_ids(read, facts, reader.entry_id, known)
    items = checked(used(read, facts))
    lines = lines_of(items)
    lost = unanswered(items, facts, options.old_site) if options.old_site else []
    if not options.dry_run:
        write(items, folder, site, facts)
        (site / "import-report.json").write_text(as_json(lines, lost), "utf-8")
    sys.stdout.write(as_json(lines, lost) if options.json else as_text(lines, lost))
    return 0 if any(isinstance(item, Page) for item in items) else 1


def used(items: Sequence[Item], said: Facts) -> list[Item]:
    """The items; files that settings were read from are no refusals, and say what was left out."""
    lost = [
        Note(1, "menu", f"{name} -> {where}: no page is there")
        for name, where in kept(items, said)[1]
    ]
    made: list[Item] = []
    for item in items:
        if isinstance(item, Refusal) and item.source in said.files:
            made.append(Used(item.source, "pelicanconf.py", tuple(lost)))
            lost = []
        else:
            made.append(item)
    return made


def checked(items: Sequence[Item]) -> list[Item]:
    """The items; refused are those that lead out of the folder, or are written where another is."""
    taken: Counter[str] = Counter()
    made: list[Item] = []
    for item in items:
        if not isinstance(item, Refusal | Used):
            try:
                key = safe(item.target).casefold()
            except ValueError as error:
                made.append(Refusal(item.source, str(error)))
                continue
            taken[key] += 1
            if taken[key] > 1:
                made.append(Refusal(item.source, f"another file becomes {item.target}"))
                continue
        made.append(item)
    return made


def _progress() -> Callable[[str], None]:
    """Counts the files on a terminal, and says nothing elsewhere."""
    count = 0

    def step(_name: str) -> None:
        nonlocal count
        count += 1
        if sys.stderr.isatty() and count % 50 == 0:
            print(f"\r{count:,} files", end="", file=sys.stderr, flush=True)

    return step
