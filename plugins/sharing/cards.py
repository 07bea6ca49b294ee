"""What is on a share image, and where it is: pure functions of a post and of the brand."""

from __future__ import annotations

from dataclasses import dataclass, fields

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.palette import roles
from plugins.urls import Urls
from plugins.views import ImageView
from wording import wording_for

FOLDER = "/images/share/"
# Pixels; what Open Graph, LinkedIn and Bluesky show without cutting.
WIDTH, HEIGHT = 1200, 630
# Raised when images are drawn differently: it is in every name.
_RECIPE = 3


@dataclass(frozen=True, slots=True)
class Brand:
    """The colours of the light scheme, as #rrggbb; those of our own theme where it names none."""

    paper: str = "#fdfcfa"
    text: str = "#1b2433"
    quiet: str = "#566070"
    signal: str = "#bb371d"
    link: str = "#1d4d8f"


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one image; ``kicker`` is the series and ``byline`` the authors, if any."""

    title: str
    site: str
    kicker: str = ""
    byline: str = ""
    brand: Brand = Brand()

    @property
    def path(self) -> str:
        """Where the image is: another card has another name, so it can be cached for ever."""
        return f"{FOLDER}{digest(_RECIPE, self)}.png"


def brand_of(css: str) -> Brand:
    """The brand in a theme's stylesheet, as the theme's loader settled its colours."""
    found, own = roles(css), Brand()
    names = [field.name for field in fields(Brand)]
    return Brand(
        **{
            name: role.light if (role := found.get(f"--{name}")) else getattr(own, name)
            for name in names
        }
    )


def site_card(facts: Facts, brand: Brand) -> Card:
    """The image of the front page, and of pages without a picture."""
    return Card(facts.tagline or facts.name, facts.name, brand=brand)


def post_card(entry: Entry, facts: Facts, brand: Brand) -> Card:
    """The image of a post."""
    post = entry.post
    return Card(
        title=post.title,
        site=facts.name,
        kicker=entry.place.label(wording_for(post.lang)) if entry.place else "",
        byline=", ".join(author.name for author in post.authors),
        brand=brand,
    )


def card_view(card: Card, urls: Urls) -> ImageView:
    """The image as heads name it."""
    alt = card.title if card.site in card.title else f"{card.title} – {card.site}"
    return ImageView(urls.href(card.path), alt, WIDTH, HEIGHT)


def needs_card(image: ImageView | None) -> bool:
    """Whether sharing sites could show nothing else: no image, or one they do not take."""
    return image is None or image.src.startswith("data:") or image.src.lower().endswith(".svg")


def shared_image(brand: Brand | None, facts: Facts, entry: Entry | None = None) -> ImageView | None:
    """The picture of a page for those who share it: the post's own, or one made for it.

    Pages outside the blog's flow, and the front page, which is no entry, have that of the site.
    Without a ``brand`` nothing is made.
    """
    own = entry.image if entry else None
    if brand is None or not needs_card(own):
        return own
    is_post = entry is not None and entry.post.kind == "post"
    card = post_card(entry, facts, brand) if entry and is_post else site_card(facts, brand)
    return card_view(card, facts.urls)
