"""Pictures of every kind of page, to look at: ``make screenshots``.

Each in light and dark, on a phone and on a desk, below the folder named on the command line; and
the picture of the README, which shows the front page in both.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.sites import KINDS, build_sample, served
from tests.conftest import ROOT
from tests.needs import CHROMIUM, program

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SCREENS = {"phone": (390, 844), "desktop": (1280, 900)}
README_PICTURE = ROOT / "docs/images/home.jpg"
_README_SIZE = (1280, 1300)


def main(folder: Path) -> int:
    """Take all pictures; returns the exit status."""
    with TemporaryDirectory() as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program(*CHROMIUM), args=FLAGS)
        with served(build_sample(Path(site))) as address:
            for path in take(browser, address, folder):
                print(path)  # noqa: T201 - whoever asked for pictures wants to know where they are
            README_PICTURE.write_bytes(_for_readme(browser, address))
        browser.close()
    return 0


def take(browser: Browser, address: str, folder: Path) -> list[Path]:
    """A picture of every kind of page on every screen; returns their files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for screen, size in SCREENS.items():
        for scheme in SCHEMES:
            for kind, url in KINDS.items():
                path = folder / f"{kind.replace(', ', '-').replace(' ', '-')}-{screen}-{scheme}.png"
                path.write_bytes(_shot(browser, address + url, size, scheme, full=True))
                made.append(path)
    return made


def _shot(
    browser: Browser, url: str, size: tuple[int, int], scheme: Scheme, *, full: bool
) -> bytes:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url)
    # Images below the fold are loaded when they come near.
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("Promise.all(Array.from(document.images, image => image.decode()))")
    data = page.screenshot(full_page=full)
    context.close()
    return data


def _for_readme(browser: Browser, address: str) -> bytes:
    """The front page, its left half in light and its right half in dark, as a JPEG."""
    light, dark = (
        Image.open(
            io.BytesIO(_shot(browser, f"{address}/", _README_SIZE, scheme, full=False))
        ).convert("RGB")
        for scheme in SCHEMES
    )
    width, height = light.size
    light.paste(dark.crop((width // 2, 0, width, height)), (width // 2, 0))
    data = io.BytesIO()
    light.save(data, "JPEG", quality=82, optimize=True)
    return data.getvalue()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
