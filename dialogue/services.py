"""What the parts of the service share: settings, database, replies, posts, tokens, pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogue.database import Database
from dialogue.guard import judge, words
from dialogue.guard.akismet import Akismet
from dialogue.guard.judge import Rules
from dialogue.lanes import Lanes
from dialogue.publishing.making import publishing_of
from dialogue.replies.store import Publisher, Store
from dialogue.secret import secret
from dialogue.settings import Settings
from dialogue.targets import Targets
from dialogue.tokens import Tokens
from dialogue.web.pages import Pages


@dataclass(frozen=True, slots=True)
class Services:
    """Made once for one application, and given to each of its parts."""

    settings: Settings
    database: Database
    targets: Targets
    tokens: Tokens
    store: Store
    pages: Pages
    rules: Rules
    akismet: Akismet
    lanes: Lanes


class Unpublished:
    """A publisher for where another process publishes: what changes stays in the store for that."""

    def notify(self, _target: str) -> None:
        """Leave it."""


def services(settings: Settings, publisher: Publisher | None = None) -> Services:
    """Everything that ``settings`` ask for; connects to nothing yet. Raises DialogueError."""
    database = Database(settings.database_url)
    targets = Targets(settings.output)
    store = Store(database, Unpublished(), settings.thread_depth)
    own = publisher or _publisher(settings, targets, store)
    tokens, lanes = Tokens(secret(settings)), Lanes()
    return Services(
        settings=settings,
        database=database,
        targets=targets,
        tokens=tokens,
        store=replace(store, publisher=own),
        pages=Pages(targets),
        rules=judge.rules(settings, words.read(settings.bad_words)),
        akismet=Akismet(settings.akismet_key, settings.site_url, lane=lanes.akismet),
        lanes=lanes,
    )


def _publisher(settings: Settings, targets: Targets, store: Store) -> Publisher:
    return publishing_of(settings, targets, store) if settings.publish else Unpublished()
