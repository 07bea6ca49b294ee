"""What embeds and figures of old generators are called in Markdown."""

from __future__ import annotations

import re

_BARE = re.compile(r"[\w-]+")


def address_of(name: str, given: str, user: str = "") -> str:
    """The address of the page that an embed shows; empty if ``name`` is no embed that we know."""
    kind = name.lower()
    if given.startswith(("https://", "http://")):
        known = {"oembed", "embed", "youtube", "vimeo", "gist", "tweet", "twitter", "x"}
        return given if kind in known else ""
    plain = given.strip("/")
    if not all(_BARE.fullmatch(part) for part in plain.split("/")):
        return ""
    if kind in {"youtube", "youtubeplayer"}:
        return f"https://www.youtube.com/watch?v={plain}"
    if kind == "vimeo":
        return f"https://vimeo.com/{plain}"
    if kind == "gist":
        return f"https://gist.github.com/{plain}"
    if kind in {"tweet", "twitter", "x"}:
        return f"https://twitter.com/{user or 'i'}/status/{plain}"
    return ""


def picture(src: str, alt: str, caption: str) -> str:
    """An image in Markdown, with its caption."""
    said = " ".join(alt.split()).replace("[", "\\[").replace("]", "\\]")
    where = f"<{src}>" if re.search(r"[\s()]", src) else src
    under = " ".join(caption.split())
    if not under:
        return f"![{said}]({where})"
    if re.search(r"[\[\]`*_<\"\\]", under):
        return (
            f'<figure markdown="span">\n![{said}]({where})\n'
            f"<figcaption>{under}</figcaption>\n</figure>"
        )
    return f'![{said}]({where} "{under}")'
