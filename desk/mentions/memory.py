"""What was told to whom: a file below ``.parley``, so that nobody is told the same twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from desk.errors import DeskError
from dialogue.webmention.sending import Outcome

_FORMAT = "parley-mentions/1"


@dataclass(frozen=True, slots=True)
class Told:
    """What telling one target came to: how, after how many tries, and not again before when."""

    outcome: Outcome
    tries: int = 1
    after: str = ""

    def is_due(self, now: datetime, most: int) -> bool:
        """Whether it is to be tried again."""
        waiting = bool(self.after) and datetime.fromisoformat(self.after) > now
        return self.outcome is Outcome.LATER and self.tries < most and not waiting


@dataclass(frozen=True, slots=True)
class Remembered:
    """A post as it was told of: the digest of its content, and its targets."""

    digest: str
    targets: Mapping[str, Told] = field(default_factory=dict, hash=False)


Memory = Mapping[str, Remembered]
"""Posts by URL."""


def load(path: Path) -> Memory | None:
    """What is remembered; None where nothing ever was. Raises :class:`DeskError`."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        posts = {_FORMAT: found["posts"]}[found["format"]]
        return {str(url): _remembered(post) for url, post in posts.items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        hint = "restore it, or delete it to begin anew"
        raise DeskError(f"{path} cannot be read; {hint}") from error


def save(path: Path, memory: Memory) -> None:
    """Remember it: at once or not at all."""
    found = {
        "format": _FORMAT,
        "posts": {url: asdict(post) for url, post in sorted(memory.items())},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(found, indent=1), encoding="utf-8")
    beside.replace(path)


def _remembered(post: Any) -> Remembered:
    targets = {
        str(url): Told(Outcome(told["outcome"]), int(told["tries"]), str(told["after"]))
        for url, told in post["targets"].items()
    }
    return Remembered(str(post["digest"]), targets)
