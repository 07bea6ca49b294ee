"""Posts whose text alone was edited, brought up to date from the cache: the short way of a build.

It is taken where every file that changed is a post or page that was there before, the output is as
the last build left it, and nothing but the page of the post shows or tells what changed. Whatever
is in doubt, a build looks at the whole site, as if this way were not there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plugins.digests import digest
from plugins.engine.changes import changes_of, settle
from plugins.engine.made import Keys, Made, Reason
from plugins.engine.memory import Memory, keep
from plugins.engine.reads import keep_reading, read_anew
from plugins.engine.recalling import Kept, renew, set_aside, text_before
from plugins.engine.request import Request, Run
from plugins.engine.roots import watched_by
from plugins.engine.shells import Shell, frame_of, keep_shell, shell_of
from plugins.errors import SiteError
from plugins.fastbuild.frozen import loads
from plugins.fastbuild.inventory import Seen, changed, take_inventory
from plugins.fastbuild.store import Store
from plugins.fastbuild.tasks import publishing_of
from plugins.fastbuild.walking import stamp
from plugins.pages.frame import at
from plugins.pages.render import Renderer
from plugins.posts.moment import moment_of_build
from plugins.replies.answers import open_answers


@dataclass(frozen=True, slots=True)
class _Revised:
    """One post read anew; ``page`` is None where that is as it was."""

    source: str
    kept: Kept
    shell: Shell
    page: bytes | None

    @property
    def unit(self) -> str:
        """The name of its page as a unit."""
        return f"page {self.shell.save_as}"


def revise(
    request: Request, store: Store, memory: Memory, seen: Seen, news: frozenset[tuple[str, str]]
) -> Run | None:
    """Build what the edited texts in ``news`` change; None where the whole site has to be looked at.

    ``memory`` is of an output that is intact, ``seen`` has the files as they are.
    """
    start = time.monotonic()
    with request.profile.step("revise"):
        revised = _revise_all(request, store, memory, sorted(path for _, path in news))
    if revised is None or memory.report is None:
        return None
    pages = {one.unit: one for one in revised if one.page is not None}
    with request.profile.step("publish"):
        count = _publish(request, memory, seen, pages) if pages else 0
    if count is None:
        return None
    with request.profile.step("remember"):
        made = {name: _made(request, memory.made[name], one.shell) for name, one in pages.items()}
        span = memory.span
        for one in revised:
            keep_shell(one.source, one.shell, store)
            span = span.within(one.kept.span)
        seconds = time.monotonic() - start
        report = replace(memory.report, changed=count, made=len(pages), seconds=seconds, alone="")
        changes = changes_of(store, {one.source: loads(one.kept.text) for one in revised})
        settle(store)
        fresh = replace(memory, report=report, span=span, seen=seen, made={**memory.made, **made})
        keep(fresh, memory, store)
    reasons: dict[str, Reason] = dict.fromkeys(pages, "text")
    return Run(report, None, fresh.made, reasons, news, changes=changes)


def _revise_all(
    request: Request, store: Store, memory: Memory, sources: Iterable[str]
) -> list[_Revised] | None:
    units = {made.post: made for made in memory.made.values() if made.post}
    missed = memory.report is None or memory.report.misses_places
    settings = request.settings
    overrides = tuple(Path(path) for path in settings["THEME_TEMPLATES_OVERRIDES"])
    renderer = Renderer(Path(settings["THEME"]) / "templates", overrides)
    revised = []
    for source in sources:
        one = _revise(request, store, renderer, source, units[source].keys, missed=missed)
        if one is None or request.ledger.problems:
            return None
        revised.append(one)
    return revised


def _revise(
    request: Request, store: Store, renderer: Renderer, source: str, keys: Keys, *, missed: bool
) -> _Revised | None:
    settings = request.settings
    shell = shell_of(source, store)
    found = read_anew(source, settings, moment_of_build())
    # What is kept has to be of the page as it was made last.
    if shell is None or shell.keys != keys or found is None:
        return None
    kept, read, html = found
    before = text_before(source, store)
    # Whatever builds the page, the file need not be read again.
    set_aside(store, [source])
    keep_reading(source, kept, html, store)
    renew(store)
    store.commit()
    foreign = read.text.foreign
    if kept.seen is not None or before is None or foreign.refused or foreign.diagrams:
        return None
    way = shell.telling(read, settings["IMAGES"])
    # A build that failed has kept what it read, and not the page.
    is_made = _with_text(shell, digest(*way.finished(before.body))).keys == keys
    if before.facets != shell.facets or not is_made:
        return None
    if not read.text.keeps(before, missed=missed):
        return None
    renewed = _with_text(shell, digest(*way.finished(read.text.body)))
    if renewed.keys == keys:
        return _Revised(source, kept, renewed, None)
    site = frame_of(shell, store)
    if site is None:
        return None
    view = shell.fill(read.text, way(), settings["PAGES"])
    try:
        page = renderer.render(shell.template, at(site, shell.save_as), view)
    except SiteError:
        return None  # it is told together with everything else
    return _Revised(source, kept, renewed, page.encode("utf-8"))


def _with_text(shell: Shell, text: str) -> Shell:
    keys = tuple((what, text if what == "text" else key) for what, key in shell.keys)
    return replace(shell, keys=keys)


def _publish(
    request: Request, memory: Memory, seen: Seen, pages: Mapping[str, _Revised]
) -> int | None:
    """Bring the pages into the output; how many files changed. None where it would have others."""
    settings = request.settings
    # Replies that come from now on are brought into the pages while these are published. The pages
    # have those that were there when all was looked at.
    open_answers(settings, moment_of_build())
    watched = list(watched_by(request))
    names = {root.name for root in watched}
    before = {key: found for key, found in seen.items() if key[0] in names}
    if changed(take_inventory(watched, before), before):
        return None
    with request.stage() as staging:
        for one in pages.values():
            staging.write(one.shell.save_as, one.page or b"")
        files = {path for name in pages for path, _ in memory.made[name].files}
        return staging.renew(publishing_of(request.plugins, settings), files)


def _made(request: Request, before: Made, shell: Shell) -> Made:
    output = request.settings["OUTPUT_PATH"]
    files = tuple((path, stamp(f"{output}/{path}")) for path, _ in before.files)
    return Made(shell.keys, files, before.post)
