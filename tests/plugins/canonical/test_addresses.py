"""Web addresses, ours and other people's."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.canonical.addresses import (
    absolute,
    is_below,
    quote_path,
    resolve,
    site_label,
    web_url,
)

# Lone surrogates too: a YAML escape can make them.
# All but what is refused: control characters, lone surrogates and the backslash.
printable = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\"))
anything = st.text(st.characters())


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/", "https://example.org/blog/"),
        ("/a-post/", "https://example.org/blog/a-post/"),
        ("/über uns/", "https://example.org/blog/%C3%BCber%20uns/"),
        ("/%c3%bcber/", "https://example.org/blog/%C3%BCber/"),
        ("/100%/", "https://example.org/blog/100%25/"),
        ("/what?/#1/", "https://example.org/blog/what%3F/%231/"),
        ('/"<b>/', "https://example.org/blog/%22%3Cb%3E/"),
    ],
)
def test_a_path_of_ours_becomes_absolute(path: str, url: str) -> None:
    """The path part of the site's address is kept, and what no URL contains is encoded."""
    assert absolute("https://example.org/blog", path) == url


@given(anything)
def test_encoding_a_path_twice_changes_nothing(text: str) -> None:
    """Any text becomes printable ASCII without spaces or quotes, the same the second time."""
    once = quote_path(text)
    assert quote_path(once) == once
    assert once.isascii()
    assert not set(once) & set('"<>\\^`{|} \n\t\x7f')


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/blog/a.png", "https://example.org/blog/a.png"),
        ("https://cdn.example/ä.png", "https://cdn.example/%C3%A4.png"),
    ],
)
def test_a_link_that_readers_follow_becomes_absolute(href: str, url: str) -> None:
    """A root-relative link already has the site's path part, which is not added again."""
    assert resolve("https://example.org/blog", href) == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("//asabell.example/a-seismic-shift", "https://asabell.example/a-seismic-shift"),
        (" https://example.org ", "https://example.org/"),
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        (
            "https://bücher.example/ä b?q=ü b#c",
            "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC%20b",
        ),
        ("https://example.org/a/./b/../c/..", "https://example.org/a/"),
        ("https://example.org/%2e%2E/a", "https://example.org/a"),
        ("https://example.org//other.example//x", "https://example.org//other.example//x"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://example.org/?a=1&b='\"", "https://example.org/?a=1&b='%22"),
    ],
)
def test_an_address_has_one_spelling(written: str, url: str) -> None:
    """The ways to write one address become one, and that one stays as it is."""
    assert web_url(written) == url
    assert web_url(url) == url


@pytest.mark.parametrize(
    "written",
    [
        *("", "a-post", "/a-post/", "http:/example.org", "https://", "https:///x", "https://?a"),
        *("ftp://example.org/", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.org"),
        *(
            "https://a:b@example.org",
            "https://user@example.org/",
            "https://example.org\\@evil.test/",
        ),
        *("https://exa\nmple.org", "https://example.org/\x00", "https://example.org/\x85a"),
        *("https://example.org:99999/", "https://example.org:x/", "https://[::1"),
        *("https://ex℀mple.com/", "https://exa mple.org/", "https://%65xample.org/"),
    ],
)
def test_what_is_no_web_address_is_refused(written: str) -> None:
    """Relative, hidden, ambiguous and foreign forms raise ValueError that says what is wrong."""
    with pytest.raises(ValueError, match=r"^(is not|contains|has|names) "):
        web_url(written)


@given(printable, printable, printable)
def test_whatever_follows_the_host_stays_on_it(path: str, query: str, fragment: str) -> None:
    """No path, query or fragment can lead to another host or break out of an attribute."""
    url = web_url(f"https://example.org/{path}?{query}#{fragment}")
    assert urlsplit(url).netloc == "example.org"
    assert url.isascii()
    assert not set(url) & set('"<>\\ \n\t#')
    assert web_url(url) == url


def test_a_site_is_named_by_its_host() -> None:
    """The label drops ``www.`` and shows a port, which tells two sites of a host apart."""
    assert site_label("https://www.example.org/a/b") == "example.org"
    assert site_label("http://localhost:8000/") == "localhost:8000"
    assert site_label("https://xn--bcher-kva.example/") == "bücher.example"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://example.org/blog", True),
        ("https://example.org/blog/a", True),
        ("http://www.example.org/blog/a", True),
        ("https://example.org/blogs", False),
        ("https://example.org/", False),
        ("https://other.example/blog/a", False),
        ("https://example.org:8443/blog/a", False),
    ],
)
def test_a_site_below_a_path_has_neighbours(url: str, ours: bool) -> None:
    """Only what is below the site's own path is ours."""
    assert is_below(url, "https://example.org/blog") is ours
