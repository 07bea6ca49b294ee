"""What an import reads from old settings and data: menus, redirects, authors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk.cli import main
from plugins.frontmatter.document import parse

URL = "https://talk.example.org"
POST = "---\ntitle: Tides\n{more}---\n\nHigh.\n"
ABOUT = "---\ntitle: About\npermalink: /about/\n---\n\nUs.\n"
CONFIG = f"url: {URL}\ntitle: Talk\npermalink: /:title/\n"


def moved(tmp_path: Path, files: dict[str, str], generator: str = "jekyll") -> Path:
    """The new site of an old one with these files."""
    for name, text in files.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert main(["import", generator, str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    return tmp_path / "new"


def report(site: Path) -> dict[str, Any]:
    """What became of each file, by its name."""
    read = json.loads((site / "import-report.json").read_text("utf-8"))
    assert read["files"] == sum(read["counts"].values()) == len(read["lines"])
    return {line["source"]: line for line in read["lines"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_redirects", "# moved\n/old /tides/ 301\n/shop/* https://shop.example/:splat 301\n"),
        (
            "netlify.toml",
            '[[redirects]]\nfrom = "/old"\nto = "/tides"\n[[redirects]]\nfrom = "/x"\nto = "/y"\n',
        ),
        (
            "vercel.json",
            '{"redirects": [{"source": "/old", "destination": "/tides/"},'
            ' {"source": "/x", "destination": "/gone"}]}',
        ),
        ("nginx.map", f"map $uri $new {{\n  /old {URL}/tides/;\n  /x /y;\n}}\n"),
    ],
)
def test_redirects_in_files_become_aliases(tmp_path: Path, name: str, text: str) -> None:
    """Those to a post; each other one is a note of its file."""
    post = {"_config.yml": CONFIG, "_posts/2020-01-02-tides.md": POST.format(more="")}
    site = moved(tmp_path, {**post, name: text})
    fields = parse((site / "content/posts/2020-01-02-tides.md").read_bytes(), "a.md").fields
    assert fields["aliases"].value == ["/old"]
    line = report(site)[name]
    assert line["result"] == "converted with notes"
    assert len(line["notes"]) == 1


MENUS = {
    "jekyll": {
        "_config.yml": CONFIG,
        "_data/navigation.yml": "main:\n- {title: Us, url: /about/}\n- {title: Shop, url: /shop/}\n",
        "about.md": ABOUT,
    },
    "hugo": {
        "hugo.toml": f'baseURL = "{URL}/"\n[[menu.main]]\nname = "Us"\nurl = "/about/"\n'
        '[[menu.main]]\nname = "Shop"\nurl = "/shop/"\n',
        "content/about.md": "---\ntitle: About\n---\n\nUs.\n",
    },
    "pelican": {
        "pelicanconf.py": f"SITEURL = '{URL}'\nPAGE_URL = '{{slug}}/'\n"
        "MENUITEMS = (('Us', '/about/'), ('Shop', '/shop/'))\n",
        "content/pages/about.md": "Title: About\n\nUs.\n",
    },
}


@pytest.mark.parametrize("generator", MENUS)
def test_the_menu_is_kept_where_it_leads_to_a_page(tmp_path: Path, generator: str) -> None:
    """The rest of it is named in the report."""
    site = moved(tmp_path, MENUS[generator], generator)
    settings = (site / "pelicanconf.py").read_text("utf-8")
    assert "menu=(('Us', '/about/'),)" in settings
    notes = [note["what"] for line in report(site).values() for note in line["notes"]]
    assert "Shop -> /shop/: no page is there" in notes


def test_authors_become_people(tmp_path: Path) -> None:
    """From a table of data and from files, with the pictures that there are."""
    site = moved(
        tmp_path,
        {
            "_config.yml": CONFIG,
            "_data/authors.yml": "ada:\n  name: Ada Byron\n  bio: Counts.\n  avatar: /img/ada.png\n"
            "  web: https://ada.example/\n  twitter: ada\nbo:\n  name: Bo\n  avatar: /none.png\n",
            "_authors/cy.md": "---\nname: Cy Young\n---\n\nThrows.\n",
            "img/ada.png": "",
            "_posts/2020-01-02-tides.md": POST.format(more="author: ada\n"),
        },
    )

    def person(key: str) -> dict[str, object]:
        text = (site / f"content/authors/{key}.md").read_text("utf-8")

        return dict(yaml.safe_load(text.split("---")[1]))

    assert person("ada") == {
        "name": "Ada Byron",
        "picture": "/img/ada.png",
        "summary": "Counts.",
        "url": "https://ada.example/",
        "twitter": "ada",
    }
    assert person("bo") == {"name": "Bo"}
    assert "Throws." in (site / "content/authors/cy.md").read_text("utf-8")
    lines = report(site)
    assert lines["_authors/cy.md"]["target"] == "authors/cy.md"
    assert lines["_data/authors.yml"]["notes"][0]["what"] == "/none.png is not there"
