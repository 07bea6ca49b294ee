"""Searching in a real browser, at a host that sends the site's policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from plugins.pages import shards
from tests.browser.host import Host, hosting
from tests.plugins.building import Workshop

POSTS = {
    f"{number}.md": f"---\ntitle: Post {number}\ndate: 2026-01-{number:02}\n---\nLetters <b>&amp;</b> words {number}.\n"
    for number in range(1, 13)
}
POSTS["tea.md"] = (
    "---\ntitle: On tea\ndate: 2026-02-01\n---\nLeaves, &lt;img src=x onerror=alert(1)&gt; water.\n"
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site below a path of its host."""
    workshop = Workshop(tmp_path_factory.mktemp("search"))
    return workshop.build(POSTS, SITEURL="https://example.org/blog").output


@pytest.fixture
def host(output: Path) -> Iterator[Host]:
    """Its host."""
    with hosting(output, "/blog") as found:
        yield found


def engine(host: Host) -> list[str]:
    """What of the search engine was asked for."""
    return [one.path for one in host.requests if one.path.startswith("/blog/search/engine/")]


def test_a_question_is_answered_with_links(page: Page, host: Host) -> None:
    """By words in any form; the engine is loaded when somebody asks, and the policy lets it."""
    page.goto(f"{host.address}/blog/search/", wait_until="networkidle")
    assert engine(host) == []
    page.get_by_role("searchbox").fill("waters")
    expect(page.get_by_role("status")).to_have_text("Posts found: 1")
    link = page.get_by_role("link", name="On tea")
    expect(page.locator(".results mark")).to_have_text("water.")
    expect(page.locator(".result-text")).to_contain_text("<img src=x onerror=alert(1)>")
    link.click()
    expect(page).to_have_url(f"{host.address}/blog/tea/")


def test_an_address_can_ask(page: Page, host: Host) -> None:
    """A shared address shows its results, a few at a time; the keyboard goes on where they end."""
    page.goto(f"{host.address}/blog/search/?q=letters")
    expect(page.get_by_role("status")).to_have_text("Posts found: 12")
    expect(page.locator(".results li")).to_have_count(8)
    page.get_by_role("button", name="More results").press("Enter")
    expect(page.locator(".results li")).to_have_count(12)
    expect(page.locator(".results li:nth-child(9) a")).to_be_focused()
    expect(page.get_by_role("button", name="More results")).to_be_hidden()


def test_nothing_found_is_said(page: Page, host: Host) -> None:
    """In words that a screen reader speaks, and without old results."""
    page.goto(f"{host.address}/blog/search/?q=letters")
    expect(page.locator(".results li")).to_have_count(8)
    page.get_by_role("searchbox").fill("xylophone")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    expect(page.locator(".results li")).to_have_count(0)
    assert page.url.endswith("?q=xylophone")


def test_a_lost_address_leads_to_search(page: Page, host: Host) -> None:
    """The page for what is missing asks the page that searches, with or without scripts of its own."""
    page.goto(f"{host.address}/blog/no/such/page")
    page.get_by_role("searchbox").fill("tea")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(f"{host.address}/blog/search/?q=tea")
    expect(page.get_by_role("status")).to_have_text("Posts found: 1")


def test_a_search_that_cannot_be_loaded_says_so(page: Page, host: Host) -> None:
    """And a second try works once it can."""
    page.route("**/search/engine/**", lambda route: route.abort())
    page.goto(f"{host.address}/blog/search/?q=tea")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")


WORDS = ("kettle", "harbour", "violin", "granite", "meadow", "lantern", "copper")
MANY = {
    f"{number}.md": "---\ntitle: Note {0}\ndate: 2026-01-{1:02}\nlang: {2}\n---\n{3} and {4}, letter {0}.\n".format(
        number,
        number % 28 + 1,
        "de" if number % 5 == 0 else "en",
        WORDS[number % 7],
        WORDS[number * number % 7] + "s",
    )
    for number in range(60)
}
QUESTIONS = (
    *("kettle", "lanterns", "granite harbour", '"copper and"', "note 41", "letter", "nowhere"),
    *(
        "41",
        "4",
        "unseen kettles",
        "note 41 59",
        "violinist",
        "gran",
        "lantern 7",
        "Januar",
        "- copper",
    ),
)


ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The same site with one index, and with an index of eight parts."""
    outputs = {}
    for posts in (500, 8):
        workshop = Workshop(tmp_path_factory.mktemp(f"search-{posts}"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shards, "POSTS", posts)
            outputs[posts] = workshop.build(MANY, SITEURL="https://example.org/blog").output
    return outputs


def answers(page: Page, output: Path) -> dict[str, dict[str, str]]:
    """To each question the addresses that are found, each with its title, date and excerpt."""
    found: dict[str, dict[str, str]] = {}
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    status, items = page.get_by_role("status"), page.locator(".results li")
    with hosting(output, "/blog") as host:
        page.goto(f"{host.address}/blog/search/", wait_until="networkidle")
        assert engine(host) == []
        for question in QUESTIONS:
            page.goto(f"{host.address}/blog/search/?{urlencode({'q': question})}")
            expect(status).to_have_text(re.compile(r"^(Posts|Nothing) found"))
            count = int("".join(filter(str.isdigit, status.text_content() or "")) or 0)
            for shown in range(8, count, 8):
                expect(items).to_have_count(shown)
                page.get_by_role("button", name="More results").click()
            expect(items).to_have_count(count)
            lines = items.evaluate_all(
                "all => all.map(one => [one.querySelector('a').href, one.innerHTML])"
            )
            found[question] = {
                url.removeprefix(host.address): html.replace(host.address, "")
                for url, html in lines
            }
        loaded = {path for path in engine(host) if path.endswith((".js", "wasm.en.pagefind"))}
        assert loaded == {f"/blog/search/engine/{name}" for name in ENGINE}
    assert said == []
    return found


def test_a_sharded_index_finds_what_a_single_one_finds(page: Page, sizes: dict[int, Path]) -> None:
    """The same posts and excerpts, in any language, with one engine and no word in the console."""
    assert (sizes[8] / "search/engine/7/pagefind-entry.json").is_file()
    assert not (sizes[500] / "search/engine/1").exists()
    whole = answers(page, sizes[500])
    assert answers(page.context.new_page(), sizes[8]) == whole
    assert len(whole["letter"]) == len(MANY)
    assert not whole["nowhere"]
    assert 8 < len(whole["kettle"]) < len(MANY)


def test_a_part_that_cannot_be_loaded_is_said(page: Page, sizes: dict[int, Path]) -> None:
    """Rather than a part of the results as if it were all; a second try finds everything."""
    with hosting(sizes[8], "/blog") as host:
        page.route("**/search/engine/3/*.pf_meta", lambda route: route.abort())
        page.goto(f"{host.address}/blog/search/?q=letter")
        expect(page.get_by_role("status")).to_contain_text("could not be loaded")
        page.unroute_all()
        page.get_by_role("searchbox").fill("letters")
        expect(page.get_by_role("status")).to_have_text(f"Posts found: {len(MANY)}")


def test_without_scripts_the_archive_is_offered(plain_page: Page, host: Host) -> None:
    """No form that would do nothing; the years and topics are there."""
    plain_page.goto(f"{host.address}/blog/search/")
    expect(plain_page.get_by_role("searchbox")).to_be_hidden()
    expect(plain_page.locator("noscript")).to_be_visible()
    expect(plain_page.get_by_role("link", name="2026")).to_be_visible()
