"""Icons, the web manifest and ``llms.txt`` as steps of the build.

A file of the writers' own at the same address takes the place of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.discovery.wording import one_line
from plugins.kinds import address
from plugins.pages.theme import theme_of
from plugins.sharing.cards import Brand, brand_of
from plugins.sharing.icons import ICO, MANIFEST_ICONS, TOUCH, Shape, ico, icon, shapes_of
from plugins.steps import Site, Task

MANIFEST = "site.webmanifest"
LLMS = "llms.txt"
ICON = "icon.svg"
_MOST_POSTS = 200


def tasks(site: Site) -> Iterator[Task]:
    """Two tasks: the icons with their manifest, where the theme has an icon, and ``llms.txt``."""
    theme = theme_of(site.settings)
    own = frozenset(url.lstrip("/") for _, url in site.catalogue.statics)
    facts, catalogue = site.facts, site.catalogue
    if theme:
        brand = brand_of(theme.css)
        svg = next((file for file in theme.static if file.name == ICON), None)
        shapes = shapes_of(svg.data) if svg else ()

        def icons() -> Iterator[tuple[str, bytes]]:
            for path, data in _icons(shapes, brand, facts):
                if path not in own:
                    yield path, data

        if shapes:
            kept = sorted(own & {ICO, TOUCH, MANIFEST, *(name for name, _, _ in MANIFEST_ICONS)})
            yield Task("icons", digest(shapes, brand, kept), icons, texts=())
    if LLMS not in own:
        listed = [entry.outward for entry in catalogue.listed[:_MOST_POSTS]]
        series = [(one.title, one.url, one.summary) for one in catalogue.series]

        def llms() -> Iterator[tuple[str, bytes]]:
            yield LLMS, llms_text(catalogue, facts)

        yield Task("llms", digest(listed, series), llms, texts=())


def _icons(shapes: tuple[Shape, ...], brand: Brand, facts: Facts) -> Iterator[tuple[str, bytes]]:
    yield ICO, ico(shapes)
    # Apple's systems put what is transparent on black.
    yield TOUCH, icon(shapes, 180, brand.paper, 0.12)
    for name, size, cut in MANIFEST_ICONS:
        # What may be cut keeps to the middle four fifths (W3C, "safe zone").
        yield name, icon(shapes, size, brand.paper, 0.2) if cut else icon(shapes, size)
    yield MANIFEST, manifest(facts, brand)


def manifest(facts: Facts, brand: Brand) -> bytes:
    """The web application manifest (W3C): name, colours and icons."""
    icons = [
        {
            "src": facts.urls.href(f"/{name}"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if cut else "any",
        }
        for name, size, cut in MANIFEST_ICONS
    ]
    made = {
        "name": facts.name,
        "description": facts.tagline,
        "lang": facts.lang,
        "start_url": facts.urls.href("/"),
        "scope": facts.urls.href("/"),
        "display": "browser",
        "background_color": brand.paper,
        "theme_color": brand.paper,
        "icons": icons,
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def llms_text(catalogue: Catalogue, facts: Facts) -> bytes:
    """What the site is about and where its texts are, for language models (llmstxt.org)."""
    absolute = facts.urls.absolute
    lines = [f"# {one_line(facts.name)}", ""]
    lines += [f"> {one_line(facts.tagline)}", ""] if facts.tagline else []
    if catalogue.series:
        lines += ["## Series", ""]
        lines += [_line(one.title, absolute(one.url), one.summary) for one in catalogue.series]
        lines.append("")
    lines += ["## Posts", ""]
    for entry in catalogue.listed[:_MOST_POSTS]:
        if entry.post.status == "published" and entry.policy.indexable:
            lines.append(_line(entry.post.title, entry.policy.canonical, entry.summary))
    lines += ["", "## Optional", ""]
    archive = absolute(facts.path(address("archive")))
    lines.append(_line("Archive", archive, "every post by year"))
    return "".join(f"{line}\n" for line in lines).encode()


def _line(title: str, url: str, about: str) -> str:
    name = one_line(title).replace("[", "(").replace("]", ")")
    return f"- [{name}]({url}): {one_line(about)}" if about else f"- [{name}]({url})"


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
