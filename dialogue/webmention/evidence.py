"""Whether a page mentions ours, by the rules of its media type (W3C Webmention, section 3.2.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urldefrag

import idna

from dialogue import urls
from dialogue.fetch.fetcher import Response
from dialogue.webmention import document

_URL = re.compile(r"https?://[^\s<>\"'`]+", re.I)
# What ends a sentence or a bracket around a URL rather than the URL.
_AFTER = ".,;:!?)]}*_"
# More is on no page that people read; each costs some time.
_MOST_LINKS, _MOST_TAGS = 20_000, 100_000
_GONE = re.compile(r"\s*410\b")


class UnsupportedTypeError(Exception):
    """The page is of a kind that we cannot find links in."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source says about a target.

    ``exact`` is true where it has the very URL that was named to us, ``there`` where it links to
    that page at all. A mention begins with the first and ends with the second: else anybody could
    end it by naming the page by another of its URLs. ``gone`` is true where the source says that
    it was deleted, as pages do whose host cannot answer with a status.
    """

    exact: bool
    there: bool
    gone: bool = False


def find(answer: Response, target: str) -> Evidence:
    """What the page in ``answer`` says about ``target``; raises :class:`UnsupportedTypeError`."""
    content_type = answer.headers.get("content-type", "")
    kind = document.media_type(content_type, answer.body)
    if kind in document.HTML_TYPES:
        if answer.body.count(b"<") > _MOST_TAGS:
            raise UnsupportedTypeError("it has more elements than any page that people read")
        page = document.parse(answer.body, content_type, answer.url)
        found = _compare((url for _, url in document.links(page)), target)
        return Evidence(found.exact, found.there, _says_gone(page))
    if kind == "application/json" or kind.endswith("+json"):
        return _compare(_strings(answer.body, content_type), target)
    if kind.startswith("text/"):
        text = document.text_of(answer.body, content_type)
        return _compare((url.rstrip(_AFTER) for url in _URL.findall(text)), target, _open(target))
    raise UnsupportedTypeError(f"it is {kind}, in which we do not look for links")


def may_mention(answer: Response, target: str) -> bool:
    """Whether it is worth a closer look: the host of ``target`` is named, or is the page's own.

    Most of what is sent without a link is told by this, at a fraction of the cost of parsing it.
    """
    place = urls.host(urls.normal(target))
    if urls.host(urls.normal(answer.url)) == place:
        return True
    body = answer.body.replace(b"\0", b"").lower()
    return place.encode() in body or _decoded(place).encode() in body


def _decoded(host: str) -> str:
    """``host`` as people write it."""
    try:
        return str(idna.decode(host))
    except idna.IDNAError:
        return host


def is_exact(url: str, target: str) -> bool:
    """Whether ``url`` is ``target`` but for its spelling; the fragment is a part of it."""
    return urls.same(url, target) and urldefrag(url).fragment == urldefrag(target).fragment


def _compare(found: Iterable[str], target: str, extra: str | None = None) -> Evidence:
    """``extra`` is another spelling of ``target`` that counts as exact."""
    pages = {urls.page(url) for url in (target, extra) if url is not None}
    there = False
    for url in islice(found, _MOST_LINKS):
        if not any(urls.is_at(url, page) for page in pages):
            continue
        if is_exact(url, target) or (extra is not None and is_exact(url, extra)):
            return Evidence(exact=True, there=True)
        there = True
    return Evidence(exact=False, there=there)


def _open(target: str) -> str:
    """``target`` as it is found in plain text, where its own last dots may end a sentence."""
    return target.rstrip(_AFTER)


def _strings(body: bytes, content_type: str) -> Iterator[str]:
    """All values of a JSON document that are text; none where it is no JSON."""
    try:
        waiting: list[Any] = [json.loads(document.text_of(body, content_type))]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _says_gone(page: document.Page) -> bool:
    return any(
        element.tag == "meta"
        and (element.get("http-equiv") or "").strip().lower() == "status"
        and _GONE.match(element.get("content") or "") is not None
        for element in document.elements(page.root)
    )
