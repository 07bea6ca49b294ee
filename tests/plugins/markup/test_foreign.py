"""What texts need of other hosts, and the code in them."""

from __future__ import annotations

import pytest

from plugins.markup.foreign import NOTHING, foreign_of, origin_of, together


def test_what_a_text_shows_is_needed() -> None:
    """Each kind by its own host; what is of this site needs nothing."""
    found = together(
        map(
            foreign_of,
            [
                '<p><img src="https://i.example/a.png" alt=""> <img src="/own.png" alt=""></p>',
                '<img srcset="https://j.example/a.png 1x, //k.example/b.png 2x" src="/a.png" alt="">',
                '<iframe src="https://www.video.example:8443/embed/1?a=//b"></iframe>',
                '<video poster="https://p.example/p.jpg"><source src="https://m.example/a.mp4"></video>',
                '<picture><source srcset="https://s.example/a.avif"><img src="/b.png" alt=""></picture>',
            ],
        ),
        ["https://lead.example/x.jpg", "/images/own.jpg"],
    )
    hosts = ("i", "j", "k", "lead", "p", "s")
    assert found.images == tuple(f"https://{name}.example" for name in hosts)
    assert found.frames == ("https://www.video.example:8443",)
    assert found.media == ("https://m.example",)
    assert not found.style


def test_plain_texts_need_nothing() -> None:
    """Links to other sites are followed, not loaded; code that is shown is text."""
    text = '<p><a href="https://x.example/">x</a> <code>&lt;iframe src="https://y.example"></code>'
    assert foreign_of(text) == NOTHING


def test_a_style_attribute_is_seen() -> None:
    """The policy has to know."""
    assert foreign_of('<p style="color: red">x</p>').style


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://A.Example/b?c#d", "https://a.example"),
        ("//a.example:443/b", "https://a.example:443"),
        ("http://a.example", "http://a.example"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("https://user:pass@a.example/", "https://a.example"),
        ("/a", ""),
        ("data:image/png;base64,AA", ""),
        ("javascript://a.example/%0aalert(1)", ""),
        ("https://a.example; script-src *", ""),
        ("https://a'b/", ""),
        ("https://[::1", ""),
        ("https://a.example:port/", ""),
    ],
)
def test_an_origin_is_only_what_a_policy_may_hold(url: str, origin: str) -> None:
    """Nothing that could end a directive gets through."""
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("html", "what", "source"),
    [
        ("<script>go()</script>", "a script in the text", ""),
        ('<script async src="//w.example/w.js"></script>', "a script from", "https://w.example"),
        ("<p onclick=go()>x</p>", "an onclick attribute", ""),
        ("<style>p{}</style>", "a style element", ""),
        ('<object data="/a.swf"></object>', "an object element", ""),
        (
            '<form action="https://f.example/"></form>',
            "a form that sends to https://f.example",
            "https://f.example",
        ),
    ],
)
def test_code_is_refused(html: str, what: str, source: str) -> None:
    """And named in words, with the host that would have to be allowed."""
    [found] = foreign_of(f"<p>before</p>{html}").refused
    assert what in found.what
    assert found.source == source


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/own.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '<form action="/dialogue/reply"></form>',
    ],
)
def test_what_runs_is_not_refused(html: str) -> None:
    """Files of the site, data, and forms to the site."""
    assert foreign_of(html).refused == ()
