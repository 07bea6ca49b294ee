"""What the texts of a site need of other hosts, and what in them a browser will not run.

Images, frames and media that a writer puts into a post are meant to be seen, so the policy of the
site allows their hosts, and only those. Code is another matter: a script that came with a pasted
widget runs only if the settings name it, and the writer is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

_ADDRESSED = "(?:src|srcset|poster|data)"
# A value with an address of another host; where another attribute begins, that is looked at.
_ELSEWHERE = rf"\s*+=\s*+[\"']?(?:[^\"'>spd/]++|/(?!/)|(?!{_ADDRESSED}\s*+=)[spd])*+//"
# Texts without any of these, in small letters, need nothing; most have none. Each begins with
# letters, which are found many times faster than a choice of beginnings.
_SIGNS = tuple(
    map(
        re.compile,
        (
            *(
                "<iframe",
                "<frame",
                "<script",
                "<style",
                "<object",
                "<embed",
                "<form",
                "<link",
                "<base",
            ),
            *(
                r"on[a-z]{1,40}+\s*+=",
                r"style\s*+=",
                "data-player=",
                rf"src(?:set)?{_ELSEWHERE}",
            ),
            *(f"poster{_ELSEWHERE}", f"data{_ELSEWHERE}"),
        ),
    )
)
_WORTH_READING = re.compile(
    r"""<(?:i?frame|script|style|object|embed|form|link|base)\b|[\s"']on[a-z]++\s*+=|\sstyle\s*+=|\sdata-player="""
    rf"|{_ADDRESSED}{_ELSEWHERE}",
    re.IGNORECASE,
)
_SCHEMES = frozenset({"http", "https"})
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
_KIND = {"img": "images", "iframe": "frames", "video": "media", "audio": "media", "track": "media"}
_HANDLER = re.compile("on[a-z]+")
_DATA = frozenset({"application/ld+json", "application/json", "text/plain"})


@dataclass(frozen=True, slots=True)
class Refused:
    """Code in a text: the words that say what it is, and how it ``begins`` in the text.

    ``setting`` is the field of HOSTING that would allow its origin ``source``; both are empty where
    nothing would.
    """

    what: str
    begins: str
    source: str = ""
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Origins of other hosts by what is shown from them, in order, and code that a policy would refuse.

    ``style`` says that texts have style attributes, ``diagrams`` that a diagram is shown as code.
    """

    images: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    style: bool = False
    refused: tuple[Refused, ...] = ()
    diagrams: bool = False


NOTHING = Foreign()


def foreign_of(html: str) -> Foreign:
    """What a text, finished HTML, shows of other hosts and would run."""
    small = html.lower()
    if not any(sign.search(small) for sign in _SIGNS) or not _WORTH_READING.search(html):
        return NOTHING
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found: dict[str, set[str]] = {"images": set(), "frames": set(), "media": set()}
    for kind, origin in reader.shown:
        found[kind].add(origin)
    each = {kind: tuple(sorted(origins)) for kind, origins in found.items()}
    shown = each["images"], each["frames"], each["media"]
    return Foreign(*shown, style=reader.style, refused=tuple(reader.refused))


def together(several: Iterable[Foreign], images: Iterable[str] = ()) -> Foreign:
    """What all of them show; ``images`` are URLs of more."""
    found = [one for one in several if one != NOTHING]
    return Foreign(
        _union(filter(None, map(origin_of, images)), *(one.images for one in found)),
        _union(*(one.frames for one in found)),
        _union(*(one.media for one in found)),
        any(one.style for one in found),
        tuple(code for one in found for code in one.refused),
    )


def _union(*several: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({origin for some in several for origin in some}))


def origin_of(url: str) -> str:
    """The origin of an absolute or protocol-relative URL; empty for one of this site or none."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower() or "https"
    if scheme not in _SCHEMES or not _HOST.fullmatch(host):
        return ""
    return f"{scheme}://{host}:{port}" if port else f"{scheme}://{host}"


class _Reader(HTMLParser):
    """Collects what a text shows and what it would run."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []
        self.refused: list[Refused] = []
        self.style = False
        self._inside: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.style = self.style or "style" in found
        self._shown(tag, found)
        self.refused += _code(tag, found)
        self.refused += (
            Refused(f"an {name} attribute", f" {name}")
            for name in found
            if _HANDLER.fullmatch(name)
        )
        self._inside = tag if tag in _KIND else self._inside

    handle_startendtag = handle_starttag

    def _shown(self, tag: str, found: dict[str, str]) -> None:
        kind = _KIND.get(self._inside, "images") if tag == "source" else _KIND.get(tag)
        if kind:
            urls = [found.get("src", ""), *_candidates(found.get("srcset", ""))]
            self.shown += ((kind, origin) for origin in map(origin_of, urls) if origin)
        if player := origin_of(found.get("data-player", "")):
            self.shown.append(("frames", player))
        if poster := origin_of(found.get("poster", "")):
            self.shown.append(("images", poster))


def _candidates(srcset: str) -> Iterator[str]:
    for candidate in re.split(r",\s", srcset):
        yield candidate.strip().split(" ")[0]


def _code(tag: str, found: dict[str, str]) -> Iterator[Refused]:
    """What of one element a browser would run or follow, if it were allowed to."""
    if tag == "script" and found.get("type", "").lower() not in _DATA:
        source = origin_of(found.get("src", ""))
        if source:
            yield Refused(f"a script from {source}", "<script", source, "scripts")
        elif not found.get("src"):
            yield Refused("a script in the text", "<script")
    elif tag == "style":
        yield Refused("a style element", "<style")
    elif tag in {"object", "embed"}:
        yield Refused(f"an {tag} element", f"<{tag}")
    elif tag == "form" and (source := origin_of(found.get("action", ""))):
        yield Refused(f"a form that sends to {source}", "<form", source, "forms")
