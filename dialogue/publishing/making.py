"""The publisher and the hook that the settings ask for."""

from __future__ import annotations

from pathlib import Path

from dialogue.publishing.backlog import Backlog
from dialogue.publishing.hook import Hook
from dialogue.publishing.pages import Pages
from dialogue.publishing.publisher import Publishing
from dialogue.publishing.theme import Theme
from dialogue.replies.store import Store
from dialogue.settings import Settings
from dialogue.targets import Targets


def hook_of(settings: Settings) -> Hook:
    """The hook."""
    return Hook(settings.state, settings.hook_command, settings.hook_url, settings.hook_seconds)


def publishing_of(settings: Settings, targets: Targets, store: Store) -> Publishing:
    """The publisher of what is approved in ``store`` to the site that ``targets`` lists."""
    theme = Theme(*map(Path, settings.templates))
    pages = Pages(targets, settings.replies, settings.output, theme)
    return Publishing(Backlog(store), pages, hook_of(settings).due)
