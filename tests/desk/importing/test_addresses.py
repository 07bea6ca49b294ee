"""Which addresses of an old site the new one does not answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.cli import main
from tests.desk.importing.test_settings import CONFIG, POST, URL

SITE = {
    "_config.yml": CONFIG,
    "_posts/2020-01-02-tides.md": POST.format(more="redirect_from: /old-tides/\n"),
    "img/sea.png": "",
}
SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}
</urlset>
"""


def imported(tmp_path: Path, old: Path) -> Path:
    """The new site, compared with ``old``."""
    for name, text in SITE.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    words = ["import", "jekyll", str(tmp_path / "source"), str(tmp_path / "new")]
    assert main([*words, "--old-site", str(old)]) == 0
    return tmp_path / "new"


def lost(site: Path) -> list[str]:
    """What the report says."""
    found: list[str] = json.loads((site / "import-report.json").read_text("utf-8"))["lost"]
    return found


def test_a_sitemap_says_what_there_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages, aliases, files and feeds answer; the rest is listed, and counted by folder."""
    paths = [
        "/",
        "/tides/",
        "/old-tides",
        "/img/sea.png",
        "/feed.xml",
        "/tags/a/",
        "/tags/b/",
        "/x",
    ]
    places = "\n".join(f"<url><loc>{URL}{path}</loc></url>" for path in paths)
    (tmp_path / "sitemap.xml").write_text(SITEMAP.format(places))
    site = imported(tmp_path, tmp_path / "sitemap.xml")
    assert lost(site) == ["/tags/a/", "/tags/b/", "/x"]
    printed = capsys.readouterr().out
    assert "2 x old address below /tags/ without an answer, first /tags/a/" in printed


def test_a_folder_says_what_there_was(tmp_path: Path) -> None:
    """Its pages, whatever else lies there."""
    for name in ("index.html", "404.html", "tides/index.html", "about.html", "style.css"):
        path = tmp_path / "built" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    assert lost(imported(tmp_path, tmp_path / "built")) == ["/about.html"]


@pytest.mark.parametrize(
    "text", ["Hello.", "<sitemapindex xmlns='x'/>", "<!DOCTYPE a [<!ENTITY b 'c'>]>"]
)
def test_another_file_is_refused(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name, before anything is written."""
    (tmp_path / "sitemap.xml").write_text(text)
    with pytest.raises(AssertionError):
        imported(tmp_path, tmp_path / "sitemap.xml")
    assert "sitemap.xml" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
