"""Pages of posts without their text, as the cache keeps them: enough to make them with another one.

A page is a pure function of its view, and of that only three values come from the text where
nothing else of the post changed. So a build in a new process can make the page of a post whose text
alone was edited without knowing anything about the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.catalogue.settings import PageSettings
from plugins.engine.gallery import Gallery
from plugins.engine.made import Keys
from plugins.engine.telling import Telling
from plugins.engine.texts import Read, Text
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.store import Store
from plugins.images.settings import ImageSettings
from plugins.images.showing import Shown
from plugins.pages.texts import Told, telling
from plugins.views import PageView, PostView, SiteView


@dataclass(frozen=True, slots=True)
class Shell:
    """The page of a post as it was made, without its text.

    ``keys`` are those of the page as a unit, and ``facets`` the digest of all of the post that is
    shown or told elsewhere (:class:`plugins.engine.texts.Text`). ``urls``, ``images`` and ``leads``
    finish the text (:class:`plugins.engine.telling.Telling`); ``toc`` says whether the writer wants
    a list of contents.
    """

    keys: Keys
    facets: str
    save_as: str
    template: str
    view: PostView | PageView
    toc: bool | None
    urls: Mapping[str, str]
    images: Mapping[str, Shown]
    leads: bool

    def telling(self, read: Read, images: ImageSettings) -> Telling:
        """The way to the finished HTML of a text that was read anew."""
        gallery = Gallery(self.images, images)
        return Telling(read.html, self.urls, gallery, self.leads, read.text.shown)

    def fill(self, text: Text, html: str, pages: PageSettings) -> PostView | PageView:
        """The view of the page with a text, of which ``html`` is finished."""
        told = Told(html, text.words, text.headings)
        return telling(self.view, told, self.toc, pages.contents_from)


def shell_of(source: str, store: Store) -> Shell | None:
    """What is kept of the page of a post; None where nothing is."""
    row = store.get("pages", source)
    found = loads(row) if row else None
    return found if isinstance(found, Shell) else None


def keep_shell(source: str, shell: Shell, store: Store) -> None:
    """Keep the page of a post."""
    store.put("pages", [(source, dumps(shell))])


def keep_frames(frames: Mapping[str, SiteView], store: Store) -> None:
    """Keep what stands around pages, by its digest, in the place of what was kept before."""
    store.put("facts", [("frames", dumps(dict(frames)))])


def frame_of(shell: Shell, store: Store) -> SiteView | None:
    """What stands around the page; None where that is not kept."""
    row = store.get("facts", "frames")
    found = loads(row).get(dict(shell.keys)["frame"]) if row else None
    return found if isinstance(found, SiteView) else None
