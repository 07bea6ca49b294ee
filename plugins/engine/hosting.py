"""The file of headers for the whole site, and notices about code in posts that will not run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.errors import Problem
from plugins.feeds.headers import feed_rules
from plugins.feeds.index import index_feeds
from plugins.feeds.settings import FeedSettings
from plugins.hosting.policy import Code, content_policy
from plugins.hosting.rules import HEADERS_PATH, Rule, forever, headers_file
from plugins.hosting.security import security_rule, speculation_rules
from plugins.hosting.settings import HostingSettings
from plugins.images.planning import FOLDER as IMAGES
from plugins.markup.diagrams import first_line_of, renderer
from plugins.markup.foreign import Foreign, Refused, foreign_of, together
from plugins.markup.markup import markup_settings
from plugins.pages.archive import SEARCH_ENGINE
from plugins.pages.forviews import is_for_views
from plugins.pages.inline import code_of
from plugins.pages.theme import FOLDER as THEME
from plugins.pages.theme import SPECULATION, Theme, theme_of
from plugins.replies.answers import asked_by_ways
from plugins.sharing.cards import FOLDER as SHARED
from plugins.steps import Site, Task


def host_rules(
    catalogue: Catalogue,
    facts: Facts,
    theme: Theme | None,
    code: Code,
    hosting: HostingSettings,
    feeds: FeedSettings | None,
) -> Iterator[Rule]:
    """Every rule for hosts. A theme not made for views may hold any code: it gets no policy."""
    href = facts.urls.href
    others = asked_by_ways(catalogue.conversation)
    # Any address may show the page for what is missing, so one policy has to do for all: pages that
    # do not search forbid WebAssembly themselves.
    wasm, shown = facts.pages.search, shown_by(catalogue)
    policy = content_policy(hosting, code, shown, others=others, wasm=wasm) if theme else ""
    yield security_rule(href("/*"), hosting, policy)
    if theme:
        yield forever(href(f"/{THEME}/*"))
        for file in theme.static:
            if file.name == SPECULATION:
                yield from speculation_rules(href("/*"), href(f"/{file.save_as}"))
    yield forever(href(f"{IMAGES}*"))
    if theme and facts.pages.share_images:
        yield forever(href(f"{SHARED}*"))
    if theme and facts.pages.search:
        yield from (forever(href(f"{SEARCH_ENGINE}*.pf_{kind}")) for kind in ("fragment", "index"))
    if feeds:
        yield from feed_rules(index_feeds(catalogue, facts, feeds), facts, feeds)


def tasks(site: Site) -> Iterator[Task]:
    """One task: the file of headers."""
    settings = site.settings
    theme, hosting = theme_of(settings), settings["HOSTING"]
    overrides = map(Path, settings["THEME_TEMPLATES_OVERRIDES"])
    code = code_of(theme, overrides) if theme else Code()
    catalogue, facts, feeds = site.catalogue, site.facts, settings.get("FEEDS")
    own = index_feeds(catalogue, facts, feeds).site if feeds else ()
    shown = shown_by(catalogue)
    hosts = shown.images, shown.frames, shown.media, shown.style
    ways = asked_by_ways(catalogue.conversation)
    inputs = digest(
        ways, code, [file.save_as for file in theme.static] if theme else [], hosts, own
    )

    def make() -> Iterator[tuple[str, bytes]]:
        rules = host_rules(catalogue, facts, theme, code, hosting, feeds)
        yield HEADERS_PATH, headers_file(rules)

    yield Task("hosting", inputs, make, texts=())


def shown_by(catalogue: Catalogue) -> Foreign:
    """What posts, pages and the texts above lists show of other hosts."""
    contents = catalogue.contents()
    intros = (*(group.intro for group in catalogue.groups()), *_about_series(catalogue))
    images = (entry.image.src for entry in contents if entry.image)
    return together((*(entry.foreign for entry in contents), *map(foreign_of, intros)), images)


def _about_series(catalogue: Catalogue) -> Iterator[str]:
    return (series.intro.html for series in catalogue.series)


def code_notices(source: str, found: Foreign, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A notice for each code in the body of ``source`` that browsers will not run or draw.

    None about what runs where the theme gets no policy.
    """
    if found.diagrams:
        yield from _undrawn(source, settings)
    hosting = settings["HOSTING"]
    told = [one for one in found.refused if not _allowed(one, hosting)]
    if told and is_for_views(Path(settings["THEME"])):
        text = _text_of(source, settings)
        for one in told:
            yield _notice(source, text, one)


def _undrawn(source: str, settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A notice about the first diagram, unless the site wants them to be code."""
    command = markup_settings(settings).mermaid
    if command and not renderer(command):
        message = "a Mermaid diagram is shown as code: no renderer is installed"
        hint = (
            "install @mermaid-js/mermaid-cli (mmdc), or leave diagrams code: "
            'MARKUP = MarkupSettings(mermaid="")'
        )
        line = first_line_of(_text_of(source, settings))
        yield Problem(source, line, "body", message, hint, "diagram-as-code")


def _text_of(source: str, settings: Mapping[str, Any]) -> str:
    return Path(settings["PATH"], source).read_text(encoding="utf-8", errors="replace")


def _allowed(one: Refused, hosting: HostingSettings) -> bool:
    return bool(one.setting) and one.source in getattr(hosting, one.setting)


def _notice(source: str, text: str, one: Refused) -> Problem:
    before = text.lower().partition(one.begins)[0]
    line = before.count("\n") + 1 if len(before) < len(text) else 1
    hint = "take it out"
    if one.setting:
        hint += f', or allow its host: HOSTING = HostingSettings({one.setting}=("{one.source}",))'
    message = f"{one.what} does not run in a reader's browser"
    return Problem(source, line, "body", message, hint, "blocked-code")


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
