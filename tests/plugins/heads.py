"""Reads the head of a page back from the HTML that the theme makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import html
from markupsafe import Markup

from plugins.pages.render import Renderer
from plugins.views import HeadView, PageView, SiteView
from tests.conftest import ROOT
from tests.theme import samples

SITE_VIEW = replace(samples.empty(SiteView), name="Parley", home="/")
THEME = Path(ROOT, "theme", "templates")


@dataclass(frozen=True)
class ReadHead:
    """What a crawler finds in the head of a page."""

    title: str
    meta: dict[str, list[str]]
    canonicals: list[str]
    alternates: dict[str, str]
    nodes: dict[str, dict[str, Any]]
    scripts: int
    elements: set[str]

    def one(self, name: str) -> str | None:
        """The content of the only meta element of that name; None where there is none."""
        found = self.meta.get(name, [])
        assert len(found) < 2, f"{name} comes {len(found)} times"
        return found[0] if found else None


def read_head(head: HeadView) -> ReadHead:
    """Render ``head`` with the theme's own partial and parse the result."""
    page = PageView(head, "en", "x", Markup(""))
    text = Renderer(THEME).render("partials/head.html", SITE_VIEW, page)
    tree = html.document_fromstring(f"<!doctype html><html><head>{text}</head><body></body></html>")
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        meta.setdefault(name, []).append(element.get("content", ""))
    scripts = tree.xpath("//script[@type='application/ld+json']")
    graph = [node for one in scripts for node in json.loads(one.text)["@graph"]]
    return ReadHead(
        title=tree.findtext(".//title") or "",
        meta=meta,
        canonicals=tree.xpath("//link[@rel='canonical']/@href"),
        alternates={
            link.get("hreflang"): link.get("href")
            for link in tree.xpath("//link[@rel='alternate'][@hreflang]")
        },
        nodes={node["@type"]: node for node in graph},
        scripts=len(tree.xpath("//script")),
        elements={str(element.tag) for element in tree.iter()},
    )
