"""Every way a page can say where its webmentions go (W3C 3.1.2), fetched from a server.

The cases are those of the public test suite at webmention.rocks, in its order, and our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dialogue.fetch.fetcher import fetch
from dialogue.webmention.discovery import endpoint
from tests.dialogue.web import Answer, Request, web

HTML = "text/html; charset=utf-8"
RIGHT, WRONG = "/endpoint", "/error"
Headers = Mapping[str, str | Sequence[str]]


def discover(body: str, headers: Headers | None = None, path: str = "/post") -> str | None:
    """The endpoint that a page names, as a path; {site} in what it says is the server's address."""

    def answer(request: Request) -> Answer:
        if request.path == "/moved":
            return Answer(302, {"Location": "/deep/er/page"})
        said = {name: _filled(value, site.url) for name, value in (headers or {}).items()}
        return Answer(
            200, {"Content-Type": HTML, **said}, body.replace("{site}", site.url).encode()
        )

    with web(answer) as site:
        found = endpoint(fetch(site.url + path, limits=site.limits))
        return found.removeprefix(site.url) if found is not None else None


def _filled(value: str | Sequence[str], site: str) -> list[str]:
    return [each.replace("{site}", site) for each in ([value] if isinstance(value, str) else value)]


# By number: the headers of the page and its body. All lead to RIGHT but the three named below.
ROCKS: dict[int, tuple[Headers, str]] = {
    1: ({"Link": "</endpoint>; rel=webmention"}, ""),
    2: ({"Link": "<{site}/endpoint>; rel=webmention"}, ""),
    3: ({}, '<link rel="webmention" href="/endpoint">'),
    4: ({}, '<link href="{site}/endpoint" rel="webmention">'),
    5: ({}, '<p>My <a rel="webmention" href="/endpoint">endpoint</a>'),
    6: ({}, '<p>My <a href="{site}/endpoint" rel="webmention">endpoint</a>'),
    7: ({"LinK": "<{site}/endpoint>; rel=webmention"}, ""),
    8: ({"Link": '<{site}/endpoint>; rel="webmention"'}, ""),
    9: ({}, '<link rel="webmention somethingelse" href="{site}/endpoint">'),
    10: ({"Link": '<{site}/endpoint>; rel="webmention somethingelse"'}, ""),
    11: (
        {"Link": '</endpoint>; rel="webmention"'},
        '<link rel="webmention" href="/error"><a rel="webmention" href="/error">x</a>',
    ),
    12: ({}, '<link rel="not-webmention" href="/error"><a rel="webmention" href="/endpoint">x</a>'),
    13: (
        {},
        '<p><!-- <a href="/error" rel="webmention"></a> --><a href="/endpoint" rel="webmention">x</a>',
    ),
    14: (
        {},
        '<code>&lt;a href="/error" rel="webmention"&gt;&lt;/a&gt;</code>'
        '<a href="/endpoint" rel="webmention">x</a>',
    ),
    15: ({}, '<link rel="webmention" href="">'),
    16: ({}, '<p><a href="/endpoint" rel="webmention">x</a> <link rel="webmention" href="/error">'),
    17: ({}, '<p><link rel="webmention" href="/endpoint"> <a href="/error" rel="webmention">x</a>'),
    18: ({"Link": ['<{site}/error>; rel="other"', '<{site}/endpoint>; rel="webmention"']}, ""),
    19: ({"Link": '<{site}/error>; rel="other", <{site}/endpoint>; rel="webmention"'}, ""),
    20: ({}, '<link rel="webmention"><a href="/endpoint" rel="webmention">x</a>'),
    21: ({}, '<link rel="webmention" href="/endpoint?query=yes">'),
    22: ({}, '<link rel="webmention" href="post/endpoint">'),
    23: ({}, '<link rel="webmention" href="page/endpoint/new">'),
}
ELSEWHERE = {15: "/post", 21: "/endpoint?query=yes", 22: "/post/endpoint"}


@pytest.mark.parametrize("number", ROCKS)
def test_discovery_as_the_public_suite_has_it(number: int) -> None:
    """Each case in its order; the last one is behind a redirect, and relative to where it leads."""
    headers, body = ROCKS[number]
    if number == 23:
        assert discover(body, headers, "/moved") == "/deep/er/page/endpoint/new"
    else:
        assert discover(body, headers) == ELSEWHERE.get(number, RIGHT)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no HTML at all",
        '<a href="/error">webmention</a>',
        '<template><a rel="webmention" href="/error">x</a></template>',
        '<textarea><a rel="webmention" href="/error">x</a></textarea>',
        '<script>"<a rel=webmention href=/error>"</script>',
        '<style><link rel="webmention" href="/error"></style>',
        '<b rel="webmention" href="/error">x</b>',
        '<form rel="webmention" action="/error"></form>',
        '<link rel="web mention" href="/error">',
        '<link rel="http://webmention.org/" href="/error">',
    ],
)
def test_what_names_no_endpoint(body: str) -> None:
    """Text, templates, other elements and other relations do not."""
    assert discover(body) is None


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, '<LINK REL="WebMention" HREF="/endpoint">'),
        ({}, "<link rel='nofollow\tWEBMENTION\n' href=' /endpoint '>"),
        ({}, '<base href="{site}/"><link rel="webmention" href="endpoint">'),
        ({"Link": '</endpoint>; title="a, b; <c>"; REL="WebMention"'}, ""),
        ({"Link": "</endpoint>;rel=webmention;rel=other"}, ""),
        ({"Link": "garbage, </endpoint> ; rel = webmention"}, ""),
        ({"Link": ["</error>; rel=webmention; anchor=/other", "</endpoint>; rel=webmention"]}, ""),
        ({"Link": '</error>; rel="other"; rel="webmention", </endpoint>; rel="webmention"'}, ""),
        ({"Content-Type": "application/xhtml+xml"}, '<link rel="webmention" href="/endpoint"/>'),
    ],
)
def test_unusual_ways_to_say_it(headers: Headers, body: str) -> None:
    """Capitals, white space, quotes, a base, links of other pages, XHTML."""
    assert discover(body, headers) == RIGHT


def test_a_page_that_is_no_html_speaks_by_its_headers_only() -> None:
    """A text that shows some HTML is a text."""
    body = '<link rel="webmention" href="/error">'
    assert discover(body, {"Content-Type": "text/plain"}) is None
    link = {"Content-Type": "application/pdf", "Link": "</endpoint>; rel=webmention"}
    assert discover(body, link) == RIGHT


def test_an_endpoint_of_another_site_is_as_good() -> None:
    """Whether it may be connected to is for the fetch to say."""
    body = '<link rel="webmention" href="https://elsewhere.example/mention?for=a&amp;b">'
    assert discover(body) == "https://elsewhere.example/mention?for=a&b"
