"""Where the site lives."""

import pytest

from plugins.urls import Urls, file_of


@pytest.mark.parametrize(
    ("site", "href", "absolute"),
    [
        ("https://example.org", "/a/", "https://example.org/a/"),
        ("https://example.org/blog", "/blog/a/", "https://example.org/blog/a/"),
    ],
)
def test_a_path_becomes_a_link_and_an_address(site: str, href: str, absolute: str) -> None:
    """Readers follow links below the path of the site; others get the production address."""
    urls = Urls(site)
    assert (urls.href("/a/"), urls.absolute("/a/")) == (href, absolute)


def test_what_no_address_may_contain_is_encoded() -> None:
    """Letters of other scripts and spaces are; what is encoded already stays as it is."""
    assert Urls("https://example.org").href("/ü b/%20/?q=1#x") == "/%C3%BC%20b/%20/?q=1#x"


@pytest.mark.parametrize(
    ("url", "file"),
    [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/a/b.html", "a/b.html")],
)
def test_a_page_has_its_file(url: str, file: str) -> None:
    """A URL that ends in a slash is a folder's index."""
    assert file_of(url) == file
