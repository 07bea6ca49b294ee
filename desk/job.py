"""What a preview build is asked and what it answers, as one line of JSON each way.

Nothing here imports the site's own code: the process that serves lives long, and would keep
working with yesterday's plugins.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """One build: paths of the settings file, the content folder and the folder to build into.

    ``number`` is given back with the answer. ``changed`` are the paths that were saved since the last
    build, as far as they are known. A build in the ``background`` brings everything up to date, the
    cache too, and gives way to the next job.
    """

    settings: str
    content: str
    output: str
    number: int = 0
    changed: tuple[str, ...] = ()
    background: bool = False

    def to_json(self) -> str:
        """This job on one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that :meth:`to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        return cls(**{**values, "changed": tuple(values["changed"])})


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or notice: its parts, and ``text``, the one line that the terminal shows."""

    path: str
    line: int
    field: str
    message: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: with ``summary`` and notices, or with ``problems`` (then not ``ok``).

    ``traceback`` is there when code failed rather than content. ``base`` is the path below which
    the site lives (empty, or ``/blog``), ``folders`` what the settings say the build reads, and
    ``data`` those of them that hold no code.

    ``number`` is that of the job. ``going`` says that the process that built goes on, ``due`` that a
    build in the background should follow, ``soon`` that it need not wait for a pause of the writer;
    ``short`` that only the pages of what was saved were made; ``same`` that nothing a reader looks
    at has changed, ``left`` that a build in the background gave way.
    """

    ok: bool
    summary: str = ""
    notices: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()
    traceback: str = ""
    base: str = ""
    folders: tuple[str, ...] = field(default=())
    data: tuple[str, ...] = field(default=())
    number: int = 0
    going: bool = False
    due: bool = False
    soon: bool = False
    short: bool = False
    same: bool = False
    left: bool = False

    def to_json(self) -> str:
        """This outcome on one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> Outcome:
        """The outcome that :meth:`to_json` wrote.

        Raises ValueError, TypeError or KeyError where ``text`` is none.
        """
        values: dict[str, Any] = json.loads(text)
        for name in ("notices", "problems"):
            values[name] = tuple(Finding(**finding) for finding in values[name])
        for name in ("folders", "data"):
            values[name] = tuple(values[name])
        return cls(**values)
