"""What crawlers are asked."""

from urllib.robotparser import RobotFileParser

from plugins.discovery.robots import robots_txt


def rules(text: str) -> RobotFileParser:
    """The rules as a crawler reads them."""
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser


def test_everything_may_be_read_and_the_sitemap_is_named() -> None:
    """A crawler may fetch any page, and finds the sitemap at its absolute address."""
    found = rules(robots_txt("https://example.org/blog"))
    assert found.can_fetch("Anybot", "https://example.org/blog/a-post/")
    assert found.site_maps() == ["https://example.org/blog/sitemap.xml"]


def test_a_preview_is_left_alone() -> None:
    """Nothing of a preview may be fetched, and no sitemap invites to it."""
    found = rules(robots_txt("https://example.org", preview=True))
    assert not found.can_fetch("Anybot", "https://example.org/")
    assert found.site_maps() is None


def test_what_is_no_page_can_be_kept_out() -> None:
    """Paths are below the site's own, and cannot add lines or wildcards of their own."""
    text = robots_txt(
        "https://example.org/blog", disallow=["/dialogue/", "/a*$\nAllow: /dialogue/"]
    )
    assert text.count("\n") == 5
    assert "Disallow: /blog/a%2A%24%0AAllow:%20/dialogue/\n" in text
    found = rules(text)
    assert not found.can_fetch("Anybot", "https://example.org/blog/dialogue/form")
    assert found.can_fetch("Anybot", "https://example.org/blog/")
