"""Texts to read in two ways, and the comparison."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from plugins.engine.texts import text_of
from plugins.images.showing import image_addresses
from plugins.markup import leftovers
from plugins.markup.converter import Converted, Converter, clean
from plugins.markup.highlighting import Highlighter
from plugins.markup.links import is_local, references
from plugins.markup.quick.inline import addresses
from plugins.markup.quick.page import page
from plugins.markup.reposts import lift_original
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import scan
from plugins.markup.summaries import summarise
from plugins.markup.words import count_words
from plugins.post import Body, Link
from tests.plugins.examples import a_post

FENCE = Highlighter().html
PLAIN = MarkupSettings()
LIBRARY = Converter(PLAIN, FENCE, quick=False)
MIXED = Converter(PLAIN, FENCE)


def quickly(text: str) -> Converted | None:
    """``text`` by the quick way."""
    return page(text, scan(text).fences, FENCE, PLAIN)


def mixed(text: str) -> Converted:
    """``text`` by the library, but for its usual paragraphs."""
    return MIXED.convert(text, scan(text).fences)


def slowly(text: str) -> Converted:
    """``text`` by the library alone."""
    return LIBRARY.convert(text, scan(text).fences)


def flat(headings: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    """Level, id and name of all headings, in order."""
    found: list[tuple[object, object, object]] = []
    for one in headings:
        children = one["children"]
        assert isinstance(children, list)
        found += [(one["level"], one["id"], one["name"]), *flat(children)]
    return found


def assert_same(text: str) -> None:
    """Both quick ways give what the library gives, if they understand ``text``."""
    expected = slowly(text)
    for made in (quickly(text), mixed(text)):
        if made is not None:
            assert made.html == expected.html
            assert flat(made.headings) == flat(expected.headings)
            assert made.unnamed == expected.unnamed
            if made.prose is not None:
                assert_nothing_is_missed(made, text)


def assert_nothing_is_missed(made: Converted, text: str) -> None:
    """Who looks through the prose finds what is in the whole HTML, and counts as many words."""
    prose, html = made.prose or "", made.html
    looked = [(one.value, one.kind == "image") for one in references(html)]
    assert list(addresses(prose)) == looked
    assert [one for one, shown in addresses(prose) if shown] == list(image_addresses(html))
    assert count_words(prose) + sum(map(count_words, made.code)) == count_words(html)
    assert summarise(prose) == summarise(html)
    assert lift_original(prose).url == lift_original(html).url
    assert list(leftovers.find(prose, text)) == list(leftovers.find(html, text))
    body = Body(html, links=tuple(Link(one, "link", 1) for one, _ in looked if is_local(one)))
    seen, whole = text_of(a_post(), replace(body, prose=prose)), text_of(a_post(), body)
    assert (seen.local, seen.shown, seen.foreign) == (whole.local, whole.shown, whole.foreign)


USUAL = (
    "One paragraph.",
    "Two lines\nof *one*, with **strong** words, `code & <b` no.",
    'A [link](https://example.org/a_b?c=d&e=f), a [second](b.md "it\'s > a title") (and *a [third](c)*).',
    "snake_case and __init__ stay? snake__case, 2_000; a|b; {no}",
    "![A view](/a.jpg)",
    '![A view](/a_b.jpg "Of the sea")',
    "Inline ![A view](/a.jpg) and ![B](b.png 'no')",
    "# One\n\n## Two\n\n### Three `code` & *em* > 1",
    "## Same\n\n## Same\n\n## Same_1\n\n## main",
    "## Heading\nText below at once.\n## Another\n- list\n- at once",
    "- one\n- two `x`\n- three [y](z)",
    "* one\n+ two",
    "1. one\n2. two\n\nText",
    "3. one\n4. two",
    "Text first:\n- one\n- two\n\nText",
    "- one\n\n- two",
    "> quoted\n> *text*\n>\n> more",
    "> one\n\n> two",
    "| A | B |\n|---|--:|\n| 1 | *2* |",
    "## Say `x=\"1\"` & 'more'\n\n| A | B |\n|---|---|\n| 1 | 2 |",
    "## Head & shoulders\n\n| A | B | C |\n|:-:|:--|---|\n| 1 |  | x |\n\n| A | B |\n|---|---|\n| c | d |",
    "---",
    "Text\n\n***\n\nText",
    "```python\ndef f(): pass\n```",
    '```python title="[a](b) of **c**"\nf(**x) # <a href="b">\n```\n\n![c](https://d.example/e.png)',
    "![f](//g.example/h.png?i=1&j=2) and [k](l?m=1&n)\n\n```html\n<img src='https://o.example/p'>\n```",
    "Text\n```\ncode\n```\nText",
    "- a\n```\ncode\n```\n- b",
    "Trailing space \n\nText  ",
    "a&b AT&T; x & y",
    "100. no list\n\n2019 was",
    "It is 5 > 3 - or so",
    "\n\n\nText\n   \n\nText\n\n",
)


UNUSUAL = (
    "<div>\nraw *html*\n\n</div>",
    "<div>\n\nnever closed",
    '<div markdown="1">\n\nText\n\n</div>',
    "<!-- more -->",
    "<!-- more",
    'Text <b>bold</b> <span class="a">*em*</span> a < b',
    "Text `<div>` and `<script>`",
    "<p>raw</p> tail",
    "- a\n\n    - b\n\n    text",
    "- a\n\n  text\n\n- b",
    "    code\n\n    code",
    "[^1]: A note.\n\n    More of it.",
    "A footnote[^1] and [a reference][x], [x], ![x]",
    "[x]: /there 'A title'",
    "*[HTML]: Markup",
    "Term\n: Definition\n\n    More.",
    ":   Definition",
    "!!! note\n    Text\n\n    More.",
    "[TOC]",
    "_a_ ~~b~~ ***c*** \\* &copy; https://example.org",
    "Title\n=====",
    "a  \nb",
    "{: .a}",
    "> - a\n>\n> > b",
    "1. a\n\n2. b\n\n```\nx\n```",
    "    :::python\n    x = 1",
)

SIGNS = st.text(st.sampled_from("ab *_`[]()!#>-+.|:\n\n&;\"'1x<\\~{}=/"), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "word",
                "two words",
                " ",
                " ",
                "\n",
                "\n\n",
                "\n\n",
                "*",
                "**",
                "*em*",
                "**strong**",
                "`",
            ),
            *(
                "`code`",
                "`a*b`",
                "[text](to)",
                "[a `b`](c)",
                '[a](b "c")',
                "[",
                "]",
                "(",
                ")",
                "](",
                "_",
            ),
            *(
                "![alt](src)",
                '![alt](src "title")',
                "a_b",
                "__",
                "\n# ",
                "\n## ",
                "#",
                "\n- ",
                "\n* ",
                "- ",
            ),
            *(
                "\n1. ",
                "\n2. ",
                "\n> ",
                ">",
                "\n>\n",
                "|",
                "\n| a | b |",
                "\n|---|:-:|",
                "\n| c | *d* |",
            ),
            *(
                "&",
                "&amp;",
                "&c",
                ";",
                "<b>",
                "</b>",
                "<!-- -->",
                "\\",
                "  \n",
                "\n    ",
                "\n  ",
                "\t",
                "'",
            ),
            *(
                '"',
                "!",
                ":",
                "\n: ",
                "---",
                "\n---\n",
                "\n***\n",
                "===",
                "~~",
                "~",
                "{",
                "}",
                "{: #a}",
                "é",
            ),
            *(
                "\n```\n",
                "\n```python\nx = 1\n```\n",
                "https://",
                "://",
                ".",
                ",",
                "^",
                "[^1]",
                "\n[^1]: ",
                "日",
            ),
            *(
                "\n[a]: b\n",
                "[a]",
                "\n*[ab]: c\n",
                "[TOC]",
                "\n!!! note\n",
                "main",
                "section",
                "\u00a0",
                "\x0b",
            ),
        ]
    ),
    max_size=24,
).map("".join)
BLOCKS = st.lists(st.sampled_from((*USUAL, *UNUSUAL)), max_size=6).map("\n\n".join)
TIGHT = st.lists(st.sampled_from((*USUAL, *UNUSUAL)), max_size=4).map("\n".join)
TEXTS = st.one_of(WORDS, BLOCKS, TIGHT, SIGNS).map(clean)
