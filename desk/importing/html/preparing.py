"""The tree of a text before it is written: what Markdown cannot say is taken out of it as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from desk.importing.html import names
from desk.importing.html.names import PreformattedHtml, has_blocks, html_of, is_blank
from desk.importing.model import Note, Sure

RAW, BLOCK = "parley-raw", "parley-block"
_WORDY = frozenset({"b", "strong", "i", "em", "del", "s", "strike"})
_PLAYERS = frozenset({"audio", "video"})  # HTML is how Markdown has them
_HOLDERS = frozenset({"[document]", "html", "body", "div", "section", "article"})
_STYLE = re.compile(r"(?:color|background)[^;]*+", re.IGNORECASE)
_GIST = re.compile(r"https://gist\.github\.com/[\w-]+/[0-9a-f]+(?=\.js)")
_WIDGETS = ("platform.twitter.com/widgets", "instagram.com/embed", "embedr.flickr.com")


@dataclass(slots=True)
class Preparation:
    """The work on one tree; ``notes`` say what a person should look at."""

    soup: BeautifulSoup
    line: int
    address: Callable[[str], str]
    notes: list[Note] = field(default_factory=list)

    def run(self) -> None:
        """Take out what stays as HTML, and mend what Markdown could not hold."""
        for element in self.soup.find_all(True):
            self._addresses(element)
        wanted = {str(one["href"])[1:] for one in self.soup.select('a[href^="#"]')} - {""}
        for comment in self.soup.find_all(string=lambda text: isinstance(text, Comment)):
            if isinstance(comment, Comment):
                self._comment(comment)
        for element in self.soup.find_all(True):
            if element.parent is not None and self._is_here(element):
                self._element(element, wanted)

    def _addresses(self, element: Tag) -> None:
        for name in ("href", "src", "poster", "data"):
            if isinstance(value := element.get(name), str):
                element[name] = self.address(value.strip())
        for name in ("srcset", "sizes", "loading", "decoding", "fetchpriority"):
            element.attrs.pop(name, None)

    def _is_here(self, element: Tag) -> bool:
        return not element.decomposed and any(one is self.soup for one in element.parents)

    def _note(self, kind: str, what: str, sure: Sure = "guess") -> None:
        self.notes.append(Note(self.line, kind, " ".join(what.split())[:100], sure))

    def _comment(self, comment: Comment) -> None:
        said = str(comment).strip()
        inside = comment.find_parent(lambda one: one.name not in {"body", "html", "[document]"})
        if said == "nextpage":
            comment.extract()
        elif said.startswith("more") and inside and inside.name == "p":
            inside.insert_after(self._kept("<!--more-->", block=True))
            comment.extract()
        elif said.startswith("more"):
            comment.replace_with(self._kept("<!--more-->", block=True))
        elif said:
            shown = re.sub("-{2,}", "-", said)
            block = comment.parent is not None and comment.parent.name in _HOLDERS
            comment.replace_with(self._kept(f"<!-- {shown} -->", block=block))

    def _kept(self, html: str, *, block: bool) -> Tag:
        made = self.soup.new_tag(BLOCK if block else RAW)
        made.append(PreformattedHtml(html))
        return made

    def _element(self, element: Tag, wanted: set[str]) -> None:
        name = element.name
        if name in {RAW, BLOCK}:
            return
        if name == "script":
            self._script(element)
        elif name == "iframe" and (url := names.address_of_frame(str(element.get("src") or ""))):
            self._replace(element, url, block=True)
        elif what := _unsayable(element):
            self._keep(element, what)
        elif name in names.WHOLE_INLINES:
            self._replace(element, html_of(element), block=False)
            if name not in {"svg", "math", "picture"}:
                self._note("HTML that stays", name)
        elif name in _WORDY and has_blocks(element):
            self._note("emphasis around blocks was left out", element.get_text()[:60])
            element.unwrap()
        else:
            self._rename(element)
            self._anchor(element, wanted)

    @staticmethod
    def _rename(element: Tag) -> None:
        """Galleries are no lists of text, and old names have new ones."""
        element.name = {"acronym": "abbr", "strike": "del", "tt": "code"}.get(
            element.name, element.name
        )
        if element.name == "ul" and "gallery" in " ".join(element.get_attribute_list("class")):
            element.name = "div"
            for item in element.find_all("li", recursive=False):
                item.name = "div"

    def _script(self, element: Tag) -> None:
        src = str(element.get("src") or "")
        if found := _GIST.match(src):
            self._replace(element, found[0], block=True)
        elif any(one in src for one in _WIDGETS):
            element.extract()
        else:
            self._keep(element, "script")

    def _anchor(self, element: Tag, wanted: set[str]) -> None:
        """Keep a place that links lead to, and note the colours that somebody gave to words."""
        name = element.name
        place = str(element.get("id") or (element.get("name") if name == "a" else "") or "")
        if place in wanted and name not in names.INLINE and not re.fullmatch("h[1-6]", name):
            shown = place.replace("&", "&amp;").replace('"', "&quot;")
            mark = self._kept(f'<span id="{shown}"></span>', block=False)
            if name in {"p", "li", "td"}:
                element.insert(0, mark)
            else:
                element.insert_before(mark)
        coloured = element.get("color") or _STYLE.search(str(element.get("style") or ""))
        if name in {"span", "font"} and coloured:
            self._note("a colour of words was left out", element.get_text())

    def _keep(self, element: Tag, what: str) -> None:
        sure: Sure = "sure" if element.name in _PLAYERS else "guess"
        self._note("HTML that stays", f"{what}: {element.get_text(' ', strip=True)[:60]}", sure)
        for comment in element.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()
        for one in element.find_all([RAW, BLOCK]):
            one.unwrap()
        shown = html_of(element)
        self._replace(element, f"<div>{shown}</div>" if element.name == "a" else shown, block=True)

    def _replace(self, element: Tag, html: str, *, block: bool) -> None:
        inside = element.find_parent(["p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "a"])
        if block and inside is not None:
            alone = inside.name == "p" and all(one is element or is_blank(one) for one in inside)
            block = alone
        element.replace_with(self._kept(html, block=block))


def _unsayable(element: Tag) -> str:
    """What an element is that Markdown has no words for; empty for the others."""
    name = element.name
    if name == "table":
        return "" if _is_plain_table(element) else "a table"
    if name == "dl":
        return "" if _is_plain_terms(element) else "a list of terms"
    if name == "pre" and element.find(lambda one: one.name not in {"code", "span", "br"}):
        return "preformatted text"
    if name == "a" and has_blocks(element) and element.get("href"):
        return "a link around blocks"
    if name == "p" and (element.get("dir") or element.get("lang")):
        return "a paragraph in another language or direction"
    return name if name in names.WHOLE_BLOCKS else ""


def _is_plain_table(table: Tag) -> bool:
    rows = table.find_all("tr")
    cells = table.find_all(["td", "th"])
    widths = {len(row.find_all(["td", "th"])) for row in rows}
    inner = table.find(["table", "ul", "ol", "pre", "h2", "h3", "blockquote", "tfoot", "iframe"])
    spans = any(one.get(name, "1") != "1" for one in cells for name in ("colspan", "rowspan"))
    heads = any(row.find("th") for row in rows[1:])
    many = any(len(cell.find_all("p")) > 1 for cell in cells)
    return not (inner or spans or heads or many) and len(widths) == 1 and widths != {0}


def _is_plain_terms(terms: Tag) -> bool:
    kinds = [one.name for one in terms.children if isinstance(one, Tag)]
    texts = [one for one in terms.children if isinstance(one, NavigableString)]
    pairs = bool(kinds) and kinds == ["dt", "dd"] * (len(kinds) // 2)
    blocks = any(has_blocks(one) for one in terms.find_all(["dt", "dd"]))
    return pairs and all(map(is_blank, texts)) and not blocks
