"""The build without Pelican's generators: from files to pages by the shortest way.

It makes what the way through Pelican makes, byte for byte, and is taken where nothing of Pelican
is needed: the theme is made of views, and no plugin listens to Pelican that we do not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from plugins.catalogue.catalogue import Catalogue, series_facts
from plugins.catalogue.facts import facts_from
from plugins.digests import digest
from plugins.engine.assemble import assemble
from plugins.engine.changes import changes_of, settle
from plugins.engine.given import Material
from plugins.engine.held import Held
from plugins.engine.made import Made, Reason, added, collisions
from plugins.engine.material import admit, make_material
from plugins.engine.memory import Memory
from plugins.engine.pageunits import PageMaker
from plugins.engine.parcels import parcel_of
from plugins.engine.quoting import plan_tasks
from plugins.engine.reads import Texts, bring_up_to_date
from plugins.engine.relating import Relating
from plugins.engine.shells import keep_frames
from plugins.engine.sources import sort_sources
from plugins.engine.staging import Staging
from plugins.engine.units import Done, Maker, Unit, copy_unit, put_off, sort_out, task_unit
from plugins.engine.workplace import Outcome, Workplace
from plugins.errors import Problem
from plugins.fastbuild.clock import Moment, Span
from plugins.fastbuild.tasks import closing_tasks_of, publishing_of
from plugins.fastbuild.walking import stamp
from plugins.posts.asides import find_asides
from plugins.posts.reader import tools_of
from plugins.steps import Site
from plugins.urls import file_of

BATCH = 24


def build(place: Workplace, memory: Memory, staging: Staging) -> Outcome:
    """Build into ``staging`` what is not in its output yet, and bring it there.

    Raises :class:`SiteError` with every problem found, and :class:`HoldError`.
    """
    return _Build(place, memory, staging).run()


class _Build:
    """The steps of one build."""

    def __init__(self, place: Workplace, memory: Memory, staging: Staging) -> None:
        self._place = place
        self._settings = place.settings
        self._step = place.profile.step
        self._memory = memory
        self._staging = staging
        self._output = str(staging.output)
        self._made: dict[str, Made] = {}
        self._reasons: dict[str, Reason] = {}
        self._awaits = False

    def run(self) -> Outcome:
        place = self._place
        content = {
            path: found for (root, path), (_, found) in place.seen.items() if root == "content"
        }
        aside = self._place.ledger.aside
        aside.update(find_asides(content, Path(self._settings["PATH"])))
        sources = sort_sources(content, aside)
        with self._step("read"):
            digests = {source: content[source] for source in (*sources.posts, *sources.pages)}
            texts = bring_up_to_date(
                digests,
                self._settings,
                place.ledger,
                place.store,
                place.pool,
                place.progress,
                place.residing.recalled,
            )
            place.residing.remember(texts.recalled)
        with self._step("assemble"):
            shown = dict(admit(texts, place.ledger, preview=bool(self._settings["PREVIEW"])))
            now = Moment.of(tools_of(self._settings).rules.now)
            material = make_material(shown, sources, self._settings, place.ledger, now)
            lost = [path for path in content if not content[path]]
            checked = _checked(texts, material, [*lost, *sorted(place.ledger.held)])
            material = replace(material, checked=checked == self._memory.checked)
            catalogue = assemble(material, self._settings, place.progress.steadily)
            ledger = place.ledger
            ledger.notice(*ledger.doubts(tools_of(self._settings).history))
            checked = checked if ledger.spotless else ""
        place.progress.passing()
        facts = facts_from(self._settings)
        with self._step("plan tasks"):
            site = Site(catalogue, facts, self._settings)
            tasks, quoted = plan_tasks(place.plugins, site, place.progress.passing)
        with self._step("plan"):
            maker = PageMaker(place.theme, self._settings, facts, place.store)
            # Which posts are related is told by all texts together.
            quoted = None if maker.shows_related else quoted
            relate = Relating(place.store, place.pool)
            pages = list(place.progress.steadily(maker.units(catalogue, relate, quoted)))
            ledger.settle()
            pages += self._copies(catalogue, content)
        with self._step("make"):
            # Tasks first: some take long, and all processes shall end at the same time.
            self._make([*map(task_unit, tasks), *pages])
        with self._step("close"):
            self._close(site)
        place.progress.end()
        place.progress.passing()
        with self._step("publish"):
            changed = self._publish()
            self._keep_frames(maker)
        span = texts.span.within(now.span).within(_until_plans_are_late(catalogue, now))
        left = (texts.recalled, maker.held, self._awaits)
        held = Held(self._settings, place.plugins, place.seen, *left)
        changes = changes_of(place.store, {key: read.text for key, read in texts.by_source.items()})
        settle(place.store)
        return Outcome(
            catalogue,
            changed,
            self._made,
            self._reasons,
            span,
            texts.dated_by_history,
            checked,
            quoted,
            held,
            changes,
            maker.planned,
        )

    def _copies(self, catalogue: Catalogue, content: Mapping[str, bytes]) -> Iterator[Unit]:
        """The files that are copied as they are: the writers', and the theme's."""
        folder = Path(self._settings["PATH"])
        for source, url in catalogue.statics:
            yield copy_unit(folder / source, content[source].hex(), file_of(url))
        theme = Path(self._settings["THEME"])
        where = self._settings["THEME_STATIC_DIR"]
        for (root, path), (_, found) in self._place.seen.items():
            if root.startswith("theme static "):
                name = root.removeprefix("theme static ")
                yield copy_unit(theme / name / path, found.hex(), f"{where}/{path}")

    def _make(self, units: Sequence[Unit]) -> None:
        """Make the units that cannot stay as they are, in parallel."""
        todo, stay = sort_out(units, self._memory.made, self._output)
        if self._place.residing.puts_off and any(unit.late for unit, _ in todo):
            todo, old = put_off(todo, self._memory.made, self._output)
            self._awaits, stay = True, stay | old
        self._made |= stay
        problems: list[Problem] = []
        maker = Maker(self._staging.path)
        work = [unit for unit, _ in todo]
        self._place.progress.begin()
        for start, results in self._results(maker, work):
            self._place.progress("made", len(results), len(work))
            shells = []
            for (unit, reason), (paths, found, row) in zip(todo[start:], results, strict=False):
                problems += found
                files = tuple((path, None) for path in paths)
                self._made[unit.name] = Made(unit.keys, files, unit.post)
                self._reasons[unit.name] = reason
                if row:
                    shells.append((unit.post, row))
            self._place.store.put("pages", shells)
            self._place.store.commit()
        self._place.ledger.problem(*problems, *collisions(self._made))
        self._place.ledger.settle()

    def _results(self, maker: Maker, work: Sequence[Unit]) -> Iterator[tuple[int, list[Done]]]:
        """What was made, in batches; a few one by one, so that the build can give way in between."""
        if len(work) <= BATCH:
            return ((place, maker([unit])) for place, unit in enumerate(work))
        parcel = partial(parcel_of, maker, settings=self._settings)
        return self._place.pool.in_batches(maker, work, BATCH, parcel)

    def _close(self, site: Site) -> None:
        """Make what is made from finished pages."""
        if not any(hasattr(plugin, "closing_tasks") for plugin in self._place.plugins):
            return
        files = self._memory.digests(self._made, self._staging.path, self._staging.output)
        closing = replace(site, files=files, read=self._read)
        plugins = self._place.plugins
        self._make([task_unit(task) for task in closing_tasks_of(plugins, closing)])

    def _read(self, name: str) -> bytes:
        """The bytes of a file: as it was just made, or as it was left in place."""
        staged = self._staging.path / name
        return (staged if staged.is_file() else self._staging.output / name).read_bytes()

    def _publish(self) -> int:
        """Bring what was made into the output, and note how it lies there."""
        kept = {path for made in self._made.values() for path, _ in made.files}
        publishing = publishing_of(self._place.plugins, self._settings)
        changed, staged = self._staging.commit(publishing, kept)
        more = added(self._made, staged)
        for name in {*self._reasons, *more}:
            made = self._made.get(name, Made((), ()))
            paths = dict.fromkeys((*(path for path, _ in made.files), *more.get(name, ())))
            files = tuple((path, stamp(f"{self._output}/{path}")) for path in paths)
            self._made[name] = replace(made, files=files)
        return changed

    def _keep_frames(self, maker: PageMaker) -> None:
        """Keep what stands around pages, and no page that is gone; the memory is written next."""
        self._place.store.drop("pages", _posts(self._memory.made) - _posts(self._made))
        keep_frames(maker.frames, self._place.store)


def _checked(texts: Texts, material: Material, lost: Sequence[str]) -> str:
    """A digest of all that is checked of the content as a whole; ``lost`` paths lead nowhere.

    No check reads titles and summaries.
    """
    posts = [(source, read.text.place) for source, read in texts.by_source.items()]
    series = [series_facts(one) for one in material.series]
    return digest(posts, sorted(material.statics.items()), series, lost)


def _posts(made: Mapping[str, Made]) -> set[str]:
    return {unit.post for unit in made.values()}


def _until_plans_are_late(catalogue: Catalogue, now: Moment) -> Span:
    """For how long notices about planned parts are right: they tell of days that have passed."""
    planned = any(
        part.state == "planned" and part.date for one in catalogue.series for part in one.parts
    )
    return Span(until=now.plain() + timedelta(hours=1)) if planned else Span()
