"""The theme in a real browser: it fits a narrow screen, and its scripts only add to it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from markupsafe import Markup
from playwright.sync_api import BrowserContext, Page, expect

from plugins.pages.minify import minify_css
from plugins.pages.theme import load_theme
from plugins.views import PostView, ShareView
from tests.theme import css, pages, samples
from tests.theme.samples import TEMPLATES

CODE = Markup('<div class="highlight"><pre><code>make html\n</code></pre></div>')
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDE = Markup(
    f'<div class="highlight"><pre><code>{"make html " * 40}</code></pre></div>'
    f'<div class="table-scroll"><table><tr>{"<td>Customers</td>" * 30}</tr></table></div>'
    '<img src="/none.png" alt="" width="3000" height="20"><p><code>/a/very/long/path</code></p>'
)
THEME = load_theme(css.THEME)
assert THEME is not None
SITE = replace(samples.site(), home="/", styles=Markup(THEME.css), script=Markup(THEME.script))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the fullest page of every template, a post with code, and a wide one."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(css.THEME / "static", folder / "theme")
    for template, cls in TEMPLATES.items():
        text = pages.render(template, samples.full(cls, lambda name: f"{name} {LONG}"), SITE)
        (folder / template).write_text(text, encoding="utf-8")
    for name, body in (("code.html", CODE), ("wide.html", WIDE)):
        post = replace(samples.empty(PostView), html=body)
        (folder / name).write_text(pages.render("post.html", post, SITE), encoding="utf-8")
    shared = replace(
        samples.empty(PostView), share=(ShareView("copy", "https://x.example/a/?b=c"),)
    )
    (folder / "share.html").write_text(pages.render("post.html", shared, SITE), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def paper(page: Page) -> str:
    """The colour of the page as the browser shows it."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    """With words that have no place to break, every page still fits from 320 pixels up."""
    page.set_viewport_size({"width": width, "height": 700})
    for name in sorted({*TEMPLATES, "wide.html"} - {"alias.html"}):
        page.goto(f"{address}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_colours_follow_the_choice_and_it_is_remembered(page: Page, address: str) -> None:
    """The button goes from the system's colours to light, to dark and back; a reload keeps it."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/post.html")
    light, button = paper(page), page.locator(".theme-choice")
    expect(button).to_have_accessible_name("Colours: Auto")
    button.click()
    expect(button).to_have_accessible_name("Colours: Light")
    assert paper(page) == light
    button.click()
    expect(button).to_have_accessible_name("Colours: Dark")
    dark = paper(page)
    assert dark != light
    page.reload()
    expect(button).to_have_accessible_name("Colours: Dark")
    assert paper(page) == dark
    bars = page.locator("meta[data-scheme]").evaluate_all("all => all.map(meta => meta.media)")
    assert bars == ["not all", "all"]
    button.click()
    assert paper(page) == light
    assert page.evaluate("localStorage.length") == 0


def test_system_colours_need_no_script(page: Page, address: str) -> None:
    """Without a choice the page is light or dark as the system is."""
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/post.html")
        seen.append(paper(page))
    assert seen[0] != seen[1]


def test_code_can_be_copied(tabs: BrowserContext, page: Page, address: str) -> None:
    """The button copies the code as it is, says so, and goes back to what it said."""
    tabs.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/code.html")
    button = page.locator(".highlight .copy")
    button.click()
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "make html\n"
    expect(button).to_have_text("Copy")


def test_the_address_of_a_post_can_be_copied(
    tabs: BrowserContext, page: Page, address: str
) -> None:
    """The button copies the address to share, not that of the page, and says so."""
    tabs.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/share.html")
    button = page.locator(".share-copy")
    button.click()
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://x.example/a/?b=c"
    expect(button).to_have_text("Copy link")


def test_no_button_offers_to_copy_an_address_without_a_script(
    plain_page: Page, address: str
) -> None:
    """Without JavaScript the button is hidden."""
    plain_page.goto(f"{address}/share.html")
    expect(plain_page.locator(".share-copy")).to_be_hidden()


def test_reading_needs_no_script(plain_page: Page, address: str) -> None:
    """Without JavaScript no button shows that would do nothing, and the text is there."""
    plain_page.goto(f"{address}/code.html")
    expect(plain_page.locator(".theme-choice")).to_be_hidden()
    expect(plain_page.locator(".highlight code")).to_have_text("make html")


def test_no_copy_button_without_a_clipboard(page: Page, address: str) -> None:
    """A browser that has no clipboard for us gets no button that would not work."""
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(f"{address}/code.html")
    expect(page.locator(".theme-choice")).to_be_visible()
    expect(page.locator(".copy")).to_have_count(0)


def test_scripts_work_where_storage_is_forbidden(page: Page, address: str) -> None:
    """A browser that forbids storage still switches colours, for the page at hand."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page.goto(f"{address}/post.html")
    button = page.locator(".theme-choice")
    button.click()
    button.click()
    expect(button).to_have_accessible_name("Colours: Dark")


def test_nothing_shifts_while_loading(page: Page, address: str) -> None:
    """The scripts' buttons take the space kept for them: the layout does not move."""
    page.goto(f"{address}/code.html", wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 200);
        })"""
    )
    assert shift == 0


def test_the_stylesheet_means_the_same_when_minified(page: Page) -> None:
    """A browser reads the same rules, in the same order, from the files as they are written."""
    read = """css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return Array.from(sheet.cssRules, rule =>
            rule.cssText.replace(/\\s+/g, " ").replace(/ ?([,()/+*-]) ?/g, "$1")
                .replace(/: /g, ":")
                .replace(/(^|[^\\w.])0(?=\\.\\d)/g, "$1"));
    }"""
    written = "\n".join(path.read_text(encoding="utf-8") for path in css.files())
    page.goto("about:blank")
    rules = page.evaluate(read, minify_css(written))
    assert len(rules) > 10
    assert rules == page.evaluate(read, written)
