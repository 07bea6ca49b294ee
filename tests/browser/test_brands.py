"""The site in each of the example brands: everybody can read it, and it really is another one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser import sites
from tests.browser.sites import KINDS
from tests.browser.test_accessibility import DESKTOP, PHONE
from tests.theme import css

SHOWN = ("home", "post", "post with replies")
BRANDS = [path for path in css.brands() if path != css.TOKENS]
LOOK = """() => {
    const root = getComputedStyle(document.documentElement)
    const title = getComputedStyle(document.querySelector("h1"))
    const bar = document.querySelector("meta[data-scheme=light]").content
    return [root.backgroundColor, root.color, root.fontFamily, title.fontFamily, title.fontSize, bar]
}"""


def branded(folder: Path, brand: Path) -> Path:
    """The sample site with this brand, chosen as docs/theme.md says."""
    theme = shutil.copytree(css.THEME, folder / "theme")
    manifest = theme / "theme.toml"
    text = manifest.read_text(encoding="utf-8")
    assert text.count('"css/tokens.css"') == 1
    manifest.write_text(text.replace('"css/tokens.css"', f'"brands/{brand.name}"'), "utf-8")
    return sites.build_sample(folder, theme)


@pytest.mark.parametrize("brand", BRANDS, ids=lambda path: str(path.stem))
def test_a_brand_is_one_line_and_everybody_can_read_it(
    chromium: Browser, address: str, tmp_path: Path, brand: Path
) -> None:
    """Axe finds nothing, and colours, type and sizes are others than the theme's own."""
    own = _look(chromium, address)
    with sites.served(branded(tmp_path, brand)) as here:
        assert all(one != other for one, other in zip(own, _look(chromium, here), strict=True))
        assert _faults(chromium, here) == {}


def _look(chromium: Browser, address: str) -> list[str]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.goto(address + KINDS["post"])
    found: list[str] = page.evaluate(LOOK)
    page.close()
    return found


def _faults(chromium: Browser, address: str) -> dict[str, str]:
    found = {}
    schemes: list[Any] = ["light", "dark"]
    for screen, scheme in [(screen, scheme) for screen in (PHONE, DESKTOP) for scheme in schemes]:
        page = chromium.new_page(
            viewport={"width": screen["width"], "height": screen["height"]},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,  # axe itself is a script that the site does not allow
        )
        for kind in SHOWN:
            page.goto(address + KINDS[kind])
            results = Axe().run(page)
            if results.violations_count:
                found[f"{kind}, {scheme}"] = results.generate_report()
            if page.evaluate("document.documentElement.scrollWidth") > screen["width"]:
                found[f"{kind}, {screen}"] = "wider than the screen"
        page.close()
    return found
