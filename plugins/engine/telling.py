"""The finished text of a post: a way to its HTML, and what that is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plugins.engine.gallery import Gallery
from plugins.images.showing import Shown
from plugins.markup.links import rewrite


@dataclass(frozen=True, slots=True)
class Telling:
    """A way to the finished HTML of a body: ``urls`` are those of the addresses in it.

    ``shown`` are the addresses of its images, as written. ``leads`` says that no image is shown
    before it.
    """

    html: Callable[[], str]
    urls: Mapping[str, str]
    gallery: Gallery
    leads: bool
    shown: tuple[str, ...]

    def unlinked(self) -> str:
        """The HTML as it was read, with the same words."""
        return self.html()

    def __call__(self) -> str:
        """The HTML with references resolved and images completed."""
        html = self.html()
        moved = any(url != address for address, url in self.urls.items())
        linked = rewrite(html, lambda address: self.urls.get(address, address)) if moved else html
        return self.gallery.body(linked, leads=self.leads)

    def images(self) -> Mapping[str, Shown]:
        """What is known of its images."""
        written = {address for src in self.shown for address in (src, src.strip())}
        return self.gallery.only({self.urls.get(address, address) for address in written} | written)

    def finished(self, body: str) -> tuple[object, ...]:
        """All that the finished HTML of a text is made from; ``body`` is the digest of that."""
        images = self.gallery.known(self.urls.get(src.strip(), src) for src in self.shown)
        return body, tuple(self.urls.items()), images, self.leads
