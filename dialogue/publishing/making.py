"""The publisher and the hook that the settings ask for."""

from __future__ import annotations

from pathlib import Path

from dialogue.publishing.hook import Hook
from dialogue.publishing.publisher import Publishing, Threads
from dialogue.publishing.theme import Theme
from dialogue.settings import Settings
from dialogue.targets import Targets


def hook_of(settings: Settings) -> Hook:
    """The hook."""
    return Hook(settings.state, settings.hook_command, settings.hook_url, settings.hook_seconds)


def publishing_of(settings: Settings, targets: Targets, threads: Threads) -> Publishing:
    """The publisher of ``threads`` to the site that ``targets`` lists."""
    theme = Theme(*map(Path, settings.templates))
    return Publishing(
        threads, targets, settings.replies, settings.output, theme, hook_of(settings).due
    )
