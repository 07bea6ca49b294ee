"""Which URLs are one and the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import urls


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org.:80/a", "http://example.org/a"),
        ("https://example.org/%7euser", "https://example.org/~user"),
        ("https://example.org/%c3%a9", "https://example.org/é"),
        ("https://example.org/a?b=c d", "https://example.org/a?b=c%20d"),
        ("https://example.org/a#b", "https://example.org/a"),
    ],
)
def test_spellings_of_one_url(one: str, other: str) -> None:
    """Capitals of the host, ports, escapes and fragments make no difference."""
    assert urls.same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "http://example.org/a"),
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a?b", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://[::1", "https://[::1"),
    ],
)
def test_different_urls(one: str, other: str) -> None:
    """Schemes, slashes and queries do; what is no URL is not even the same as itself."""
    assert not urls.same(one, other)


@pytest.mark.parametrize(
    "url",
    [
        "http://blog.example/post", "https://blog.example/post/", "https://BLOG.example/post/index.html",
        "https://blog.example/post/?utm_source=x", "https://blog.example:443/post#reply-1",
    ],
)  # fmt: skip
def test_addresses_of_one_page(url: str) -> None:
    """Sites answer all of them with the same page."""
    assert urls.page(url) == urls.page("https://blog.example/post/")


@pytest.mark.parametrize("url", ["https://blog.example/", "https://blog.example/post-2/",
                                 "https://other.example/post/", "https://blog.example/post/more/"])  # fmt: skip
def test_addresses_of_other_pages(url: str) -> None:
    """A page is not the one above it, nor one whose address it begins."""
    assert urls.page(url) != urls.page("https://blog.example/post/")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "missing"), ("  ", "missing"), ("mailto:me@example.org", "no http"), ("/post/", "no http"),
        ("https://", "no http"), ("https://a b/", "no http"), ("https://a:b@example.org/", "no http"),
        ("javascript:alert(1)//https://x", "no http"), ("https://x:99999999/", "no http"),
        ("https://x:0/", "no http"), ("https://x/" + "a" * 2000, "longer than 2000"),
        ("https://x/\nb", "no http"),
    ],
)  # fmt: skip
def test_what_is_no_url_of_the_web(url: str, message: str) -> None:
    """The message says why."""
    with pytest.raises(ValueError, match=message):
        urls.checked(url)


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """And one that is not refused has a normal form, which is its own normal form."""
    for url in (text, f"https://example.org/{text}"):
        try:
            found = urls.normal(urls.checked(url))
        except ValueError:
            continue
        assert urls.normal(found) == found
