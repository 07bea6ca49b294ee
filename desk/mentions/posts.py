"""The posts of a built site, and where each of them leads, read from its pages.

The pages are what receivers will read, so they say what counts: the content of an ``h-entry`` at its
own canonical address. A post first published elsewhere is canonical there and mentioned its links
from there; a page that search engines shall not find is not announced to anybody either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urljoin

from lxml import etree

from desk.errors import DeskError
from dialogue.webmention import document
from dialogue.webmention.document import Page

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its URL, the other sites' pages it links to in their order, a digest of its content.

    ``published`` is its date as YYYY-MM-DD, empty without one.
    """

    url: str
    links: tuple[str, ...]
    digest: str
    published: str


def posts(output: Path) -> Iterator[Post]:
    """Every post in the folder of a built site; raises :class:`DeskError` where there is none."""
    site = site_of(output)
    found = False
    for file in sorted(output.rglob("index.html")):
        data = file.read_bytes()
        if b"e-content" not in data:
            continue
        path = file.parent.relative_to(output).as_posix()
        url = urljoin(site, f"{quote(path)}/" if path != "." else "")
        page = document.parse(data, _HTML, url)
        post = _post(page, url, site)
        found = found or post is not None
        if post is not None and _is_announced(page, url):
            yield post
    if not found:
        raise DeskError(f"no page in {output} is a post; its theme has to mark them as h-entry")


def read(data: bytes, url: str, site: str) -> Post | None:
    """The post on the page ``data`` at ``url``, which belongs to ``site``; None if it is none."""
    return _post(document.parse(data, _HTML, url), url, site)


def _post(page: Page, url: str, site: str) -> Post | None:
    content = _content(page)
    if content is None:
        return None
    inside = document.links(Page(content, page.base))
    links = tuple(dict.fromkeys(link for element, link in inside if element.tag == "a"))
    # Words and links, not their markup: a new theme changes no post.
    words = " ".join("".join(map(str, content.itertext())).split())
    return Post(
        url=url,
        links=tuple(link for link in links if _is_elsewhere(link, site)),
        digest=sha256("\n".join((words, *links)).encode()).hexdigest(),
        published=_published(page),
    )


def site_of(output: Path) -> str:
    """The address of the site, with a slash at its end: the canonical one of its home page."""
    home = output / "index.html"
    try:
        data = home.read_bytes()
    except OSError as error:
        raise DeskError(f"there is no {home}; build the site first") from error
    canonical = _canonical(document.parse(data, _HTML, ""))
    if not canonical.startswith(("http://", "https://")):
        raise DeskError(
            f"{home} names no canonical address; set SITEURL and build with make publish"
        )
    return f"{canonical.rstrip('/')}/"


def _content(page: Page) -> etree._Element | None:
    """The first content of an entry that is no quotation of another site's."""
    for element in document.elements(page.root):
        if "e-content" not in _classes(element):
            continue
        around = [_classes(each) for each in element.iterancestors()]
        if any("h-entry" in classes for classes in around) and not any(
            "h-cite" in classes for classes in around
        ):
            return element
    return None


def _is_announced(page: Page, url: str) -> bool:
    """Whether the page is the original of what is on it, and may be found."""
    hidden = any(
        element.tag == "meta"
        and (element.get("name") or "").lower() == "robots"
        and "noindex" in (element.get("content") or "").lower()
        for element in document.elements(page.root)
    )
    return not hidden and _canonical(page) == url


def _canonical(page: Page) -> str:
    for element in document.elements(page.root):
        if element.tag == "link" and "canonical" in document.rels(element):
            return document.absolute(page.base, element.get("href") or "")
    return ""


def _is_elsewhere(link: str, site: str) -> bool:
    return link.startswith(("http://", "https://")) and not _bare(link).startswith(_bare(site))


def _bare(url: str) -> str:
    """``url`` without its scheme: a site is the same at both."""
    return url.partition("://")[2].lower()


def _published(page: Page) -> str:
    for element in document.elements(page.root):
        if "dt-published" in _classes(element):
            return (element.get("datetime") or "")[:10]
    return ""


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())
