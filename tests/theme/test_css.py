"""The stylesheet keeps its own rules: layers, tokens, contrast, logical sides, and its size."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

from plugins.pages.theme import load_theme
from plugins.views import PostView, SchemesView, SiteView
from tests.conftest import ROOT
from tests.theme import css, pages, samples

FILES = pytest.mark.parametrize("path", css.sheets(), ids=lambda path: str(path.stem))
RAW, ROLES = "tokens.css", "roles.css"
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(", re.I
)
NAMED = re.compile(
    r"\b(?:black|white|gr[ae]y|red|green|blue|yellow|orange|purple|silver|navy)\b", re.I
)
PHYSICAL = re.compile(
    r"(?:(?:margin|padding|border|scroll-(?:margin|padding))-)?(?:left|right|top|bottom)(?:-.+)?"
    r"|(?:min-|max-)?(?:width|height)"
)
MOVES = re.compile(r"transition|animation|scroll-behavior")
# What the head and foot of a page, its byline and its whole stylesheet may weigh, compressed:
# leaves the text of a long post room in the 14 kB that a server sends before it waits.
FRAME_BYTES = 8_500
BUNDLE_BYTES = 26_000


def test_every_file_is_listed_once() -> None:
    """theme.toml lists each file of theme/css, and no other, once."""
    listed = css.files()
    assert sorted(listed) == sorted((css.THEME / "css").glob("*.css"))
    assert listed[0].name == "main.css"


def test_layers_are_declared_first_and_hold_everything() -> None:
    """main.css declares the order; every rule of every other file is in one of its layers."""
    first, *others = css.files()
    [(_, order)] = css.preludes(css.source(first))
    layers = re.split(r",\s*", order.removeprefix("@layer "))
    used = []
    for path in (*others, *css.sheets()[len(others) + 1 :]):
        outer = [text for depth, text in css.preludes(css.source(path)) if depth == 0]
        assert len(outer) == 1, path.name
        used.append(outer[0].removeprefix("@layer "))
    assert list(dict.fromkeys(used)) == [name for name in layers if name in used]
    assert set(used) == set(layers)


@FILES
def test_file_says_what_it_is_for(path: Path) -> None:
    """Each file begins with a comment that says its one idea."""
    assert re.match(r"/\* [A-Z].+?\. ?", path.read_text(encoding="utf-8"), re.DOTALL)


@FILES
def test_colours_are_written_in_tokens_only(path: Path) -> None:
    """No colour is written outside tokens.css, and each is written there once."""
    found = [
        match[0]
        for d in css.declarations(css.source(path))
        for pattern in (COLOUR, NAMED)
        for match in pattern.finditer(re.sub(r"var\(--[\w-]+\)", "", d.value))
        if not (d.name.startswith("--") and pattern is NAMED)
    ]
    if path.name == RAW:
        assert len(found) == len(set(found))
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in found)
    else:
        assert found == []


@FILES
def test_raw_colours_are_used_by_roles_only(path: Path) -> None:
    """Only roles.css names a raw colour; all else names what a colour is for."""
    raw = {name for name, value in css.tokens().items() if value.startswith("#")}
    used = set(re.findall(r"var\((--[\w-]+)\)", css.source(path)))
    assert raw <= used if path.name == ROLES else not raw & used


def test_every_custom_property_is_defined_and_used() -> None:
    """No property is read that nobody sets, and none is set that nobody reads."""
    text = "".join(map(css.source, css.sheets()))
    defined = {d.name for d in css.declarations(text) if d.name.startswith("--")}
    assert defined == set(re.findall(r"var\((--[\w-]+)", text))


def test_contrast_is_measured_as_the_standard_says() -> None:
    """Black on white is 21:1, a colour on itself 1:1, and #767676 just passes on white."""
    assert css.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert css.contrast("#123456", "#123456") == pytest.approx(1)
    assert css.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_browser_bars_have_the_colour_of_paper() -> None:
    """The theme-color of the head is the paper's, in both schemes."""
    theme = load_theme(css.THEME)
    assert theme is not None
    paper = theme.role("--paper")
    assert paper is not None
    assert [paper.light, paper.dark] == [css.colour("--paper", dark) for dark in (False, True)]
    site = replace(samples.full(SiteView), paper=SchemesView(paper.light, paper.dark))
    head = pages.render("post.html", samples.full(PostView), site)
    found = dict(re.findall(r'data-scheme="(\w+)".* content="(#\w+)"', head))
    assert found == {"light": paper.light, "dark": paper.dark}


@FILES
def test_sides_are_logical(path: Path) -> None:
    """Sides and sizes follow the direction of writing, so right-to-left needs no rules of its own."""
    found = [d for d in css.declarations(css.source(path)) if PHYSICAL.fullmatch(d.name)]
    assert found == []


@FILES
def test_nothing_moves_unasked(path: Path) -> None:
    """Transitions and smooth scrolling are only for readers who have nothing against motion."""
    for d in css.declarations(css.source(path)):
        if MOVES.match(d.name) or "@view-transition" in d.around:
            assert "@media (prefers-reduced-motion: no-preference)" in d.around, d


def test_every_class_is_somebodys() -> None:
    """A class in the CSS is in a template of theme or service, made by a script, by Markdown or
    Pygments, or offered in the docs."""
    selectors = " ".join(t for path in css.sheets() for _, t in css.preludes(css.source(path)))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))
    templates = "".join(
        path.read_text(encoding="utf-8") for path in (css.THEME / "templates").rglob("*.html")
    )
    states = {"published", "current", "planned", "preview"}  # PartView.state, used as a class
    docs = re.findall(r"`\.([\w-]+)`", (ROOT / "docs/theme.md").read_text(encoding="utf-8"))
    made = {*STANDARD_TYPES.values(), *states, *docs, *_of_scripts(), *_of_the_service()}
    known = {*re.findall(r"[\w-]+", templates), *made}
    assert styled - known == set()


def _of_scripts() -> set[str]:
    """The classes that the theme's scripts give to what they make."""
    scripts = (css.THEME / "static/js").glob("*.js")
    found = [re.findall(r'className = "([\w -]+)"', one.read_text("utf-8")) for one in scripts]
    return {name for names in found for value in names for name in value.split()}


def _of_the_service() -> set[str]:
    """The classes in the service's templates, parts of which a script puts into posts."""
    templates = (ROOT / "dialogue/templates").rglob("*.html")
    found = [re.findall(r'class="([\w -]+)"', one.read_text("utf-8")) for one in templates]
    return {name for names in found for value in names for name in value.split()}


def test_page_fits_the_first_round_trip() -> None:
    """The stylesheet is small, and with the frame of a post leaves room for the post itself."""
    text = css.bundle()
    assert len(text.encode()) <= BUNDLE_BYTES
    frame = pages.render("post.html", replace(samples.full(PostView), replies=None))
    assert len(gzip.compress((frame + text).encode())) <= FRAME_BYTES
