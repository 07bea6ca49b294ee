"""Cards of Ghost's editors as HTML; Mobiledoc and Lexical give them the same values.

https://github.com/TryGhost/Koenig/tree/main/packages/kg-default-nodes
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from desk.importing.html.converter import to_markdown
from desk.importing.model import Note, Sure

_NAMES = {"horizontalrule": "hr", "codeblock": "code", "card-markdown": "markdown"}
_NAMES |= {"image-card": "image", "code-block": "code", "call-to-action": "cta"}
_BY_MAIL = frozenset({"email", "email-cta"})
_OF_GHOST = frozenset({"signup", "paywall", "portal"})
_PLAYER = re.compile(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|soundcloud\.com|spotify\.com"
    r"|podcasts\.apple\.com)/"
)
_BLANK = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class Cards:
    """What the cards of one post become; ``notes`` say what was left out."""

    address: Callable[[str], str]
    notes: list[Note] = field(default_factory=list)

    def html(self, name: str, values: Mapping[str, Any]) -> str:
        """A card as HTML."""
        kind = _NAMES.get(name, name)
        make = getattr(self, f"_{kind.replace('-', '_')}", None)
        if make is not None:
            return f"\n{make(_Values(values))}\n"
        if kind in _BY_MAIL:
            return self._left_out(
                f"the card {kind}", "sent by mail, never shown on the site", values
            )
        if kind in _OF_GHOST:
            return self._left_out(f"the card {kind}", "of Ghost's members", values)
        said = {key: value for key, value in values.items() if key not in {"type", "version"}}
        shown = json.dumps(said, ensure_ascii=False, default=str)
        self.notes.append(Note(1, f"the card {kind}", shown[:100], "lost"))
        return f"<!-- the card {escape(kind)} {escape(shown[:2_000], quote=False)} -->"

    def _left_out(self, kind: str, why: str, values: Mapping[str, Any]) -> str:
        words = re.sub(r"<[^<>]*+>", " ", str(values.get("html") or ""))
        sure: Sure = "guess" if words.strip() else "sure"
        self.notes.append(Note(1, kind, f"{why}: {' '.join(words.split())[:60]}", sure))
        return ""

    def markdown(self, html: str) -> str:
        """HTML that a card holds, as Markdown."""
        said, notes = to_markdown(html, 1, self.address)
        self.notes += notes
        return said

    def _hr(self, _values: _Values) -> str:
        return "<hr>"

    def _markdown(self, values: _Values) -> str:
        return _block(values["markdown"])

    def _html(self, values: _Values) -> str:
        bare = _BLANK.sub("\n", values["html"].strip())
        return _block(re.sub(r'(?<==")[^"<>]*+', lambda found: self.address(found[0]), bare))

    def _image(self, values: _Values) -> str:
        image = f'<img src="{escape(values["src"])}" alt="{escape(values["alt"])}">'
        if href := values["href"]:
            image = f'<a href="{escape(href)}">{image}</a>'
        return _figure(image, values["caption"]) if values["src"] else ""

    def _gallery(self, values: _Values) -> str:
        images = [self._image(_Values(one)) for one in values.rows("images")]
        caption = values["caption"]
        return "\n".join([*images, f"<p>{caption}</p>" if caption else ""])

    def _code(self, values: _Values) -> str:
        lang = re.sub(r"[^\w+#-]", "", values["language"])
        code = f'<pre><code class="language-{lang}">{escape(values["code"])}</code></pre>'
        caption = values["caption"]
        return f"{code}\n<p>{caption}</p>" if caption else code

    def _bookmark(self, values: _Values) -> str:
        said = values.inner("metadata")
        url = values["url"] or said["url"]
        title = escape(values["title"] or said["title"] or url)
        about = escape(values["description"] or said["description"])
        more = f"<br>{about}" if about else ""
        caption = values["caption"]
        under = f"\n<p>{caption}</p>" if caption else ""
        return f'<p><a href="{escape(url)}">{title}</a>{more}</p>{under}'

    def _embed(self, values: _Values) -> str:
        url, html, caption = values["url"], values["html"], values["caption"]
        under = f"\n<p>{caption}</p>" if caption else ""
        if "<blockquote" in html and not _PLAYER.match(url):
            return f"{html}{under}"
        return (_block(url) if url.startswith("http") else html) + under

    def _callout(self, values: _Values) -> str:
        said = self.markdown(f"<p>{values['calloutText']}</p>")
        emoji = values["calloutEmoji"]
        lines = f"{emoji} {said}".strip().split("\n")
        return _block("\n".join(["> [!NOTE]", *(f"> {one}".rstrip() for one in lines)]))

    def _toggle(self, values: _Values) -> str:
        content = values["content"]
        return f"<details><summary>{values['heading']}</summary>{content}</details>"

    def _button(self, values: _Values) -> str:
        url, said = values["buttonUrl"], values["buttonText"]
        return f'<p><a href="{escape(url)}">{escape(said)}</a></p>' if url and said else ""

    def _header(self, values: _Values) -> str:
        image = values["backgroundImageSrc"]
        picture = f'<p><img src="{escape(image)}" alt=""></p>' if image else ""
        head, below = (
            values["header"] or values["heading"],
            values["subheader"] or values["subheading"],
        )
        said = f"<h2>{head}</h2>" if head else ""
        more = f"<p>{below}</p>" if below else ""
        return f"{picture}{said}{more}{self._button(values)}"

    def _product(self, values: _Values) -> str:
        image = self._image(
            _Values({"src": values["productImageSrc"], "alt": values["productTitle"]})
        )
        stars = values["productStarRating"]
        rating = (
            f"<p>{escape(stars)}/5</p>" if stars and values.truth("productRatingEnabled") else ""
        )
        button = {"buttonUrl": values["productUrl"], "buttonText": values["productButton"]}
        title, about = values["productTitle"], values["productDescription"]
        return f"{image}<h3>{title}</h3>{rating}<div>{about}</div>{self._button(_Values(button))}"

    def _cta(self, values: _Values) -> str:
        image = self._image(_Values({"src": values["imageUrl"]}))
        return f"{image}<div>{values['textValue']}</div>{self._button(values)}"

    def _video(self, values: _Values) -> str:
        poster = values["customThumbnailSrc"] or values["thumbnailSrc"]
        shown = f' poster="{escape(poster)}"' if poster else ""
        return _figure(
            f'<video controls{shown} src="{escape(values["src"])}"></video>', values["caption"]
        )

    def _audio(self, values: _Values) -> str:
        title = escape(values["title"])
        name = f"<p>{title}</p>" if title else ""
        return f'{name}<audio controls src="{escape(values["src"])}"></audio>'

    def _file(self, values: _Values) -> str:
        name = escape(values["fileTitle"] or values["fileName"] or "Download")
        about = values["fileCaption"]
        more = f"<br>{about}" if about else ""
        return f'<p><a href="{escape(values["src"])}">{name}</a>{more}</p>'


class _Values:
    """The values of a card; what is missing or no text is empty."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> str:
        value = self._values.get(name)
        return str(value) if isinstance(value, str | int | float) and value is not True else ""

    def truth(self, name: str) -> bool:
        return bool(self._values.get(name))

    def inner(self, name: str) -> _Values:
        value = self._values.get(name)
        return _Values(value if isinstance(value, dict) else {})

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self._values.get(name)
        return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _block(markdown: str) -> str:
    return f"<parley-block>{escape(markdown)}</parley-block>"


def _figure(html: str, caption: str) -> str:
    under = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{html}{under}</figure>"
