"""The sites whose players a post may show, by the addresses that people copy from them.

One table: a provider is a row. Each knows its public pages and its own embed addresses, so a pasted
``<iframe>`` and a pasted link lead to the same card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

Kind = Literal["video", "audio"]
_ID = re.compile(r"[\w-]{1,64}")
_CLOCK = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Embed:
    """A player: the page a reader may open instead, and the address of the frame that plays it.

    ``height`` is that of an audio player in CSS pixels; a video has 0 and the shape of its box.
    """

    site: str
    kind: Kind
    page: str
    player: str
    height: int = 0


def find(address: str) -> Embed | None:
    """The player for ``address``, a public page or an embed address; None where there is none."""
    if len(address) > _LONGEST:
        return None
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port or parts.username is not None:
        return None
    read = _BY_HOST.get(host)
    return read(parts) if read else None


def mentioned(text: str) -> bool:
    """Whether ``text`` has the name of a provider's host in it: cheap, and often no."""
    return any(host in text for host in _HOSTS)


def _youtube(parts: SplitResult) -> Embed | None:
    query = parse_qs(parts.query)
    steps = [step for step in parts.path.split("/") if step]
    listed = _valid(_first(query, "list"))
    if (parts.hostname or "").endswith("youtu.be"):
        video = steps[0] if len(steps) == 1 else ""
    elif len(steps) == 2 and steps[0] in ("embed", "shorts", "live", "v"):
        video = "" if steps[1] == "videoseries" else steps[1]
    else:
        video = _first(query, "v") if steps == ["watch"] else ""
    if video and _valid(video):
        start = _seconds(_first(query, "t") or _first(query, "start"))
        page = f"https://www.youtube.com/watch?v={video}" + (f"&t={start}" if start else "")
        return _on_youtube(page, video, f"?start={start}" if start else "")
    if listed and steps[:1] in (["playlist"], ["embed"]):
        page = f"https://www.youtube.com/playlist?list={listed}"
        return _on_youtube(page, "videoseries", f"?list={listed}")
    return None


def _on_youtube(page: str, path: str, query: str) -> Embed:
    return Embed("YouTube", "video", page, f"https://www.youtube-nocookie.com/embed/{path}{query}")


def _vimeo(parts: SplitResult) -> Embed | None:
    steps = [step for step in parts.path.split("/") if step]
    if parts.hostname == "player.vimeo.com":
        steps = steps[1:] if steps[:1] == ["video"] else []
    if not steps or not steps[0].isdecimal() or len(steps) > 2 or len(steps[0]) > 20:
        return None
    # An unlisted video has a hash: behind the number on its page, as a parameter in its player.
    key = steps[1] if len(steps) == 2 else _first(parse_qs(parts.query), "h")
    if key and not _valid(key):
        return None
    page = f"https://vimeo.com/{steps[0]}" + (f"/{key}" if key else "")
    player = f"https://player.vimeo.com/video/{steps[0]}?dnt=1" + (f"&h={key}" if key else "")
    return Embed("Vimeo", "video", page, player)


def _soundcloud(parts: SplitResult) -> Embed | None:
    page = f"https://soundcloud.com{parts.path}"
    if parts.hostname == "w.soundcloud.com":
        page = _first(parse_qs(parts.query), "url")
        if not re.match(r"https?://(?:api\.)?soundcloud\.com/[\w/%:.-]+", page):
            return None
    elif len([step for step in parts.path.split("/") if step]) not in (2, 3):
        return None  # somebody's profile, or a page about SoundCloud
    player = f"https://w.soundcloud.com/player/?url={quote(page, safe='')}"
    # Embed codes name a track by the address for programs, which shows nothing to people.
    page = player if "//api." in page else page
    return Embed("SoundCloud", "audio", page, player, 166)


def _spotify(parts: SplitResult) -> Embed | None:
    steps = [step for step in parts.path.split("/") if step and not step.startswith("intl-")]
    steps = steps[1:] if steps[:1] == ["embed"] else steps
    kinds = ("episode", "show", "track", "album", "playlist")
    if len(steps) < 2 or steps[0] not in kinds or not _valid(steps[1]):
        return None
    path = f"{steps[0]}/{steps[1]}"
    page, player = f"https://open.spotify.com/{path}", f"https://open.spotify.com/embed/{path}"
    return Embed(
        "Spotify", "audio", page, player, 352 if steps[0] in ("album", "playlist") else 152
    )


def _apple(parts: SplitResult) -> Embed | None:
    if not re.fullmatch(r"(?:/[a-z]{2})?/podcast/(?:[^/]{1,300}/)?id\d{1,15}", parts.path):
        return None
    episode = _first(parse_qs(parts.query), "i")
    query = f"?i={episode}" if episode.isdecimal() else ""
    page = f"https://podcasts.apple.com{parts.path}{query}"
    player = f"https://embed.podcasts.apple.com{parts.path}{query}"
    return Embed("Apple Podcasts", "audio", page, player, 175 if query else 450)


def _first(query: Mapping[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _valid(name: str) -> str:
    """``name`` if it is fit to stand in an address as it is, else nothing."""
    return name if _ID.fullmatch(name) else ""


def _seconds(text: str) -> int:
    """A place in a film: ``90``, ``90s``, ``1m30s``, ``1h2m3s``; 0 where it is none."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds


_BY_HOST: Mapping[str, Callable[[SplitResult], Embed | None]] = {
    "youtube.com": _youtube,
    "m.youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "youtu.be": _youtube,
    "youtube-nocookie.com": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "soundcloud.com": _soundcloud,
    "w.soundcloud.com": _soundcloud,
    "open.spotify.com": _spotify,
    "podcasts.apple.com": _apple,
    "embed.podcasts.apple.com": _apple,
}
_HOSTS = ("youtu", "vimeo.com", "soundcloud.com", "spotify.com", "podcasts.apple.com")
