"""The moment of a build."""

from __future__ import annotations

from datetime import UTC, datetime
from os import environ

from plugins.errors import Problem, SettingsError

_EPOCH = "SOURCE_DATE_EPOCH"


def moment_of_build() -> datetime:
    """The moment of the build.

    ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), in seconds, stands in for the clock. Raises
    `SettingsError` where it is no moment.
    """
    epoch = environ.get(_EPOCH)
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "unset it, or set it to the seconds since 1970"
        problem = Problem("environment", 1, _EPOCH, f"{epoch!r} is no moment", hint)
        raise SettingsError([problem]) from error
