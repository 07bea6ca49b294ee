"""Which addresses lead to a player, and which player."""

from __future__ import annotations

import pytest

from plugins.embeds.providers import find

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1"
SPOTIFY = "https://open.spotify.com/embed/episode/7makk4oTQel546B0PZlDM5"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("http://youtube.com/watch?feature=share&v=dQw4w9WgXcQ", YOUTUBE),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", YOUTUBE),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
        ("//www.youtube.com/embed/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m30s", f"{YOUTUBE}?start=90"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42", f"{YOUTUBE}?start=42"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=7", f"{YOUTUBE}?start=7"),
        (
            "https://www.youtube.com/playlist?list=PL123_-x",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PL123_-x",
        ),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
        ("https://vimeo.com/76979871/8272103f6e", f"{VIMEO}&h=8272103f6e"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", f"{VIMEO}&h=8272103f6e"),
        (
            "https://soundcloud.com/somebody/a-song",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsomebody%2Fa-song",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&color=%23ff",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1",
        ),
        ("https://open.spotify.com/episode/7makk4oTQel546B0PZlDM5?si=1", SPOTIFY),
        ("https://open.spotify.com/intl-de/episode/7makk4oTQel546B0PZlDM5", SPOTIFY),
        ("https://open.spotify.com/embed/episode/7makk4oTQel546B0PZlDM5", SPOTIFY),
        (
            "https://podcasts.apple.com/us/podcast/a-show/id1234567890?i=1000600000000",
            "https://embed.podcasts.apple.com/us/podcast/a-show/id1234567890?i=1000600000000",
        ),
    ],
)
def test_an_address_leads_to_its_player(address: str, player: str) -> None:
    """Public pages, short links and embed addresses alike; the player is the one without cookies."""
    found = find(address)
    assert found is not None
    assert found.player == player
    assert find(found.page) == found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://www.youtube.com/",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/watch?v=",
        'https://youtu.be/"onload=alert(1)',
        "https://youtu.be/../evil",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://user:pass@youtu.be/dQw4w9WgXcQ",
        "https://youtu.be:8443/dQw4w9WgXcQ",
        "javascript://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/about",
        "https://vimeo.com/76979871/x/y",
        "https://soundcloud.com/somebody",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fevil.example%2F",
        "https://open.spotify.com/user/somebody",
        "https://podcasts.apple.com/us/genre/1310",
        "https://[::1",
        "https://youtu.be/" + "a" * 3000,
    ],
)
def test_any_other_address_is_none(address: str) -> None:
    """Pages about a provider, hosts that only look like one, and what is no address."""
    assert find(address) is None
