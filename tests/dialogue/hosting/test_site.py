"""A built site as a host serves it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from dialogue.hosting.site import Site
from thread.twins import write_twins

PAGE = "<!doctype html><title>A</title>" + "<p>Some words.</p>" * 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two pages with their twins, and a file beside it that is not of the site."""
    site = tmp_path / "site"
    for name, text in {
        "index.html": PAGE,
        "a post/index.html": PAGE.replace("words", "other words"),
        "404.html": "<!doctype html><title>Gone</title>",
        "_headers": "/*\n  Content-Security-Policy: default-src 'self'\n/a*\n  Cache-Control: no-store\n",
        ".parley-manifest.json": "{}",
        ".well-known/security.txt": "Contact: mailto:a@example.org",
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_twins(site / "index.html")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return site


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    """What the host answers; an underscore in the name of a header is a hyphen."""
    sent = {"accept-encoding": "identity"} | {k.replace("_", "-"): v for k, v in headers.items()}

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(site)
        async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:
            return await client.request(method, path, headers=sent)

    return asyncio.run(send())


def test_pages_have_the_headers_of_the_site(folder: Path) -> None:
    """Those of ``_headers``, the right type, and a cache that asks again where no rule says else."""
    page = ask(Site(folder), "/")
    assert page.status_code == 200
    assert page.text == PAGE
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"] == "default-src 'self'"
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert ask(Site(folder), "/a post/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None)],
)
def test_the_smallest_form_that_is_accepted_is_sent(
    folder: Path, accepted: str, coding: str | None
) -> None:
    """A browser says what it can unpack; caches are told that the answer depends on it."""
    answer = ask(Site(folder), "/", accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.text == PAGE
    assert (int(answer.headers["content-length"]) < len(PAGE) / 5) == (coding is not None)


def test_what_a_browser_has_is_not_sent_again(folder: Path) -> None:
    """Until the file is another one."""
    tag = ask(Site(folder), "/").headers["etag"]
    again = ask(Site(folder), "/", if_none_match=f'"x", W/{tag}')
    assert (again.status_code, again.content) == (304, b"")
    new = folder / "new.html"
    new.write_text(PAGE, encoding="utf-8")
    new.replace(folder / "index.html")
    (folder / "index.html.gz").unlink()
    (folder / "index.html.br").unlink()
    assert ask(Site(folder), "/", if_none_match=tag).status_code == 200


def test_a_folder_without_its_slash_leads_to_the_page(folder: Path) -> None:
    """Relative links of the page would lead elsewhere otherwise."""
    answer = ask(Site(folder), "/a post?x=1")
    assert (answer.status_code, answer.headers["location"]) == (308, "/a%20post/?x=1")


@pytest.mark.parametrize(
    "path",
    ["/none/", "/_headers", "/.parley-manifest.json", "/%2e%2e/secret.txt", "/..%2fsecret.txt"],
)
def test_what_is_not_of_the_site_is_missing(folder: Path, path: str) -> None:
    """With the site's own page for it, and its headers."""
    answer = ask(Site(folder), path)
    assert (answer.status_code, "Gone" in answer.text) == (404, True)
    assert answer.headers["content-security-policy"] == "default-src 'self'"


def test_well_known_files_are_served(folder: Path) -> None:
    """RFC 8615."""
    assert ask(Site(folder), "/.well-known/security.txt").text.startswith("Contact:")


def test_a_site_below_a_path_of_its_host(folder: Path) -> None:
    """Its pages are there, and nothing is beside them."""
    assert ask(Site(folder, "/blog"), "/blog/").text == PAGE
    assert ask(Site(folder, "/blog"), "/").status_code == 404


def test_other_methods_are_refused(folder: Path) -> None:
    """A site is read."""
    answer = ask(Site(folder), "/", "POST")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
