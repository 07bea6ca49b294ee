"""Pelican that fails loudly and builds all or nothing: the class behind ``PELICAN_CLASS``.

A build goes through Pelican's own generators and signals, so its plugins and themes work, but:
everything is written beside the output and swapped in at the end; what Pelican only logs as an
error stops the build; all problems are printed together, one line each, with exit status 1; and
a theme written for views is rendered from them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG

from plugins.engine.lasting import keep_to_the_end
from plugins.engine.listed import Listed
from plugins.engine.loudlog import LoudLog
from plugins.engine.places import keep_apart
from plugins.engine.printing import print_failure, print_report
from plugins.engine.refused import refused
from plugins.engine.report import Report, make_report
from plugins.engine.request import Request, Run
from plugins.engine.residing import Residing
from plugins.engine.running import NotDirectlyError, run
from plugins.engine.spinner import stop_spinner
from plugins.engine.staging import Staging
from plugins.errors import Problem, SiteError
from plugins.fastbuild.profile import Profile
from plugins.fastbuild.progress import Progress
from plugins.fastbuild.settings import BuildSettings
from plugins.fastbuild.store import DamagedError
from plugins.pages.forviews import is_for_views
from plugins.posts.ledger import HoldError, Ledger, open_ledger

# What only some builds need is imported where they do: nothing changed is the commonest build.
if TYPE_CHECKING:
    from plugins.catalogue.catalogue import Catalogue

Context = dict[str, Any]


class Parley(Listed):
    """Pelican with staging, problems and views; see the module for what differs."""

    def __init__(self, settings: dict[str, Any]) -> None:
        # The address may have been given on the command line; the policy must not know another.
        address = settings["SITEURL"].rstrip("/")
        settings["CANONICAL"] = replace(settings["CANONICAL"], site_url=address)
        if is_for_views(Path(settings["THEME"])):
            # These are published with the pages, under names that change with their content.
            settings["THEME_STATIC_PATHS"] = []
        elif not settings["DEFAULT_CATEGORY"]:
            # Most themes of Pelican take it for granted that every post has a category.
            settings["DEFAULT_CATEGORY"] = DEFAULT_CONFIG["DEFAULT_CATEGORY"]
        heard: list[Problem] = []
        with LoudLog(heard.append):
            super().__init__(settings)
        unfit = keep_apart(self.settings, clean=self.delete_outputdir)
        self._startup_problems = (*heard, *unfit, *refused(self.settings))
        self.catalogue: Catalogue | None = None
        self.profile = Profile()
        self.progress = Progress(None)
        self.residing = Residing()
        self.last: Run | None = None
        self._withheld: Mapping[str, frozenset[Problem]] = {}

    def run(self) -> None:
        """Build for the command line: print the report, or every problem and exit with 1."""
        stop_spinner()
        self.progress = Progress(sys.stderr)
        try:
            report = self.build()
        except SiteError as error:
            self.progress.end()
            print_failure(error)
            sys.exit(error.exitcode)
        print_report(report)
        keep_to_the_end(self)

    def build(self) -> Report:
        """Build the site into the output folder.

        Raises :class:`SiteError` with every problem found; the output is then as it was before.
        """
        self._withheld = {}
        while True:
            try:
                return self._build_without_held()
            except HoldError as error:
                self._withheld = error.withheld  # more each time, so this ends

    def _build_without_held(self) -> Report:
        """Build without the posts that were found to be held back; raises :class:`HoldError`."""
        why = "settings or plugins have problems"
        if not self._startup_problems:
            try:
                return self._build_directly()
            except NotDirectlyError as reason:
                why = str(reason)
        return self._build_through_pelican(why)

    def _build_directly(self) -> Report:
        """Build by our own engine; raises :class:`NotDirectlyError` where Pelican is needed."""
        if not is_for_views(Path(self.theme)):
            raise NotDirectlyError("the theme is not made of views")
        try:
            done = self._run_once()
        except DamagedError:
            # It has been removed; whatever is wrong with the disk, this build does not need it.
            with self._without_cache():
                done = self._run_once()
        self.catalogue, self.last = done.catalogue, done
        return done.report

    def _run_once(self) -> Run:
        ledger = open_ledger(self.settings, kept=True, withheld=self._withheld)
        self.profile = Profile()
        with LoudLog(ledger.problem):
            return run(
                Request(
                    self.settings,
                    self.plugins,
                    ledger,
                    self._staging,
                    bool(self.delete_outputdir),
                    self.profile,
                    self.progress,
                    self.residing,
                )
            )

    @contextmanager
    def _without_cache(self) -> Iterator[None]:
        own = self.settings.get("BUILD")
        self.settings["BUILD"] = replace(own or BuildSettings(), cache=None)
        try:
            yield
        finally:
            self.settings["BUILD"] = own

    def explain(self, asked: str) -> str:
        """Why a page was made in the last build, or not; see :meth:`Run.explain`."""
        return self.last.explain(asked) if self.last else f"{asked} was made: everything was"

    def _build_through_pelican(self, why: str) -> Report:
        start = time.monotonic()
        ledger = open_ledger(self.settings, kept=True, withheld=self._withheld)
        ledger.problem(*self._startup_problems)
        elsewhere, changed = self._stage(ledger)
        return make_report(
            ledger,
            elsewhere=elsewhere,
            changed=changed,
            seconds=time.monotonic() - start,
            preview=bool(self.settings["PREVIEW"]),
            why=why,
        )

    def check(self) -> Report:
        """Build the site into a folder that goes away, for what is found; late tasks find nothing."""
        output = self.settings["OUTPUT_PATH"]
        self.residing = Residing(puts_off=True)
        with TemporaryDirectory() as nowhere, self._without_cache():
            self.settings["OUTPUT_PATH"] = nowhere
            try:
                return self.build()
            finally:
                self.settings["OUTPUT_PATH"] = output

    def _stage(self, ledger: Ledger) -> tuple[int, int]:
        """Build; returns how many pages are canonical elsewhere and how many files changed."""
        with self._staging() as staging, LoudLog(ledger.problem):
            try:
                elsewhere = self._generate()
            except SiteError as error:
                found = (*error.problems, *ledger.problems, *ledger.held_back())
                raise SiteError(found, ledger.notices) from error
            ledger.settle()
            from plugins.fastbuild.tasks import publishing_of

            changed, _ = staging.commit(publishing_of(self.plugins, self.settings))
            return elsewhere, changed

    @contextmanager
    def _staging(self) -> Iterator[Staging]:
        """Send everything that writes to the output folder to a staging folder instead."""
        output = self.settings["OUTPUT_PATH"]
        stage = Staging(
            Path(output), clean=self.delete_outputdir, retained=tuple(self.output_retention)
        )
        with stage as staging:
            self.output_path = self.settings["OUTPUT_PATH"] = str(staging.path)
            try:
                yield staging
            finally:
                self.output_path = self.settings["OUTPUT_PATH"] = output

    def _generate(self) -> int:
        """Run Pelican's steps; returns how many pages are canonical elsewhere."""
        from plugins.engine.gather import gather
        from plugins.engine.generating import new_context, run_tasks
        from plugins.pages.output import SiteWriter
        from plugins.pages.theme import theme_of

        context = new_context(self.settings)
        generators = self._read_all(context)
        catalogue = gather(context, generators, self.settings)
        context["catalogue"] = catalogue
        theme = theme_of({**self.settings, "THEME": self.theme})
        writer = self._get_writer()
        if theme:
            articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
            SiteWriter(theme, self.settings).write(catalogue, articles, writer)
        for generator in generators:
            if hasattr(generator, "generate_output") and not (theme and _is_ours(generator)):
                generator.generate_output(writer)
        self.catalogue = catalogue
        run_tasks(self.plugins, catalogue, self.settings)
        signals.finalized.send(self)
        return sum(entry.policy.elsewhere for entry in catalogue.entries)

    def _read_all(self, context: Context) -> list[Any]:
        """Make the generators and let each read its sources."""
        paths = {"path": self.path, "theme": self.theme, "output_path": self.output_path}
        generators = [
            make(context=context, settings=self.settings, **paths)
            for make in self._get_generator_classes()
        ]
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        return generators


def _is_ours(generator: object) -> bool:
    """Whether the pages of this generator are written from views instead."""
    return isinstance(generator, ArticlesGenerator | PagesGenerator)
