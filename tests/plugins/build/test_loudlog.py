"""Logged errors that fail the build."""

import logging

from plugins.build.loudlog import LoudLog


def test_errors_are_heard_and_warnings_are_not() -> None:
    """Each error record becomes a problem, with the exception's text."""
    logger = logging.getLogger("pelican.somewhere")
    with LoudLog() as log:
        logger.warning("careful")
        logger.error("cannot load\nplugin %s", "x")
        try:
            {"kept": 1}["lost"]
        except KeyError:
            logger.exception("could not process", exc_info=False)  # noqa: LOG007  # as Pelican does
    logger.error("too late")
    assert [(problem.field, problem.message) for problem in log.problems] == [
        ("pelican.somewhere", "cannot load plugin x"),
        ("pelican.somewhere", "could not process (KeyError: 'lost')"),
    ]
