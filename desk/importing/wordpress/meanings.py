"""What shortcodes mean, as HTML: captions, galleries, embeds, recordings, code, notes, boxes."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.importing.embeds import address_of
from desk.importing.model import Note
from desk.importing.shortcodes import Call
from desk.importing.wordpress.shortcodes import VERBATIM, Place

_IMAGE = re.compile(r"(?:<a\b[^<>]*+>\s*+)?<img\b[^<>]*+>(?:\s*+</a>)?", re.IGNORECASE)
_NOTES = frozenset({"footnote", "fn", "ref", "mfn", "efn_note", "note_ref", "sidenote"})
_THROUGH = frozenset(
    [
        "raw",
        "noformat",
        "row",
        "col",
        "column",
        "columns",
        "one_half",
        "one_third",
        "two_third",
        "one_fourth",
        "three_fourth",
        "one_half_last",
        "one_third_last",
        "two_third_last",
        "section",
        "container",
        "clear",
        "center",
        "div",
        "span",
        "vc_row",
        "vc_column",
        "vc_column_text",
        "et_pb_section",
        "et_pb_row",
        "et_pb_column",
        "et_pb_text",
    ]
)
_FOLDED = frozenset(
    {"spoiler", "expand", "toggle", "accordion", "accordion-item", "collapse", "details"}
)
_LOST = frozenset(
    [
        "contact-form",
        "contact-form-7",
        "wpforms",
        "gravityform",
        "ninja_form",
        "mc4wp_form",
        "toc",
        "ez-toc",
        "table",
        "jetpack_subscription_form",
        "social_share",
        "follow_me",
        "recent_posts",
        "poll",
        "ngg",
        "nggallery",
    ]
)
_MEDIA = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv")


@dataclass(frozen=True, slots=True)
class Picture:
    """An attachment: its address, what it shows, and its caption."""

    src: str
    alt: str = ""
    caption: str = ""


@dataclass(slots=True)
class Meanings:
    """What the shortcodes of one entry become; ``notes`` say it, ``footnotes`` are to be appended."""

    line: int
    pictures: Mapping[str, Picture]
    attached: tuple[str, ...]
    notes: list[Note] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def __call__(self, call: Call, place: Place) -> str | None:
        """HTML for a shortcode that is known or looks like one; None for words in brackets."""
        said = self._known(call)
        sure = "sure"
        if said is None:
            if not _is_meant(call, place):
                return None
            sure = "lost" if call.inner is None else "guess"
            bare = re.sub("-{2,}", "-", place.written)
            said = (
                call.inner
                if call.inner is not None
                else f"<!-- {html.escape(bare, quote=False)} -->"
            )
        what = " ".join(place.written.split())[:100]
        line = self.line + place.line
        self.notes.append(Note(line, f"the shortcode {call.name}", what, sure))  # type: ignore[arg-type]
        return said

    def footnote(self, text: str) -> str:
        """The mark of a new footnote."""
        self.footnotes.append(" ".join(text.split()))
        return f"<parley-raw>[^{len(self.footnotes)}]</parley-raw>"

    def _known(self, call: Call) -> str | None:
        name = call.name
        first = call.others[0] if call.others else ""
        inner = call.inner
        if name in {"caption", "wp_caption"} and inner is not None:
            return _caption(call, inner)
        if name == "gallery":
            return self._gallery(call)
        if name == "embed":
            return _embed(inner or first or call.get("src", "url"))
        if name in {"audio", "video", "playlist"}:
            return self._recording(call, first)
        if name in VERBATIM and inner is not None:
            lang = call.get("language", "lang") or (
                "" if name in {"code", "sourcecode", "pre"} else name
            )
            return (
                f'<pre><code class="language-{html.escape(lang)}">{html.escape(inner)}</code></pre>'
            )
        if name in _NOTES and inner is not None:
            return self.footnote(inner)
        if name == "latex" and inner is not None:
            return f"<parley-raw>\\({html.escape(html.unescape(inner.strip()))}\\)</parley-raw>"
        if url := _address(call, first):
            return _embed(url)
        return _boxed(call, first)

    def _gallery(self, call: Call) -> str:
        wanted = [one.strip() for one in call.get("ids", "include").split(",") if one.strip()]
        left_out = {one.strip() for one in call.get("exclude").split(",")}
        keys = wanted or [one for one in self.attached if one not in left_out]
        shown = [self.pictures[key] for key in keys if key in self.pictures]
        if missing := [key for key in wanted if key not in self.pictures]:
            what = f"not in the export: {', '.join(missing)}"
            self.notes.append(Note(self.line, "images of a gallery", what, "lost"))
        return "\n\n" + "\n\n".join(_figure(one) for one in shown) + "\n\n"

    def _recording(self, call: Call, first: str) -> str | None:
        kind = "video" if call.name == "video" or call.get("type") == "video" else "audio"
        keys = [one.strip() for one in call.get("ids").split(",") if one.strip()]
        sources = [self.pictures[key].src for key in keys if key in self.pictures]
        if source := call.get(*_MEDIA) or first.split("|")[0]:
            sources.append(source)
        if not sources:
            return None
        if kind == "video" and "//" in sources[0] and _is_player(sources[0]):
            return _embed(sources[0])
        poster = call.get("poster")
        shown = f' poster="{html.escape(poster)}"' if poster else ""
        made = [f'<{kind} controls{shown} src="{html.escape(one)}"></{kind}>' for one in sources]
        return "\n\n" + "\n\n".join(made) + "\n\n"


def _is_meant(call: Call, place: Place) -> bool:
    """Whether brackets are a shortcode of a plugin that is not known here, and no prose."""
    known = call.name in _LOST or call.inner is not None
    marked = bool(call.named) or "_" in call.name or place.written.endswith("/]")
    return known or marked or ("-" in call.name and not call.others)


def _is_player(url: str) -> bool:
    return re.match(r"https?://(?:www\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/", url) is not None


def _embed(url: str) -> str | None:
    bare = html.unescape(url.strip())
    if not bare.startswith(("https://", "http://")) or any(one.isspace() for one in bare):
        return None
    return f"\n\n<parley-block>{html.escape(bare, quote=False)}</parley-block>\n\n"


def _address(call: Call, first: str) -> str:
    given = call.get("id", "url", "v", "video", "src") or first
    if call.name in {"twitter-tweet", "tweet", "twitter"}:
        return address_of("tweet", given)
    if call.name in {"soundcloud", "instagram", "facebook", "tiktok", "spotify", "ted", "wpvideo"}:
        return given if given.startswith("https://") else ""
    return address_of(call.name, given) if given else ""


def _figure(picture: Picture) -> str:
    image = f'<img src="{html.escape(picture.src)}" alt="{html.escape(picture.alt)}">'
    caption = f"<figcaption>{picture.caption}</figcaption>" if picture.caption else ""
    return f"<figure>{image}{caption}</figure>"


def _caption(call: Call, inner: str) -> str:
    found = _IMAGE.search(inner)
    if not found:
        return inner
    around = f"{inner[: found.start()]} {inner[found.end() :]}".strip()
    said = around or html.escape(call.get("caption"))
    under = f"<figcaption>{said}</figcaption>" if said else ""
    return f"\n\n<figure>{found[0]}{under}</figure>\n\n"


def _boxed(call: Call, first: str) -> str | None:
    inner = call.inner
    if inner is None:
        return None
    if call.name in _FOLDED:
        title = html.escape(call.get("title", "summary") or first or "Details")
        return f"\n\n<details><summary>{title}</summary>\n\n{inner}\n\n</details>\n\n"
    if call.name in {"quote", "pullquote", "blockquote"}:
        return f"\n\n<blockquote>\n\n{inner}\n\n</blockquote>\n\n"
    if call.name in {"button", "btn"} and (link := call.get("url", "link", "href")):
        return f'<a href="{html.escape(link)}">{inner}</a>'
    return f"\n\n{inner}\n\n" if call.name in _THROUGH else None
