"""What is known of the images that posts and pages show, put into their HTML and views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from plugins.images.kinds import is_raster
from plugins.images.settings import ImageSettings
from plugins.images.showing import Shown, complete
from plugins.post import Body, Picture
from plugins.urls import bare
from plugins.views import ImageView

# How wide pictures of people are shown: that of `.portrait` in the theme.
_PORTRAIT = "4.5rem"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The images of a site that are in use, by URL."""

    shown: Mapping[str, Shown]
    settings: ImageSettings

    def body(self, html: str, *, leads: bool = False) -> str:
        """The HTML of a body with its images completed; ``leads``: no image is shown before it."""
        return complete(html, self._find_pixels, self.settings.text_sizes, leads=leads)

    def known(self, urls: Iterable[str]) -> tuple[str, ...]:
        """What :meth:`body` adds to the images at these URLs, in words to make a digest of."""
        return tuple(_told(url, self._find_pixels(url)) for url in urls)

    def only(self, urls: Iterable[str]) -> Mapping[str, Shown]:
        """What is known of the images at these URLs: enough of a gallery to find them in."""
        found = {bare(url): self._find(url) for url in urls}
        return {url: shown for url, shown in found.items() if shown is not None}

    def text(self, body: Body) -> Body:
        """The text above a list, completed."""
        return body.with_html(self.body(body.html))

    def lead(self, picture: Picture | None, url: str) -> ImageView | None:
        """The image at the head of its page."""
        return self._view(picture, url, self.settings.lead_sizes)

    def thumb(self, picture: Picture | None, url: str) -> ImageView | None:
        """The same image in a list."""
        return self._view(picture, url, self.settings.card_sizes)

    def portrait(self, picture: Picture | None, url: str) -> ImageView | None:
        """The picture of a person, shown as small as the theme's `.portrait`."""
        return self._view(picture, url, _PORTRAIT)

    def _view(self, picture: Picture | None, url: str, sizes: str) -> ImageView | None:
        if picture is None or not url:
            return None
        shown = self._find(url) or Shown()
        return ImageView(
            url,
            picture.alt,
            shown.width,
            shown.height,
            picture.caption,
            shown.srcset,
            sizes if shown.srcset else "",
        )

    def _find_pixels(self, url: str) -> Shown | None:
        """Without the size of a drawing: it would no longer grow to the width of the text."""
        shown = self._find(url)
        return Shown() if shown and not is_raster(bare(url)) else shown

    def _find(self, url: str) -> Shown | None:
        return self.shown.get(bare(url))


@lru_cache(maxsize=4096)  # many posts may show one image
def _told(url: str, shown: Shown | None) -> str:
    return repr((url, shown))
