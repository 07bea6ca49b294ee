"""Where a page wants its webmentions sent (W3C Webmention, section 3.1.2)."""

from __future__ import annotations

from dialogue.fetch.fetcher import Response
from dialogue.webmention import document, linkheader

_REL = "webmention"


def endpoint(answer: Response) -> str | None:
    """The endpoint that the page in ``answer`` names, absolute; None where it names none.

    The first Link header counts; then the first ``link`` or ``a`` in document order that has both
    the relation and a place to lead to, be it empty.
    """
    return _in_headers(answer) or _in_page(answer)


def _in_headers(answer: Response) -> str | None:
    for link in linkheader.parse(answer.headers.get("link", "")):
        elsewhere = (
            link.anchor is not None and document.absolute(answer.url, link.anchor) != answer.url
        )
        if _REL in link.rels and not elsewhere:
            return document.absolute(answer.url, link.target)
    return None


def _in_page(answer: Response) -> str | None:
    content_type = answer.headers.get("content-type", "")
    if document.media_type(content_type, answer.body) not in document.HTML_TYPES:
        return None
    page = document.parse(answer.body, content_type, answer.url)
    for element in document.elements(page.root):
        href = element.get("href") if element.tag in ("link", "a") else None
        if href is not None and _REL in document.rels(element):
            return document.absolute(page.base, href)
    return None
