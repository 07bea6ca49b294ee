"""A new field that pages show is one line and a template; a new kind of page one line, a module, a template.

Each test changes a copy of the kit as a developer would, builds a site with it, and touches nothing else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from plugins.kinds import reserved
from tests.conftest import ROOT

ROOMS = ("plugins", "theme", "thread", "wording", "tests", "docs")
PODCAST = '''
"""The posts with a recording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from plugins.digests import digest
from plugins.kinds import address
from plugins.pages.cards import card
from plugins.pages.planned import PlannedPage, Planning
from plugins.pages.sketch import Sketch, outward
from plugins.urls import file_of
from plugins.views import CardView, HeadView


@dataclass(frozen=True, slots=True)
class PodcastView:
    """Every episode."""

    head: HeadView
    cards: tuple[CardView, ...]


def podcast(site: Planning) -> Iterator[PlannedPage]:
    """The page with all episodes."""
    inputs = digest(outward(site.catalogue.listed))
    yield PlannedPage(file_of(address("podcast")), "podcast", Sketch(inputs, partial(_view, site)))


def _view(site: Planning) -> PodcastView:
    head = site.heads.plain(address("podcast"), "Podcast", "Every episode.")
    episodes = [one for one in site.catalogue.listed if "audio" in one.post.extra]
    return PodcastView(head, tuple(card(one, site.facts) for one in episodes))
'''
KIND = """    PageKind(
        "podcast",
        "pages.podcast:PodcastView",
        "Every episode of the podcast.",
        "pages.podcast:podcast",
        ("/podcast/",),
        menu=gettext("Podcast"),
        sitemap="posts",
    ),
"""
TEMPLATE = """{% extends "base.html" %}
{% from "macros/entries.html" import entries %}
{% block main %}
<h1>{{ _("Podcast") }}</h1>
{{ entries(page.cards, site.lang) }}
{% endblock %}
"""
POST = "---\ntitle: {}\ndate: 2026-05-19\n{}---\n\nText, and [a link](/podcast/).\n"
BUILD = """
import sys
from pathlib import Path
from tests.plugins.building import Workshop
shop = Workshop(Path(sys.argv[1]))
files = dict(zip(sys.argv[2::2], sys.argv[3::2]))
built = shop.build(files, THEME="theme")
print("\\n".join(built.problems))
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of the kit."""
    made = tmp_path / "kit"
    for room in ROOMS:
        copytree(
            ROOT / room,
            made / room,
            symlinks=True,
            ignore=lambda *_: ["node_modules", "__pycache__"],
        )
    (made / "pelicanconf.py").write_bytes((ROOT / "pelicanconf.py").read_bytes())
    return made


def change(path: Path, old: str, new: str) -> None:
    """Put ``new`` before the first ``old`` in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, f"{new}{old}", 1), encoding="utf-8")


def run(kit: Path, *command: str) -> str:
    """What a command of this Python says in the copy."""
    environment = {**os.environ, "PYTHONPATH": str(kit), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=kit,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def build(kit: Path, files: dict[str, str]) -> tuple[Path, str]:
    """The output folder of a site of these files, and its problems."""
    site = kit.parent / "site"
    site.mkdir()
    given = [part for pair in files.items() for part in pair]
    return site / "output", run(kit, "-c", BUILD, str(site), *given)


def test_a_field_is_a_line_and_a_template(kit: Path) -> None:
    """It is parsed, shown, its faults are told, and the docs have it."""
    registry = kit / "plugins/frontmatter/registry.py"
    line = '    _field("sponsor", "Who paid for it.", "paid_by", shown=EXTRA, reads=text),\n'
    change(registry, '    _field(\n        "audio"', line)
    template = kit / "theme/templates/post.html"
    change(
        template,
        '<div class="prose',
        '{% if page.extra.sponsor %}<p id="paid">{{ page.extra.sponsor }}</p>{% endif %}\n',
    )
    post = "---\ntitle: {}\ndate: 2026-05-19\n{}---\n\nText.\n"
    good = {"posts/a.md": post.format("A", "Paid-By: A & B\n"), "posts/b.md": post.format("B", "")}
    output, problems = build(kit, good)
    assert problems == ""
    assert '<p id="paid">A &amp; B</p>' in (output / "a/index.html").read_text(encoding="utf-8")
    assert 'id="paid"' not in (output / "b/index.html").read_text(encoding="utf-8")
    run(kit, "-m", "tests.docs_tables")
    guide = (kit / "docs/front-matter.md").read_text(encoding="utf-8")
    assert "| `sponsor` | `paid_by` | | Who paid for it. | `page.extra.sponsor` |" in guide


def test_a_kind_of_page_is_a_line_a_module_and_a_template(kit: Path) -> None:
    """It is built, in the menu, the sitemap and the docs; links find it, and no post has its address."""
    change(kit / "plugins/kinds.py", ")\n# Files that are no pages", KIND)
    (kit / "plugins/pages/podcast.py").write_text(PODCAST.lstrip(), encoding="utf-8")
    (kit / "theme/templates/podcast.html").write_text(TEMPLATE, encoding="utf-8")
    files = {
        "posts/a.md": POST.format("Episode", "audio: https://a.example/1.mp3\n"),
        "posts/b.md": POST.format("B", ""),
    }
    output, problems = build(kit, files)
    assert problems == ""
    page = (output / "podcast/index.html").read_text(encoding="utf-8")
    assert '<a class="u-url" href="/a/">Episode</a>' in page
    assert 'href="/b/"' not in page
    assert '<a href="/podcast/">Podcast</a>' in (output / "index.html").read_text(encoding="utf-8")
    assert "<loc>https://blog.example.com/podcast/</loc>" in (output / "sitemap.xml").read_text()
    run(kit, "-m", "tests.docs_tables")
    guide = (kit / "docs/theme.md").read_text(encoding="utf-8")
    assert (
        "| `podcast.html` | `PodcastView` | Every episode of the podcast. | `/podcast/` |" in guide
    )
    taken = "from plugins.catalogue.terms import FIXED_PAGES\nprint('/podcast/' in FIXED_PAGES)"
    assert run(kit, "-c", taken) == "True"
    samples = "from tests.theme.samples import TEMPLATES, full\nprint(full(TEMPLATES['podcast.html']).head.title)"
    assert run(kit, "-c", samples) == "title text"


def test_the_docs_name_every_reserved_path() -> None:
    """Writers find all words that no path may begin with."""
    text = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")
    found = re.search(r"outside of (.*?), and be no address", text)
    assert found
    assert set(re.findall(r"`/([^`]+)/`", found[1])) == reserved()
