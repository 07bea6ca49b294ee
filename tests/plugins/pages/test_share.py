"""Share links: right addresses, whatever is in a title, and none for what is not public."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from plugins.catalogue.settings import PageSettings
from plugins.pages.share import share_views
from plugins.post import Original
from tests.plugins.examples import an_entry
from tests.plugins.pages.sites import FACTS

ALL = ("email", "linkedin", "bluesky", "mastodon", "copy")
TITLE = "Fish & chips? 100% #1 “ü”\r\nBcc: a@b.example"
ADDRESS = "https://blog.example.com/a-post/"


def links(kinds: tuple[str, ...] = ALL, **changes: object) -> dict[str, str]:
    """The share links of a post by kind."""
    facts = replace(FACTS, pages=PageSettings(share=kinds))  # type: ignore[arg-type]
    views = share_views(an_entry(**changes), facts)  # type: ignore[arg-type]
    return {view.kind: view.url for view in views}


def test_title_and_address_arrive_whole() -> None:
    """Whatever a title holds ends up in one parameter, and adds no other."""
    made = links(title=TITLE)
    mail = urlsplit(made["email"])
    assert (mail.scheme, mail.path) == ("mailto", "")
    assert parse_qs(mail.query, strict_parsing=True) == {"subject": [TITLE], "body": [ADDRESS]}
    assert parse_qs(urlsplit(made["linkedin"]).query) == {"url": [ADDRESS]}
    assert parse_qs(urlsplit(made["bluesky"]).query) == {"text": [f"{TITLE} {ADDRESS}"]}
    mastodon = urlsplit(made["mastodon"])
    assert (mastodon.query, unquote(mastodon.fragment)) == ("", f"text={TITLE} {ADDRESS}")
    assert made["copy"] == ADDRESS
    assert all("\n" not in url and " " not in url for url in made.values())


def test_the_canonical_policy_says_what_is_shared() -> None:
    """A post that is credited elsewhere is shared as its share tags say."""
    entry = an_entry(original=Original("https://other.example/x"))
    [view] = share_views(entry, replace(FACTS, pages=PageSettings(share=("copy",))))
    assert view.url == entry.policy.og_url


@pytest.mark.parametrize("status", ["draft", "scheduled", "hidden"])
def test_what_is_not_public_is_not_passed_on(status: str) -> None:
    """Nobody is invited to share a page that is not to be found."""
    assert links(status=status) == {}


def test_settings_choose_and_misspelt_ones_stop() -> None:
    """The order is the writer's; an unknown service is named with those that exist."""
    assert list(links(("copy", "email"))) == ["copy", "email"]
    assert links(()) == {}
    with pytest.raises(ValueError, match="'myspace' is not known; choose among email, linkedin"):
        PageSettings(share=("myspace",))  # type: ignore[arg-type]
