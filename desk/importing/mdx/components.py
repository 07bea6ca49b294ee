"""What components are called in the sites of Astro, Next.js and their like, and are in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desk.importing.embeds import picture
from desk.importing.shortcodes import Call, known

_PICTURES = ("image", "img", "picture", "figure", "photo", "screenshot", "zoom")
_SRC = ("src", "image", "img", "url", "source", "file", "path", "href", "light", "srclight")
_CAPTION = ("caption", "title", "figcaption", "description", "desc")
_ADDRESS = ("url", "href", "link", "src", "to", "permalink")
_EMBEDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "youtube",
        "youtube",
        ("id", "videoid", "video", "youtubeid", "url", "src", "embedid", "link"),
    ),
    ("vimeo", "vimeo", ("id", "videoid", "video", "url", "src")),
    ("tweet", "tweet", ("id", "tweetid", "url", "href", "link", "src", "tweetlink")),
    ("xpost", "tweet", ("id", "url", "href")),
    ("twitter", "tweet", ("id", "tweetid", "url", "href", "tweetlink")),
    ("gist", "gist", ("id", "gist", "gistid", "url", "src", "gistlink")),
)
_LINKED = ("spotify", "codepen", "codesandbox", "stackblitz", "instagram", "bluesky", "bluesk",
           "mastodon", "soundcloud", "loom", "replit", "linkpreview", "bookmark", "tiktok", "embed",
           "twitch", "slideshare", "podcast", "linkedin", "reddit")  # fmt: skip
_BOXES = (
    "callout",
    "aside",
    "admonition",
    "alert",
    "notice",
    "infobox",
    "message",
    "banner",
    "disclaimer",
)
_KINDS = ("note", "tip", "info", "warning", "danger", "caution", "important", "success", "error")
_WORDS = ("title", "heading", "name", "label", "text", "question", "answer", "caption", "subtitle",
          "description", "content", "body", "quote", "author", "message", "summary", "alt")  # fmt: skip
_THROUGH = frozenset(
    [
        "tabs",
        "steps",
        "cardgrid",
        "cards",
        "columns",
        "column",
        "grid",
        "center",
        "container",
        "wrapper",
        "div",
        "section",
        "fragment",
        "collapsegroup",
        "accordiongroup",
        "filetree",
        "prose",
        "layout",
        "bleed",
        "fullbleed",
        "codegroup",
        "markdown",
        "imagegrid",
        "imagegroup",
        "gallery",
        "row",
        "col",
        "box",
        "flex",
        "fullwidth",
        "astro",
        "mdxlayout",
    ]
)
_NO_EMBEDS = ("list", "icon", "logo", "avatar", "share", "button", "follow", "handle")
_STATUS = re.compile(r"\d{2,25}|https?://[^\s<>]{1,500}|@?\w{1,40}/status/\d{2,25}")
_ID = re.compile(r"[\w-]{5,30}")


def component(call: Call) -> str | None:
    """The Markdown of a component; None for one whose name says nothing."""
    given = Call(call.name, {key.lower(): one for key, one in call.named.items()}, (), call.inner)
    for make in (_picture, _embed, _media, _box, _tab, _text):
        if (said := make(given)) is not None:
            return said
    return None


def words_of(call: Call) -> str:
    """What a component that nobody knows says to readers: its texts, its picture, its link."""
    given = {key.lower(): one for key, one in call.named.items()}
    said = [
        given[name] for name in _WORDS if given.get(name) and given[name] not in {"true", "false"}
    ]
    text = "\n\n".join(dict.fromkeys(said))
    src = next((given[name] for name in ("src", "image", "img", "poster") if given.get(name)), "")
    if src and re.search(r"\.(?:png|jpe?g|gif|webp|avif|svg)(?:$|[?#])", src, re.IGNORECASE):
        return picture(src, given.get("alt", ""), "") + (f"\n\n{text}" if text else "")
    href = next((given[name] for name in ("href", "url", "link", "to") if given.get(name)), "")
    if href and re.match(r"https?://|/|\.|#|mailto:", href):
        return f"[{' '.join(text.split()) or href}]({href})"
    return text


def _picture(call: Call) -> str | None:
    if not call.name.endswith(_PICTURES):
        return None
    src = call.get(*_SRC)
    inner = (call.inner or "").strip()
    if not src:
        return (
            f"\n\n{inner}\n\n{call.get(*_CAPTION)}" if inner and call.name != "zoom" else call.inner
        )
    return picture(src, call.get("alt", "alttext"), call.get(*_CAPTION) or inner)


def _embed(call: Call) -> str | None:
    for part, name, keys in _EMBEDS:
        if part in call.name and not call.name.endswith(_NO_EMBEDS):
            given = call.get(*keys) or (call.inner or "").strip()
            if name == "tweet" and not _STATUS.fullmatch(given):
                return None
            if "/status/" in given and "://" not in given:
                return f"https://twitter.com/{given.strip('/')}"
            return (
                known(Call(name, {"id": given, "user": call.get("user", "username")}, ())) or None
            )
    if any(name in call.name for name in _LINKED) or call.name in {"card", "linkcard"}:
        return _linked(call)
    return None


def _linked(call: Call) -> str | None:
    address = call.get(*_ADDRESS)
    inner = (call.inner or "").strip()
    if "codepen" in call.name and _ID.fullmatch(call.get("id", "slug", "pen", "hash", "slughash")):
        pen = call.get("id", "slug", "pen", "hash", "slughash")
        address = f"https://codepen.io/{call.get('user') or 'anon'}/pen/{pen}"
    title = call.get("title", "label", "name")
    more = "\n\n".join(one for one in (call.get("description"), inner) if one)
    if not address:
        return f"**{title}**\n\n{more}" if title else call.inner
    if not title and not more:
        return address if address.startswith("http") else f"<{address}>"
    shown = f"[{title or address}]({address})"
    return f"{shown}\n\n{more}" if more else shown


def _media(call: Call) -> str | None:
    kind = "audio" if "audio" in call.name else "video" if "video" in call.name else ""
    src = call.get("src", "url", "file", "source", "path", "mp4", "href")
    if not kind or not src:
        return None
    if "youtu" in src or "vimeo.com" in src:
        return src
    under = call.get(*_CAPTION) or (call.inner or "").strip()
    media = f'<{kind} controls src="{src}"></{kind}>'
    return f"{media}\n\n{under}" if under else media


def _box(call: Call) -> str | None:
    named = next(
        (kind for kind in _KINDS if call.name in {kind, f"{kind}box", f"{kind}callout"}), ""
    )
    if not named and not call.name.endswith(_BOXES):
        return None
    text = (
        call.inner if call.inner is not None else call.get("text", "content", "message", "children")
    )
    kind = named or call.get("type", "variant", "kind", "intent", "level", "severity") or "note"
    title = call.get("title", "heading", "label")
    return known(Call("callout", {"type": kind, "title": title}, (), text))


def _tab(call: Call) -> str | None:
    inner = (call.inner or "").strip("\n")
    label = call.get("summary", "label", "title", "value", "header", "name", "question")
    if call.name in {"tabitem", "tab", "tabpanel", "step", "column", "accordionitem"} and label:
        return f"**{label}**\n\n{inner}"
    if call.name in {
        "details",
        "collapse",
        "collapsible",
        "accordion",
        "spoiler",
        "toggle",
        "expandable",
        "disclosure",
        "expand",
    }:
        return known(Call("details", {"summary": label}, (), inner))
    return None


def _text(call: Call) -> str | None:
    inner = call.inner if call.inner is not None else call.get("text", "children")
    made: Mapping[str, Callable[[], str | None]] = {
        "link": lambda: _link(call, inner),
        "a": lambda: _link(call, inner),
        "anchor": lambda: _link(call, inner),
        "button": lambda: _link(call, inner),
        "linkbutton": lambda: _link(call, inner),
        "externallink": lambda: _link(call, inner),
        "kbd": lambda: f"<kbd>{inner}</kbd>",
        "highlight": lambda: f"<mark>{inner}</mark>",
        "code": lambda: _code(call, inner),
        "codeblock": lambda: _code(call, inner),
        "blockquote": lambda: _quote(call, inner),
        "quote": lambda: _quote(call, inner),
        "pullquote": lambda: _quote(call, inner),
        "br": lambda: "<br>",
        "hr": lambda: "\n\n---\n\n",
        "toc": lambda: "[TOC]",
        "tableofcontents": lambda: "[TOC]",
        "math": lambda: f"$$\n{call.get('children', 'formula', 'math') or inner}\n$$",
    }
    if make := made.get(call.name):
        return make()
    return call.inner if call.name in _THROUGH and call.inner is not None else None


def _link(call: Call, inner: str) -> str | None:
    where = call.get(*_ADDRESS)
    words = " ".join((inner or call.get("label", "title")).split())
    return f"[{words or where}]({where})" if where else inner or None


def _code(call: Call, inner: str) -> str:
    code = (call.get("code") or inner).strip("\n")
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"{fence}{call.get('lang', 'language')}\n{code}\n{fence}"


def _quote(call: Call, inner: str) -> str | None:
    text = (inner or call.get("quote", "content")).strip()
    author = call.get("author", "cite", "by", "source", "attribution")
    if not text:
        return None
    lines = [*text.split("\n"), *(["", f"\u2014 {author}"] if author else [])]
    return "\n".join(f"> {line.strip()}".rstrip() for line in lines)
