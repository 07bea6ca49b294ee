"""The service and its site at one address, from one process."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from dialogue.settings import Settings
from tests.dialogue.publishing.sites import write_site
from tests.dialogue.serving import Place
from tests.waiting import PATIENCE


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    """Where a service can be started, beside a built site with twins and its headers."""
    write_site(settings.output, {})
    rules = "/*\n  Content-Security-Policy: default-src 'self'\n"
    (settings.output / "_headers").write_text(rules, encoding="utf-8")
    (settings.output / "404.html").write_text("<title>Gone</title>", encoding="utf-8")
    return Place(settings, tmp_path / "log")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_process_is_all_a_site_needs(place: Place) -> None:
    """Pages come with their own headers, not with the service's; replies are taken beside them."""
    with place.serve(DIALOGUE_SERVE_SITE="yes") as running:
        with httpx.Client(base_url=running.url, timeout=PATIENCE) as client:
            page = client.get("/tea/")
            assert "<title>tea</title>" in page.text
            assert page.headers["content-encoding"] == "br"
            assert page.headers["content-security-policy"] == "default-src 'self'"
            assert "x-robots-tag" not in page.headers
            seen = {"If-None-Match": page.headers["etag"]}
            assert client.get("/tea/", headers=seen).status_code == 304
            missing = client.get("/dialogues/")
            assert (missing.status_code, missing.text) == (404, "<title>Gone</title>")
            assert client.get("/dialogue/none").status_code == 404
            assert client.get("/_headers").status_code == 404
            assert client.post("/tea/").status_code == 405
            assert running.send(client, "Hello").status_code == 201
        assert running.stop() in (0, -15)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_workers_send_the_site(place: Place) -> None:
    """Each of them has it from the environment."""
    several = {"DIALOGUE_SERVE_SITE": "yes", "DIALOGUE_WORKERS": "2"}
    with place.serve(**several) as running:
        found = {httpx.get(f"{running.url}/tea/", timeout=PATIENCE).status_code for _ in range(8)}
    assert found == {200}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_the_setting_the_service_sends_no_page(place: Place) -> None:
    """A web server does that; the folder may hold what it protects."""
    with place.serve() as running:
        assert httpx.get(f"{running.url}/tea/", timeout=PATIENCE).status_code == 404
