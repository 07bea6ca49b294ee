"""How each element is written in our Markdown."""

# ruff: noqa: ARG002, D102  # the library gives every method its arguments and its meaning

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from desk.importing.embeds import picture
from desk.importing.html.escaping import escape, target, title
from desk.importing.html.names import BLOCKS, INLINE, html_of, is_blank, start_of
from desk.importing.html.neighbours import beside, ends, opens
from desk.importing.html.preparing import BLOCK, RAW

_SPACES = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|lang:|brush:\s?)([\w+#-]+)")


def _edges(text: str) -> tuple[str, str, str]:
    """The spaces before a text, the text, and those behind it."""
    inner = text.strip(" ")
    before = text[: len(text) - len(text.lstrip(" "))] if inner else text
    return before, inner, text[len(before) + len(inner) :]


class Writer(MarkdownConverter):
    """The library's converter with our Markdown: one method for each element."""

    def get_conv_fn(self, tag_name: str) -> Any:
        if tag_name in INLINE:
            return self._inline
        return super().get_conv_fn(tag_name)  # type: ignore[misc]  # the stubs lack it

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        tags = parent_tags or set()
        if "pre" in tags or tags & {RAW, BLOCK}:
            return str(el)
        text = _SPACES.sub(" ", str(el))
        if ends(el, after=False):
            text = text.lstrip(" ")
        if ends(el, after=True):
            text = text.rstrip(" ")
        if "_noformat" in tags:
            return text
        said = escape(text, opens(el))
        # In front of a link it would make an image of it.
        linked = said.endswith("!") and getattr(el.next_sibling, "name", None) == "a"
        return f"{said[:-1]}\\!" if linked else said

    def _inline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"{start_of(el)}{text}</{el.name}>"

    def convert_parley_raw(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "".join(map(str, el.children))

    def convert_parley_block(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        said = "".join(map(str, el.children)).strip("\n")
        return f" {said} " if "_inline" in parent_tags else f"\n\n{said}\n\n"

    def _marked(self, el: Tag, text: str, mark: str, name: str) -> str:
        """Emphasis, as marks where those are read as such, else as an element."""
        before, inner, after = _edges(text)
        if not inner:
            return text
        left = "" if before else beside(el, after=False)
        right = "" if after else beside(el, after=True)
        glued = (left.isalnum() and not inner[0].isalnum()) or (
            right.isalnum() and not inner[-1].isalnum()
        )
        if "*" in (left, right) or glued or "\n\n" in inner:
            return f"{before}<{name}>{inner}</{name}>{after}"
        return f"{before}{mark}{inner}{mark}{after}"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(el, text, "**", "strong")

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(el, text, "*", "em")

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(el, text, "~~", "del")

    convert_b, convert_i, convert_s = convert_strong, convert_em, convert_del

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return "<br>"
        if "_inline" in parent_tags:
            return " "
        after = el.next_sibling
        while after is not None and is_blank(after):
            after = after.next_sibling
        if el.parent is not None and el.parent.name in BLOCKS:
            if after is None or (isinstance(after, Tag) and after.name in BLOCKS):
                return ""
            if isinstance(after, Tag) and after.name == "br":
                return "\n\n"
        before = el.previous_sibling
        return "" if isinstance(before, Tag) and before.name == "br" else "\\\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "")
        before, inner, after = _edges(text)
        if not href or not inner:
            return text
        if (
            inner == href
            and href.startswith(("https://", "http://"))
            and "_inline" not in parent_tags
        ):
            return f"{before}<{href}>{after}"
        said = f"[{inner}]({target(href)}{title(str(el.get('title') or ''))})"
        return f"{before}{said}{after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        src = str(el.get("src") or el.get("data-src") or "")
        return picture(src.replace("|", "%7C"), str(el.get("alt") or ""), "") if src else ""

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return text
        if el.find(lambda one: one.name != "span"):
            return html_of(el)
        before, said, after = _edges(_SPACES.sub(" ", el.get_text()))
        if not said:
            return before
        fence = "`" * (1 + max(map(len, re.findall("`+", said)), default=0))
        edge = " " if "`" in said else ""
        if parent_tags & {"td", "th"} and "|" in said:
            said = said.replace("|", "\\|")
        return f"{before}{fence}{edge}{said}{edge}{fence}{after}"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        for one in el.find_all("br"):
            one.replace_with("\n")
        code = el.get_text().replace("\r\n", "\n").strip("\n")
        if not code:
            return ""
        classes = " ".join(
            str(one)
            for tag in (el, *el.find_all("code", limit=1))
            for one in tag.get_attribute_list("class")
            if one
        )
        found = _LANGUAGE.search(classes)
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        return f"\n\n{fence}{found[1] if found else ''}\n{code}\n{fence}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802  # its name
        said = _SPACES.sub(" ", text).strip()
        if "_inline" in parent_tags or not said:
            return said
        place = str(el.get("id") or "")
        place = f" {{#{place}}}" if re.fullmatch(r"[\w-]+", place) else ""
        bare = said.rstrip("#")
        closing = said[len(bare) :].replace("#", "\\#")
        return f"\n\n{'#' * n} {bare}{closing}{place}\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        said = text.strip()
        bullet = "- "
        if el.parent is not None and el.parent.name == "ol":
            bullet = f"{self._number(el)}. "
        lines = (said or "").split("\n")
        space = " " * len(bullet)
        indented = [lines[0], *(f"{space}{one}" if one else "" for one in lines[1:])]
        return bullet + "\n".join(indented) + "\n" if said else f"{bullet.rstrip()}\n"

    @staticmethod
    def _number(el: Tag) -> int:
        """The number of an item; remembered at its list, or long lists would take the square."""
        parent = el.parent
        start = str(parent.get("start") or "1") if parent is not None else "1"
        last = parent.attrs.get("parley-last") if parent is not None else None
        number = int(str(last)) + 1 if last else (int(start[:9]) if start.isdigit() else 1)
        if parent is not None:
            parent.attrs["parley-last"] = str(number)
        return number

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        caption = el.find("figcaption", recursive=False)
        images = el.find_all("img")
        around = "".join(one.get_text() for one in el.children if one is not caption).strip()
        if len(images) != 1 or around or el.find(["figure", "table", "pre"]):
            return f"\n\n{text.strip()}\n\n"
        said = self.process_tag(caption, {"figure", "_inline"}).strip() if caption else ""  # type: ignore[attr-defined]
        image = images[0]
        link = image.find_parent("a")
        alone = self.convert_img(image, "", set())
        if link is not None and link.get("href"):
            alone = f"[{alone}]({target(str(link['href']))})"
        if not said:
            return f"\n\n{alone}\n\n"
        plain = caption.get_text().strip() if caption else ""
        if alone.startswith("!") and said == plain and '"' not in said:
            src = str(image.get("src") or "")
            return f"\n\n{picture(src, str(image.get('alt') or ''), said)}\n\n"
        if "li" in parent_tags:  # HTML with Markdown in it is not read in a list
            return f"\n\n{alone}\\\n{said}\n\n"
        shown = f"{alone}\n<figcaption>{said}</figcaption>"
        return f'\n\n<figure markdown="span">\n{shown}\n</figure>\n\n'

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<summary>{_SPACES.sub(' ', el.decode_contents()).strip()}</summary>\n\n"

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        cells = el.find_all(["td", "th"])
        line = f"|{text.replace(chr(10), ' ')}\n"
        rule = "| " + " | ".join("---" for _ in cells) + " |\n"
        table = el.find_parent("table")
        if table is not None and table.find("tr") is not el:
            return line
        is_head = all(one.name == "th" for one in cells) or el.find_parent("thead") is not None
        return line + rule if is_head else rule + line

    def convert_center(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    convert_address = convert_aside = convert_header = convert_footer = convert_main = (
        convert_nav
    ) = convert_center
