"""What machines read in a page, by the parsers they use: microformats, JSON-LD."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import mf2py
from justhtml import JustHTML

from tests.browser.sites import KINDS

SITE = "https://blog.example.com"


def html_of(sample: Path, url: str) -> str:
    """The text of a page."""
    return (sample / url.strip("/") / "index.html").read_text(encoding="utf-8")


def entry_of(html: str, url: str) -> dict[str, Any]:
    """The properties of the page's one h-entry."""
    items = mf2py.parse(doc=html, url=SITE + url)["items"]
    [entry] = [item for item in items if "h-entry" in item["type"]]
    properties: dict[str, Any] = entry["properties"]
    return properties


def linked_data(html: str) -> dict[str, dict[str, Any]]:
    """The nodes of the page's JSON-LD by their type."""
    [script] = JustHTML(html, sanitize=False).query('script[type="application/ld+json"]')
    graph = json.loads(script.to_text())["@graph"]
    return {node["@type"]: node for node in graph}


def test_the_page_and_its_data_say_the_same(sample: Path) -> None:
    """Title, author, dates and series, as the writer wrote them."""
    url = KINDS["post of a series"]
    html = html_of(sample, url)
    entry, nodes = entry_of(html, url), linked_data(html)
    post = nodes["BlogPosting"]
    assert entry["name"] == [post["headline"]] == ["The next question"]
    assert [author["properties"]["name"] for author in entry["author"]] == [["Mara Lindqvist"]]
    assert [author["name"] for author in post["author"]] == ["Mara Lindqvist"]
    assert entry["url"] == [post["url"]] == [SITE + url]
    written = datetime.fromisoformat(post["datePublished"])
    assert [datetime.fromisoformat(one) for one in entry["published"]] == [written]
    assert written.date() == date(2026, 9, 8)
    assert post["isPartOf"]["@type"] == "CreativeWorkSeries"
    assert post["isPartOf"]["name"] == "Attention, both ways"
    assert post["position"] == 1


def test_the_way_to_a_post_is_told(sample: Path) -> None:
    """From the front page over its topic, each with its address but the last."""
    trail = linked_data(html_of(sample, KINDS["post"]))["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3]
    assert [step.get("item") for step in trail] == [
        f"{SITE}/",
        f"{SITE}/category/conversation/",
        None,
    ]


def test_the_front_page_is_a_feed_of_entries(sample: Path) -> None:
    """An h-feed of h-entries, each with a name and an address of its own."""
    items = mf2py.parse(doc=html_of(sample, "/"), url=f"{SITE}/")["items"]
    [feed] = [item for item in items if "h-feed" in item["type"]]
    entries = [item["properties"] for item in feed["children"] if "h-entry" in item["type"]]
    assert len(entries) == 9  # the featured one, the running series' latest part, a page of others
    assert len({entry["url"][0] for entry in entries}) == len(entries)
    assert all(entry["name"] and entry["published"] for entry in entries)
