"""What a fault does to a build: decided by the settings, the post it is in, and the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from plugins.checks import baseline
from plugins.checks.baseline import Baseline
from plugins.checks.rules import LEVELS, Level, rule_of
from plugins.checks.settings import EVERY, CheckSettings
from plugins.errors import Problem
from plugins.post import Post

# What is done with a fault: a level, or it is only counted.
Verdict = Literal["error", "hold", "notice", "off", "accepted", "accepted hold"]
# The front-matter field in which a post chooses levels for itself.
FIELD = "checks"


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides about faults. ``preview`` says that drafts are shown, and have to be right."""

    settings: CheckSettings = field(default_factory=CheckSettings)
    baseline: Baseline = field(default_factory=Baseline)
    preview: bool = False

    def __call__(self, problem: Problem, post: Post | None, usual: Level) -> Verdict:
        """What to do with ``problem``, which is in ``post``, if that is known.

        ``usual`` is the level of a problem whose rule is not ours. A fault of a post that is not
        published anyway stops nothing.
        """
        rule = rule_of(problem.rule)
        if rule is None:
            return usual
        level = rule.at_least(self._chosen(problem, post) or rule.level)
        if level != "off" and self.baseline.takes(problem):
            return "accepted" if rule.at_least("notice") == "notice" else "accepted hold"
        if level in ("error", "hold") and post and post.preview and not self.preview:
            return "notice"
        return level

    def _chosen(self, problem: Problem, post: Post | None) -> Level | None:
        own = levels_of(post.extra.get(FIELD)) if post else {}
        if found := own.get(problem.rule) or own.get(EVERY):
            return found
        dated = post is not None and post.date_source in ("front matter", "file name")
        day = post.date.date() if post and dated else None
        return self.settings.level_in(problem.rule, problem.path, day)


def judge_from(settings: Mapping[str, Any]) -> Judge:
    """The judge of a build with Pelican's ``settings``; raises :class:`SettingsError`."""
    checks = settings.get("CHECKS") or CheckSettings()
    accepted = Baseline(baseline.read(checks.baseline))
    return Judge(checks, accepted, bool(settings.get("PREVIEW")))


def levels_of(written: object) -> Mapping[str, Level]:
    """The levels that a post chooses, by rule; what is no level is left out."""
    known: dict[str, Level] = {level: level for level in LEVELS}
    return {rule: known[level] for rule, level in written_levels(written).items() if level in known}


def written_levels(written: object) -> Mapping[str, str]:
    """The same as it is written: a table, or a line, ``dead-link: off, image-alt: notice``.

    YAML reads ``off`` as false.
    """
    if isinstance(written, str):
        pairs = [part.replace(":", " ").split(None, 1) for part in written.split(",")]
        return {pair[0]: pair[1].strip() if len(pair) > 1 else "" for pair in pairs if pair}
    if not isinstance(written, Mapping):
        return {}
    return {str(rule): "off" if level is False else str(level) for rule, level in written.items()}
