"""Settings of replies that cannot work stop the build, each by its name."""

from __future__ import annotations

import pytest

from plugins.errors import SettingsError
from plugins.replies.settings import RepliesSettings
from thread.ways.contact import Mailto
from thread.ways.github import Utterances


def test_all_faults_are_told_at_once() -> None:
    """Those of a way by its own fields."""
    with pytest.raises(SettingsError) as error:
        RepliesSettings(
            way=Utterances("nobody"),
            contact=Mailto("nobody"),
            depth=-1,
            close_after=-1,
            service="javascript:x",
        )
    fields = [problem.field for problem in error.value.problems]
    assert fields == [
        f"REPLIES.{name}"
        for name in ("close_after", "contact.address", "depth", "service", "way.repo")
    ]


@pytest.mark.parametrize(
    "service", ["/", "/dialogue/", "/blog/dialogue/", "https://talk.example.com/dialogue/"]
)
def test_the_service_may_be_elsewhere(service: str) -> None:
    """On a path, or on a server of its own."""
    assert RepliesSettings(service=service).service == service


@pytest.mark.parametrize(
    "service", ["", "dialogue/", "/dialogue", "http://a.example/", "//a.example/", '/"x/', "/../"]
)
def test_the_service_is_where_forms_may_be_sent(service: str) -> None:
    """Nothing else than a path of the site or an https URL, with a slash at its end."""
    with pytest.raises(SettingsError, match=r"REPLIES\.service"):
        RepliesSettings(service=service)
