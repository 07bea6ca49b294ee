"""The player for the recording that front matter names."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from plugins.embeds.player import player
from plugins.hosting.settings import HostingSettings
from tests.plugins.building import Workshop


@pytest.mark.parametrize("field", ["audio", "podcast"])
@pytest.mark.parametrize("value", ["/audio/talk.mp3", {"url": "/audio/talk.mp3", "length": 3}])
def test_a_recording_has_a_player(field: str, value: object) -> None:
    """It loads nothing before it is played, and says which file it needs."""
    found = player({field: value}, "en")
    assert found is not None
    assert '<audio controls preload="none" src="/audio/talk.mp3">' in found.html
    assert (found.field, found.file) == (field, "/audio/talk.mp3")


def test_a_page_of_a_provider_has_its_card() -> None:
    """A podcast that lives elsewhere is played from there, after a click."""
    found = player({"podcast": "https://open.spotify.com/episode/7makk4"}, "en")
    assert found is not None
    assert 'data-player="https://open.spotify.com/embed/episode/7makk4"' in found.html
    assert found.file == ""


@pytest.mark.parametrize("extra", [{}, {"audio": ""}, {"podcast": True}, {"podcast": "My show"}])
def test_no_recording_has_no_player(extra: dict[str, object]) -> None:
    """A field that names no file and no page known here is nothing to play."""
    assert player(extra, "en") is None


def test_a_post_with_a_recording_plays_it(tmp_path: Path) -> None:
    """The page has the player, all feeds the enclosure, and the file is published."""
    made = Workshop(tmp_path).build(
        {
            "posts/talk.md": "---\ntitle: Talk\ndate: 2026-01-02\npodcast: ../audio/talk.mp3\n---\n\nListen.\n",
            "audio/talk.mp3": b"123",
        }
    )
    assert made.problems == ()
    assert '<audio controls preload="none" src="/audio/talk.mp3">' in made.page("/talk/")
    entry = feedparser.parse(made.page("/feeds/all.rss.xml")).entries[0]
    assert [(each.href, each.type, each.length) for each in entry.enclosures] == [
        ("https://blog.example.com/audio/talk.mp3", "audio/mpeg", "3")
    ]
    assert (made.output / "audio" / "talk.mp3").is_file()


def test_a_recording_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """It is named at the line of its field."""
    text = "---\ntitle: Talk\ndate: 2026-01-02\npodcast: /audio/gone.mp3\n---\n\nListen.\n"
    made = Workshop(tmp_path).build({"posts/talk.md": text})
    assert len(made.problems) == 1
    assert made.problems[0].startswith("posts/talk.md:4:")


def test_a_form_is_sent_once_its_host_is_named(tmp_path: Path) -> None:
    """The notice names the setting that allows it, and with that setting the policy does."""
    text = "---\ntitle: News\ndate: 2026-01-02\n---\n\n<form action='https://n.example/s'>\n<button>Go</button>\n</form>\n"
    shop = Workshop(tmp_path)
    before = shop.build({"posts/news.md": text})
    assert before.report is not None
    (notice,) = [each for each in before.report.notices if "form" in each.message]
    assert notice.line == 6
    assert 'HostingSettings(forms=("https://n.example",))' in notice.hint
    after = shop.build(HOSTING=HostingSettings(forms=("https://n.example",)))
    assert after.report is not None
    assert [each for each in after.report.notices if "form" in each.message] == []
    assert "form-action 'self' https://n.example;" in after.page("/_headers")
