"""The search index of a built site, and its description for browsers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from lxml import etree

from plugins.catalogue.settings import PageSettings
from plugins.pages import shards
from tests.plugins.building import Built, Workshop
from tests.plugins.sequences import clean_build, snapshot
from tests.thread.examples import REPLY
from thread import files
from thread.model import Thread

POST = "---\ntitle: {0}\ndate: 2026-01-0{1}\n{2}---\nA text about {0}.\n"
SITE = {
    "tea.md": POST.format("Tea", 1, "tags: [leaves]\n"),
    "gin.md": POST.format("Gin", 2, "draft: true\n"),
    "rum.md": POST.format("Rum", 3, "").replace("2026", "2999"),
    "wine.md": POST.format("Wine & rest", 4, ""),
    "pages/about.md": "---\ntitle: About\n---\nAbout us.\n",
}


def found(built: Built) -> dict[str, dict[str, object]]:
    """What the index holds, by address."""
    folder = built.output / "search/engine/fragment"
    records = {}
    for path in folder.glob("*.pf_fragment"):
        text = gzip.decompress(path.read_bytes()).decode("utf-8").removeprefix("pagefind_dcd")
        record = json.loads(text)
        records[str(record["url"])] = record
    return records


def test_public_posts_can_be_found_and_nothing_else(tmp_path: Path) -> None:
    """No draft, no scheduled post, no page, not even in the preview."""
    workshop = Workshop(tmp_path)
    assert set(found(workshop.build(SITE))) == {"/tea/", "/wine/"}
    assert set(found(workshop.build(PREVIEW=True))) == {"/tea/", "/wine/"}


def test_a_record_is_the_text_with_its_title_and_date(tmp_path: Path) -> None:
    """Tags are words of it; markup in a title is text."""
    records = found(Workshop(tmp_path).build(SITE))
    assert records["/tea/"]["meta"] == {"title": "Tea", "date": "1 January 2026"}
    content = str(records["/tea/"]["content"])
    assert content.index("A text about Tea.") < content.index("leaves")
    assert "A text about Tea." in str(records["/tea/"]["content"])
    assert records["/wine/"]["meta"] == {"title": "Wine & rest", "date": "4 January 2026"}


def test_the_same_posts_make_the_same_index(tmp_path: Path) -> None:
    """In whatever order their files were written."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    first = Workshop(one).build(SITE)
    second = Workshop(other).build(dict(reversed(SITE.items())))
    names = {name for name in first.files() if name.startswith("search/engine/")}
    assert names == {name for name in second.files() if name.startswith("search/engine/")}
    for name in names:
        assert (first.output / name).read_bytes() == (second.output / name).read_bytes(), name


def indexes(built: Built) -> dict[str, bytes]:
    """Every file of the index."""
    folder = built.output / "search/engine"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_edit_rebuilds_its_own_shard_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of all other shards stay as they lie, and the result is that of a clean build."""
    monkeypatch.setattr(shards, "POSTS", 3)
    posts = {f"{number}.md": POST.format(f"Post {number}", 1, "") for number in range(10)}
    workshop = Workshop(tmp_path)
    before = indexes(workshop.build(posts))
    assert {"1/pagefind-entry.json", "2/pagefind-entry.json", "3/pagefind-entry.json"} <= set(
        before
    )
    built = workshop.build({"3.md": posts["3.md"] + "\nAn unusual word: xylophone.\n"})
    assert built.run is not None
    after = indexes(built)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    folders = {name.partition("/")[0] for name in changed}
    assert len(folders & {"1", "2", "3"}) == 1, folders
    assert len([name for name in built.run.reasons if name.startswith("task search: index")]) == 1
    assert after == indexes(clean_build(workshop, tmp_path / "clean"))


def test_growing_and_shrinking_leaves_no_shard_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that passes the limit, and comes back, is as one that was built from nothing."""
    monkeypatch.setattr(shards, "POSTS", 3)
    posts = {f"{number}.md": POST.format(f"Post {number}", 1, "") for number in range(3)}
    workshop = Workshop(tmp_path)
    small = workshop.build(posts)
    assert "1/pagefind-entry.json" not in indexes(small)
    assert 'data-shards=""' in small.page("/search/")
    more = {f"more-{number}.md": POST.format(f"More {number}", 1, "") for number in range(3)}
    grown = workshop.build(more)
    assert 'data-shards="/search/engine/1/"' in grown.page("/search/")
    clean = clean_build(workshop, tmp_path / "clean")
    assert snapshot(grown.output) == snapshot(clean.output)
    for name in more:
        (workshop.content / name).unlink()
    shrunk = workshop.build()
    assert snapshot(shrunk.output) == snapshot(clean_build(workshop, tmp_path / "clean").output)


def test_a_reply_leaves_the_index_alone(tmp_path: Path) -> None:
    """What it is made from is the post and its text, not what readers said below it."""
    workshop = Workshop(tmp_path)
    first = workshop.build(SITE).run
    assert first is not None
    files.write(workshop.replies, Thread("tea", 1, (REPLY,)))
    second = workshop.build().run
    assert second is not None
    assert "page tea/index.html" in second.reasons
    assert not [name for name in second.reasons if name.startswith("task search: index")]


def test_browsers_are_told_where_to_ask(tmp_path: Path) -> None:
    """The description names the address of the search page; every page names the description."""
    built = Workshop(tmp_path).build(SITE, SITEURL="https://example.org/blog", SITENAME="A & B")
    root = etree.fromstring((built.output / "opensearch.xml").read_bytes())
    [url] = root.iter("{*}Url")
    assert url.get("template") == "https://example.org/blog/search/?q={searchTerms}"
    assert root.findtext("{*}ShortName") == "A & B"
    assert 'href="/blog/opensearch.xml"' in built.page("/tea/")
    home = built.page("/").replace(" ", "")
    assert '"urlTemplate":"https://example.org/blog/search/?q={search_term_string}"' in home


def test_search_can_be_left_out(tmp_path: Path) -> None:
    """Then nothing mentions it, and no page may run WebAssembly."""
    built = Workshop(tmp_path).build(SITE, PAGES=PageSettings(search=False))
    assert not [name for name in built.files() if name.startswith(("search", "opensearch"))]
    for name in ("/", "/tea/", "404.html", "_headers"):
        text = built.page(name).partition("<style>")[0] + built.page(name).partition("</style>")[2]
        assert "search" not in text.lower().replace("searching", ""), name
        assert "wasm" not in text


def test_only_the_page_that_searches_may_run_its_engine(tmp_path: Path) -> None:
    """Every other page forbids WebAssembly to itself."""
    built = Workshop(tmp_path).build(SITE)
    pages = [name for name in built.files() if name.endswith(".html")]
    allowed = [name for name in pages if "wasm-unsafe-eval" in built.page(name)]
    assert allowed == ["search/index.html"]


def test_a_site_without_posts_has_no_index(tmp_path: Path) -> None:
    """The page that searches says so."""
    built = Workshop(tmp_path).build({"pages/about.md": SITE["pages/about.md"]})
    assert not [name for name in built.files() if name.startswith("search/engine")]
    assert "nothing to search yet" in built.page("/search/")


def test_another_theme_gets_none(tmp_path: Path) -> None:
    """It has no page that would use it."""
    built = Workshop(tmp_path).build(SITE, THEME="simple")
    assert not [name for name in built.files() if "search" in name]
