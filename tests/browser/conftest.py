"""A real Chromium for the tests in this folder, and a new profile for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import sites
from tests.needs import CHROMIUM, program
from tests.waiting import PATIENCE

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder ``browser``."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


# Chromium's own, of no script: it gives up to fade from a page that fades to one that does not.
_NO_FADE = "Transition was aborted because of invalid state. ViewTransition opt-in disabled"


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once; its tabs come from contexts, which share nothing.

    It goes with the last test of this folder: while it is there, no other loop of asyncio can run.
    """
    executable = program(*CHROMIUM)
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """A new profile to open tabs in; an error in any script of a page fails the test."""
    context = chromium.new_context()
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert [error for error in errors if not error.startswith(_NO_FADE)] == []


@pytest.fixture
def page(tabs: BrowserContext) -> Page:
    """A new tab in a new profile."""
    return tabs.new_page()


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """A tab of a reader who allows no scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as it is published."""
    return sites.build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="package")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of posts that nobody wrote, with pages of every list."""
    return sites.build_generated(tmp_path_factory.mktemp("generated"), 45)


@pytest.fixture(scope="package")
def address(sample: Path) -> Iterator[str]:
    """Where the sample site is served."""
    with sites.served(sample) as found:
        yield found
