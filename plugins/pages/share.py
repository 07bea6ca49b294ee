"""Share links: plain addresses that pass a post on. Nothing is loaded from anybody for them.

Addresses are those that the services publish for this: RFC 6068 (mailto), LinkedIn's share-offsite,
Bluesky's intent (https://docs.bsky.app/docs/advanced-guides/intent-links), and Mastodon's own page,
which asks for the reader's server and gets the text in a fragment, so that no server logs it.
"""

from __future__ import annotations

from urllib.parse import quote

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.post import ShareKind
from plugins.views import ShareView


def share_views(entry: Entry, facts: Facts) -> tuple[ShareView, ...]:
    """The ways to share a post, as the settings have them; none for a post that is not public.

    What is shared is the address that the canonical policy gives to sharing sites.
    """
    if entry.post.status != "published":
        return ()
    address = entry.policy.og_url
    title, url = quote(entry.post.title, safe=""), quote(address, safe="")
    return tuple(ShareView(kind, _url(kind, title, url) or address) for kind in facts.pages.share)


def _url(kind: ShareKind, title: str, url: str) -> str:
    """The address that shares, from the quoted title and URL; empty for the URL itself."""
    text = f"{title}%20{url}"
    return {
        "copy": "",
        "email": f"mailto:?subject={title}&body={url}",
        "linkedin": f"https://www.linkedin.com/sharing/share-offsite/?url={url}",
        "bluesky": f"https://bsky.app/intent/compose?text={text}",
        "mastodon": f"https://share.joinmastodon.org/#text={text}",
    }[kind]
