"""Pictures, sound and film that go with entries."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.feeds.content import Player
from plugins.feeds.media import Media, check, enclosures, picture, type_of
from plugins.post import Frozen, Post
from plugins.urls import Urls
from plugins.views import ImageView
from tests.plugins.examples import a_post

URLS = Urls("https://example.org/blog")
PAGE = "https://example.org/blog/a-post/"
FILES = {"/audio/talk one.mp3": 1234, "/a-post/talk.mp3": 5, "/film.webm": 99, "/notes.pdf": 7}


def _post(**extra: Any) -> Post:
    return a_post(extra=Frozen(extra), lines=Frozen(dict.fromkeys(extra, 6)))


def _enclosures(post: Post, *players: Player) -> tuple[Media, ...]:
    return enclosures(post, players, PAGE, URLS, FILES.get)


@pytest.mark.parametrize(
    ("field", "value", "media"),
    [
        ("audio", "/audio/talk one.mp3",
         Media("https://example.org/blog/audio/talk%20one.mp3", "audio/mpeg", 1234)),
        ("audio", "{static}/audio/talk one.mp3",
         Media("https://example.org/blog/audio/talk%20one.mp3", "audio/mpeg", 1234)),
        ("audio", "talk.mp3", Media("https://example.org/blog/a-post/talk.mp3", "audio/mpeg", 5)),
        ("audio", "/film.webm", Media("https://example.org/blog/film.webm", "audio/webm", 99)),
        ("video", "/film.webm", Media("https://example.org/blog/film.webm", "video/webm", 99)),
        ("enclosure", "https://example.com/a.ogg", Media("https://example.com/a.ogg", "audio/ogg", 0)),
        ("enclosure", {"url": "https://example.com/play?1", "type": "audio/mpeg", "length": 12,
                       "duration": 60}, Media("https://example.com/play?1", "audio/mpeg", 12, 60)),
    ],
)  # fmt: skip
def test_front_matter_can_name_a_file(field: str, value: object, media: Media) -> None:
    """By path or URL; the length of a file of ours is its real one."""
    post = _post(**{field: value})
    assert _enclosures(post) == (media,)
    assert list(check(post, PAGE, URLS, FILES.get)) == []


def test_what_the_text_plays_is_enclosed_too_and_each_file_once() -> None:
    """What front matter names comes first: RSS has room for one."""
    post = _post(video="/film.webm")
    found = _enclosures(
        post,
        Player("https://example.org/blog/audio/talk%20one.mp3", ""),
        Player("https://example.org/blog/film.webm", ""),
        Player("https://example.com/x", "video/mp4"),
        Player("https://example.com/unknown", ""),
    )
    assert [(media.url.rpartition("/")[2], media.type, media.length) for media in found] == [
        ("film.webm", "video/webm", 99),
        ("talk%20one.mp3", "audio/mpeg", 1234),
        ("x", "video/mp4", 0),
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("/audio/gone.mp3", "the site has no file /audio/gone.mp3"),
        ("/notes.pdf", "is no audio or video file"),
        ("javascript:x", "no address of a file"),
        ({"type": "audio/mpeg"}, "no address of a file"),
        (True, "no address of a file"),
        ("{static}", "no address of a file"),
    ],
)
def test_a_file_readers_could_not_play_is_a_problem(value: object, message: str) -> None:
    """With the line of the field; nothing of it is enclosed."""
    post = _post(enclosure=value)
    (problem,) = check(post, PAGE, URLS, FILES.get)
    assert (problem.path, problem.line, problem.field) == ("posts/a-post.md", 6, "enclosure")
    assert message in problem.message


def test_fields_left_empty_name_nothing() -> None:
    """As the templates of other tools leave them."""
    post = _post(audio="", video=None, enclosure=False)
    assert _enclosures(post) == ()
    assert list(check(post, PAGE, URLS, FILES.get)) == []


def test_a_list_names_several_files() -> None:
    """In its order."""
    post = _post(audio=["/audio/talk one.mp3", "https://example.com/b.mp3"])
    assert [media.length for media in _enclosures(post)] == [1234, 0]


def test_the_lead_image_has_its_type_and_size() -> None:
    """As far as they are known."""
    image = ImageView("/blog/images/a.JPG", "A", 30, 40)
    assert picture(image, PAGE) == Media(
        "https://example.org/blog/images/a.JPG", "image/jpeg", width=30, height=40
    )
    assert picture(ImageView("https://example.com/x", ""), PAGE) == Media(
        "https://example.com/x", ""
    )
    assert picture(ImageView("data:image/png;base64,AA", ""), PAGE) is None
    assert picture(None, PAGE) is None


def test_types_do_not_depend_on_the_machine() -> None:
    """They come from a table of ours, by the ending of the path."""
    assert type_of("https://example.org/a.mp3?x=y.png") == "audio/mpeg"
    assert type_of("https://example.org/a") == ""
