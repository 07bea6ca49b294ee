"""The settings of the canonical policy."""

from typing import Any

import pytest

from plugins.canonical.settings import CanonicalSettings
from plugins.errors import SettingsError


@pytest.mark.parametrize(
    "url", ["https://example.org", "https://example.org/blog", "http://localhost:8000"]
)
def test_a_production_address_is_accepted(url: str) -> None:
    """An absolute address without a trailing slash is what is asked for."""
    assert CanonicalSettings(url).site_url == url


@pytest.mark.parametrize(
    ("settings", "field", "advice"),
    [
        ({"site_url": ""}, "site_url", "https://example.org"),
        ({"site_url": "example.org"}, "site_url", "https://example.org"),
        ({"site_url": "/blog"}, "site_url", "https://example.org"),
        ({"site_url": "https://example.org/"}, "site_url", "'https://example.org'"),
        ({"site_url": "//example.org"}, "site_url", "'https://example.org'"),
        ({"site_url": "https://Bücher.example"}, "site_url", "'https://xn--bcher-kva.example'"),
        ({"site_url": "https://example.org?a=1"}, "site_url", "https://example.org"),
        ({"site_url": "https://a:b@example.org"}, "site_url", "https://example.org"),
        ({"share": "theirs"}, "share", "'own' or 'original'"),
        ({"own_hosts": ("https://old.example/",)}, "own_hosts", "old.example.org"),
        ({"own_hosts": ("Old.Example",)}, "own_hosts", "'old.example'"),
        ({"own_hosts": "old.example"}, "own_hosts", "('old.example',)"),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    settings: dict[str, Any], field: str, advice: str
) -> None:
    """One problem names the setting and says what to write instead."""
    with pytest.raises(SettingsError) as raised:
        CanonicalSettings(**{"site_url": "https://example.org", **settings})
    (problem,) = raised.value.problems
    assert problem.field == f"CANONICAL.{field}"
    assert advice in problem.hint


@pytest.mark.parametrize(
    ("site", "url", "ours"),
    [
        ("https://example.org", "https://example.org/a/", True),
        ("https://example.org", "http://www.example.org/a/", True),
        ("https://www.example.org", "https://example.org/", True),
        ("https://example.org", "https://old.example/any/", True),
        ("https://example.org", "https://www.old.example:8080/", True),
        ("https://example.org", "https://example.org.evil.example/", False),
        ("https://example.org", "https://other.example/example.org/", False),
        ("https://example.org", "https://shop.example.org/", False),
        ("https://example.org/blog", "https://example.org/blog", True),
        ("https://example.org/blog", "https://example.org/blog/a/", True),
        ("https://example.org/blog", "https://example.org/blogging/", False),
        ("https://example.org/blog", "https://example.org/news/a/", False),
    ],
)
def test_what_is_ours(site: str, url: str, ours: bool) -> None:
    """Everything below the site's address and on its other hosts; not its neighbours."""
    assert CanonicalSettings(site, own_hosts=("old.example",)).is_ours(url) is ours
