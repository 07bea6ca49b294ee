"""Logged errors that fail the build."""

import logging

from plugins.engine.loudlog import LoudLog
from plugins.errors import Problem


def test_errors_are_heard_and_warnings_are_not() -> None:
    """Each error record becomes a problem, with the exception's text."""
    logger = logging.getLogger("pelican.somewhere")
    heard: list[Problem] = []
    with LoudLog(heard.append):
        logger.warning("careful")
        logger.error("cannot load\nplugin %s", "x")
        try:
            {"kept": 1}["lost"]
        except KeyError:
            logger.exception("could not process", exc_info=False)  # noqa: LOG007  # as Pelican does
    logger.error("too late")
    assert [(problem.field, problem.message) for problem in heard] == [
        ("pelican.somewhere", "cannot load plugin x"),
        ("pelican.somewhere", "could not process (KeyError: 'lost')"),
    ]


def test_the_file_that_pelican_gave_up_on_is_named() -> None:
    """Its problem stands with that file's other problems."""
    heard: list[Problem] = []
    with LoudLog(heard.append):
        logging.getLogger("pelican.generators").error("Could not process %s", "./posts/a.rst")
    assert [problem.path for problem in heard] == ["posts/a.rst"]
