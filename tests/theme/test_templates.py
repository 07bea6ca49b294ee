"""What holds for every template: it renders, is valid and accessible HTML, and escapes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from justhtml import JustHTML
from markupsafe import Markup

from plugins.views import View
from tests.theme import pages, samples
from tests.theme.pages import find, values
from tests.theme.samples import TEMPLATES

SEEDS = range(4)
ALL = pytest.mark.parametrize("template", TEMPLATES)


def variants(template: str) -> list[View]:
    """The emptiest view of a template, and full ones that between them hold every state."""
    cls = TEMPLATES[template]
    return [samples.empty(cls), *(samples.full(cls, seed=seed) for seed in SEEDS)]


def documents(template: str) -> list[JustHTML]:
    """The pages of all variants, parsed strictly."""
    sites = [samples.empty(type(samples.site())), *[samples.site()] * len(SEEDS)]
    pairs = zip(variants(template), sites, strict=True)
    return [pages.read(template, view, site) for view, site in pairs]


def attributes(document: JustHTML, name: str) -> list[str]:
    """The values of an attribute wherever it occurs."""
    return [e.attrs[name] for _, e in pages.elements(document.root) if name in e.attrs]


def test_every_template_has_a_view() -> None:
    """The templates at the top of the folder are those tested here, and the base they extend."""
    found = {path.name for path in (pages.THEME / "templates").glob("*.html")}
    assert found == {*TEMPLATES, "base.html"}


@ALL
def test_page_is_valid_with_one_heading(template: str) -> None:
    """Full or empty, a page parses without an error and has one h1, one main, one title."""
    for document in documents(template):
        for name in ("h1", "main", "title"):
            assert len(find(document, name)) == 1, name
        assert find(document, "html")[0].attrs["lang"]
        assert pages.words(find(document, "h1")[0])


@ALL
def test_head_says_what_the_view_says(template: str) -> None:
    """Title, canonical and robots come from the view, each at most once."""
    full, empty = (
        pages.read(template, view(TEMPLATES[template])) for view in (samples.full, samples.empty)
    )
    assert pages.words(find(full, "title")[0]) == "title text"
    assert values(full, 'link[rel="canonical"]', "href") == ["canonical text"]
    assert values(full, 'meta[name="robots"]', "content") == ["robots text"]
    assert find(empty, 'link[rel="canonical"]') == []


@ALL
def test_page_brings_no_code_of_its_own(template: str) -> None:
    """No style or on* attributes; a style or script in the page is the site's: a strict CSP holds."""
    for document in documents(template):
        names = {name for _, e in pages.elements(document.root) for name in e.attrs}
        assert not {name for name in names if name == "style" or name.startswith("on")}
        known = {samples.CODE["styles"], samples.CODE["script"]}
        assert {e.children[0].data for e in find(document, "style, script:not([type])")} <= known
        for script in find(document, "script[type]"):
            if script.attrs["type"] != "application/ld+json":
                assert script.attrs["type"] == "module"
                assert script.attrs["src"]
                assert pages.words(script) == ""


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "alias.html"])
def test_page_has_its_styles_in_one_place(template: str) -> None:
    """In the page if the theme puts them there, before any script, else in one linked file; what
    only some pages have is another."""
    own = ["/theme/css/search.css"] if template in ("search.html", "not_found.html") else []
    view = samples.full(TEMPLATES[template])
    inline = pages.render(template, view)
    assert inline.index(samples.CODE["styles"]) < inline.index('<script type="module"')
    assert values(pages.parse(inline), 'link[rel="stylesheet"]', "href") == own
    linked = pages.read(template, view, replace(samples.site(), styles=Markup("")))
    assert values(linked, 'link[rel="stylesheet"]', "href") == ["stylesheet text", *own]
    assert find(linked, "style") == []


@ALL
def test_hostile_text_stays_text(template: str) -> None:
    """Text made of markup, in every plain field of page and site, adds no element or attribute."""
    cls = TEMPLATES[template]
    for seed in SEEDS:
        plain = pages.render(template, samples.full(cls, seed=seed))
        page = samples.full(cls, samples.hostile, seed)
        attacked = pages.render(template, page, samples.site(samples.hostile))
        assert pages.skeleton(pages.parse(attacked)) == pages.skeleton(pages.parse(plain))
        assert samples.HOSTILE not in attacked
        assert "49" not in attacked


@ALL
def test_ids_are_unique_and_references_lead_somewhere(template: str) -> None:
    """No id occurs twice, and every aria-labelledby and skip link names one that is there."""
    for document in documents(template):
        ids = Counter(attributes(document, "id"))
        assert not {name for name, times in ids.items() if times > 1}
        assert set(attributes(document, "aria-labelledby")) <= set(ids)
        skips = values(document, "a.skip-link", "href")
        assert set(skips) <= {f"#{name}" for name in ids}


@ALL
def test_everything_has_a_name(template: str) -> None:
    """Links, buttons and headings have words, landmarks of one kind differ, images have alt."""
    for document in documents(template):
        for name in ("a", "button", "h1", "h2", "h3", "title", "summary"):
            for element in find(document, name):
                hidden = element.attrs.get("aria-hidden") == "true"
                assert hidden or pages.words(element), element.to_html()
        for nav in find(document, "nav"):
            assert {"aria-label", "aria-labelledby"} & set(nav.attrs)
        assert len(attributes(document, "alt")) == len(find(document, "img"))
        labels = Counter(nav.attrs.get("aria-label") for nav in find(document, "nav"))
        assert all(times == 1 for label, times in labels.items() if label)


@ALL
def test_headings_skip_no_level(template: str) -> None:
    """The outline goes down one level at a time and begins with the h1."""
    for document in documents(template):
        main = find(document, "main")[0]
        found = [e.name for _, e in pages.elements(main) if re.fullmatch("h[1-6]", e.name)]
        levels = [int(name[1]) for name in found]
        if levels[:1] != [1]:
            assert template == "home.html"
            levels.insert(0, 1)
        assert all(below - above <= 1 for above, below in pairwise(levels))


@ALL
def test_hidden_links_cannot_be_reached_by_keyboard(template: str) -> None:
    """A link that repeats another for pointers is out of the tab order and unheard."""
    for document in documents(template):
        hidden = [e for e in find(document, "a") if e.attrs.get("aria-hidden") == "true"]
        assert all(e.attrs.get("tabindex") == "-1" for e in hidden)


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "alias.html"])
def test_page_offers_its_feeds_and_neighbours(template: str) -> None:
    """The head holds every feed, translation, meta and neighbour of the view, in its order."""
    view = samples.full(TEMPLATES[template])
    document, head = pages.read(template, view), view.head
    feeds = find(document, 'link[rel="alternate"][type]')
    assert [(e.attrs["type"], e.attrs["href"]) for e in feeds] == [
        (feed.type, feed.url) for feed in head.feeds
    ]
    languages = find(document, "link[hreflang]")
    assert [e.attrs["hreflang"] for e in languages] == [a.lang for a in head.alternates]
    assert values(document, 'link[rel="prev"]', "href") == [head.previous]
    assert values(document, 'link[rel="next"]', "href") == [head.next]
    assert len(find(document, 'meta[name="name text"], meta[property="name text"]')) == 2
