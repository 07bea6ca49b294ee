"""Every image that posts and pages show: made ready once, and put into their HTML and views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plugins.engine.gallery import Gallery
from plugins.engine.linking import LinkIndex
from plugins.errors import Problem
from plugins.images.alternatives import unnamed_images, unnamed_lead
from plugins.images.kinds import is_raster
from plugins.images.making import HINT, Fault, Ready, find_faults, make_ready
from plugins.images.measuring import measure
from plugins.images.settings import ImageSettings
from plugins.images.showing import Shown, image_addresses
from plugins.images.sniffing import why_not_shown
from plugins.markup.links import references
from plugins.post import Body, Frozen, Link, Post
from plugins.posts.ledger import ledger_of
from plugins.series.model import Series
from plugins.urls import Urls, bare, decoded

_LOCATED = (
    "tells everybody where it was taken",
    "export it without its location; the smaller versions made of it have none",
)


class Use(NamedTuple):
    """An image used in the file ``source``, on ``line``: the URL it is found at.

    It is ``whole`` where the page names this one file, which then has its size and versions.
    """

    url: str
    source: str
    line: int
    whole: bool = True


def covers(gallery: Gallery, uses: Mapping[Series, Use]) -> tuple[Frozen, Frozen]:
    """The lead images of series by the URL of the series: on its page, and in a list."""
    return (
        Frozen({one.url: gallery.lead(one.image, use.url) for one, use in uses.items()}),
        Frozen({one.url: gallery.thumb(one.image, use.url) for one, use in uses.items()}),
    )


def body_uses(html: str, body: Body, source: str, index: LinkIndex) -> Iterator[Use]:
    """The images in ``html``, the body of ``source`` with its references resolved."""
    others = tuple(ref.value for ref in references(html) if ref.kind == "image")
    yield from text_uses(tuple(image_addresses(html)), others, {}, body.links, source, index)


def text_uses(
    shown: Sequence[str],
    pictured: Sequence[str],
    urls: Mapping[str, str],
    links: Sequence[Link],
    source: str,
    index: LinkIndex,
) -> Iterator[Use]:
    """The images at the addresses ``shown``, of which ``urls`` has the URLs that they become.

    ``pictured`` are the addresses of further ones that are only one of several, or no element.
    """
    if not shown and not pictured:
        return
    named = [link for link in reversed(links) if link.kind == "image"]
    lines = {urls.get(one.target) or index.find(one.target, source): one.line for one in named}
    for addresses, whole in ((shown, True), (pictured, False)):
        for address in addresses:
            url = urls.get(address.strip(), address)
            yield Use(url, source, lines.get(url, 1), whole)


def lead_uses(post: Post, url: str) -> Iterator[Use]:
    """The lead image of ``post``, if it has one."""
    if post.image:
        yield Use(url, post.source, post.line_of("image"))


def note_faults(
    uses: Iterable[Use], files: Mapping[str, str], settings: MutableMapping[str, Any]
) -> None:
    """Enter what is wrong with the images in ``uses`` in the ledger, where nothing shall be made."""
    content, output = Path(settings["PATH"]), Path(settings["OUTPUT_PATH"])
    known, unfit = _known(uses, files, content)
    whole = {source for use, source in known.items() if use.whole and source not in unfit}
    found = find_faults(filter(is_raster, whole), content, output, settings["IMAGES"])
    faults, ledger = {**found, **unfit}, ledger_of(settings)
    for use, source in known.items():
        if fault := faults.get(source):
            ledger.problem(_problem(use, fault.message, fault.hint, "broken-image"))


def hang(
    uses: Iterable[Use], files: Mapping[str, str], urls: Urls, settings: MutableMapping[str, Any]
) -> Gallery:
    """The gallery of all images in ``uses``, their versions written below the output folder.

    ``files`` maps the URL of each file of the site to its source below the content folder. What
    is wrong with an image goes into the ledger, once for each file that uses it.
    """
    chosen: ImageSettings = settings["IMAGES"]
    content, output = Path(settings["PATH"]), Path(settings["OUTPUT_PATH"])
    known, unfit = _known(uses, files, content)
    whole = {source for use, source in known.items() if use.whole and source not in unfit}
    made_ready = make_ready(filter(is_raster, whole), content, output, chosen)
    ready: Mapping[str, Ready | Fault] = {**made_ready, **unfit}
    ledger = ledger_of(settings)
    for use, source in known.items():
        made = ready.get(source)
        if isinstance(made, Fault):
            ledger.problem(_problem(use, made.message, made.hint, "broken-image"))
        elif made and made.raster.located:
            ledger.notice(_problem(use, *_LOCATED, "image-location"))
    used = {bare(use.url): source for use, source in known.items() if use.whole}
    shown = {
        url: _shown(url, ready.get(source), content / source, urls) for url, source in used.items()
    }
    return Gallery(shown, chosen)


def _known(
    uses: Iterable[Use], files: Mapping[str, str], content: Path
) -> tuple[Mapping[Use, str], Mapping[str, Fault]]:
    """The source of each use of a file of the site, and those that no browser shows as an image."""
    known = {use: files[bare(use.url)] for use in uses if bare(use.url) in files}
    unfit = {source: fault for source in {*known.values()} if (fault := _unfit(content / source))}
    return known, unfit


def _unfit(path: Path) -> Fault | None:
    """What is wrong with a file that no browser shows as an image."""
    try:
        why = why_not_shown(path)
    except OSError:
        why = "cannot be read"
    return Fault(why, HINT) if why else None


def _shown(url: str, ready: Ready | Fault | None, path: Path, urls: Urls) -> Shown:
    """What the page says of the file at ``path``; of one that is no image of pixels its size."""
    if ready is None:
        return Shown(*(measure(path) or (None, None)))
    if isinstance(ready, Fault):
        return Shown()
    candidates = [f"{urls.href(one.path)} {one.width}w" for one in ready.variants]
    if candidates and not ready.complete:
        candidates.append(f"{url} {ready.raster.width}w")
    return Shown(ready.raster.width, ready.raster.height, ", ".join(candidates))


def unnamed(post: Post, images: tuple[Link, ...]) -> Iterator[Problem]:
    """A notice for each image of a post that has no alternative text; ``images`` are those inside."""
    yield from unnamed_lead(post.image, post.source, post.line_of("image"))
    yield from unnamed_images(Body("", unnamed=images), post.source)


def _problem(use: Use, message: str, hint: str, rule: str) -> Problem:
    name = decoded(bare(use.url))
    return Problem(use.source, use.line, "image", f"{name} {message}", hint, rule)
