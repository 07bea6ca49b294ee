"""Markdown bodies become HTML, headings, links and a count of words."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from plugins.errors import Problem, SiteError
from plugins.markup.markup import Markup
from plugins.markup.places import line_of
from plugins.markup.settings import MarkupSettings
from plugins.post import Body, Heading, Link

MARKUP = Markup()
MARKS = st.lists(
    st.sampled_from(
        [
            *("a", "*", "**", "_", "`", "```", "\n", "\n\n", "    ", "  ", "- ", "1. ", "# ", "> "),
            *(
                "[",
                "](",
                "]",
                ")",
                "![",
                "[^1]",
                "\n[^1]: ",
                "\n: ",
                "|",
                "\n|-|-|\n",
                "<div>",
                "\\",
            ),
            *("</div>", '<div markdown="1">', "<p>", "<!--", "-->", "<b>", "&amp;", "&", "{: .x}"),
            *("!!! note\n", "*[", "]: ", "\t", "---\n", "===\n", "~~", "<http://x>", "https://x.y"),
            *(
                "[ ] ",
                "[x] ",
                "é",
                "日",
                "\x02",
                "\x03",
                "\0",
                "\r",
                "\x02wzxhzdk:0\x03",
                "<script>",
            ),
            *("</script>", '"', "[TOC]", "<? ", "<![CDATA[", "\u2028", "\x0c", ' "c")\n\n'),
        ]
    ),
    max_size=40,
).map("".join)


def render(text: str) -> str:
    """The HTML of ``text``."""
    return MARKUP.render(text).html


def rendered(text: str, markup: Markup = MARKUP) -> Body | tuple[Problem, ...]:
    """The body of ``text``, which begins at line 3 of its file, or the problems that it has."""
    try:
        return markup.render(text, 3, "posts/a.md")
    except SiteError as error:
        return error.problems


def is_understood(result: Body | tuple[Problem, ...]) -> bool:
    """Whether there is a body, or the problem is the text's and none of the converter's."""
    return isinstance(result, Body) or not any("converter" in one.message for one in result)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("*a* **b** `c` ~~d~~", "<em>a</em> <strong>b</strong> <code>c</code> <del>d</del>"),
        ("snake_case_word #hash", "snake_case_word #hash"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("\\~~a~~", "<p>~~a~~</p>"),
        ("Term\n:   Text", "<dt>Term</dt>\n<dd>Text</dd>"),
        ("HTML\n\n*[HTML]: Hyper", '<abbr title="Hyper">HTML</abbr>'),
        ("text\n{: .lead #x}", '<p class="lead" id="x">text</p>'),
        ('!!! tip "T"\n    a', '<div class="admonition tip">\n<p class="admonition-title">T</p>'),
        ('<div markdown="1">\n\n*a*\n\n</div>', "<div>\n<p><em>a</em></p>\n</div>"),
        ("<div CLASS='x'>  *a* <br/></div>", "<div CLASS='x'>  *a* <br/></div>"),
        ("a <b class=x>c</b>", "a <b class=x>c</b>"),
        ("- [x] a", '<label><input checked disabled type="checkbox"> a</label>'),
        ("- [ ] a\n\n- [ ] b", '<p><label><input disabled type="checkbox"> a</label></p>'),
        (
            "    x < y",
            '<div class="highlight"><pre tabindex="0"><code>x &lt; y\n</code></pre></div>',
        ),
        ("~~~\na\n~~~", "<code>a\n</code>"),
        ('a -- "b"', 'a -- "b"'),
    ],
)
def test_the_dialect(text: str, content: str) -> None:
    """Every mark the guide promises comes out as promised."""
    assert content in render(text)


def test_task_lists_say_what_they_are() -> None:
    """A list with boxes is marked as one, and text and nested lists stay outside the label."""
    content = render("- [ ] a **b**\n    - c\n- d")
    assert '<ul class="task-list">\n<li class="task-list-item"><label>' in content
    assert "a <strong>b</strong></label>" in content
    assert content.index("</label>") < content.index("<li>c</li>")
    assert content.count("<input") == 1


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("See https://a.org/b_c_d.", "https://a.org/b_c_d", "."),
        ("(https://a.org/b_(c))", "https://a.org/b_(c)", ")"),
        ("**https://a.org**", "https://a.org", "</strong>"),
        ("https://a.org/?b=1&c=2, so", "https://a.org/?b=1&amp;c=2", ", so"),
    ],
)
def test_bare_addresses_are_links(text: str, address: str, after: str) -> None:
    """An address in running text is a link up to the punctuation around it."""
    assert f'<a href="{address}">{address}</a>{after}' in render(text)


@pytest.mark.parametrize(
    "text", ["`https://a.org`", "[x](https://a.org)", '<b title="https://a.org">c</b>']
)
def test_addresses_elsewhere_are_not_linked_twice(text: str) -> None:
    """Code stays code, a link stays one link, an attribute stays whole."""
    assert render(text).count("<a ") == ("](" in text)


def test_bare_links_can_be_switched_off() -> None:
    """A site may keep addresses as text."""
    assert "<a" not in Markup(MarkupSettings(bare_links=False)).render("https://a.org").html


def test_smart_quotes_are_a_choice() -> None:
    """Typographic quotes come with a setting only."""
    smart = Markup(MarkupSettings(smart_quotes=True)).render('"a" -- b...').html
    assert smart == "<p>\u201ca\u201d \u2013 b\u2026</p>"


def test_headings_are_listed_with_unique_ids() -> None:
    """The contents list has level, id and plain text of each heading, in every script."""
    body = MARKUP.render("## A *b* & `c`\n\n### A b & c\n\n## Über 日本\n\n## !\n\n## X {#own}")
    assert body.headings == (
        Heading(2, "a-b-c", "A b & c"),
        Heading(3, "a-b-c_1", "A b & c"),
        Heading(2, "über-日本", "Über 日本"),
        Heading(2, "section", "!"),
        Heading(2, "own", "X"),
    )
    assert all(f'id="{heading.id}"' in body.html for heading in body.headings)


def test_a_body_never_holds_the_pages_own_level() -> None:
    """Where a body uses level one, all its headings move down; else they stay."""
    moved = MARKUP.render("# A\n\n## B\n\n###### C")
    assert [heading.level for heading in moved.headings] == [2, 3, 6]
    assert "<h1" not in moved.html
    assert [heading.level for heading in MARKUP.render("### A").headings] == [3]


def test_ids_of_the_theme_are_left_to_it() -> None:
    """A heading named like a part of the page gets another id."""
    markup = Markup(MarkupSettings(reserved_ids=frozenset({"replies"})))
    assert markup.render("## Replies").headings == (Heading(2, "section-replies", "Replies"),)


def test_a_list_of_contents_on_request() -> None:
    """[TOC] becomes navigation with a name."""
    content = render("[TOC]\n\n## A\n\n### B")
    assert content.startswith('<nav aria-label="Contents" class="toc">')
    assert '<a href="#b">B</a>' in content


def test_tables_scroll_and_are_aligned_by_class() -> None:
    """A wide table is a named region to scroll; alignment is the style sheet's."""
    content = render("## Prices & more\n\n| A | B | C |\n|:--|--:|:-:|\n| 1 | 2 | 3 |")
    box = '<div aria-label="Table 1: Prices &amp; more" class="table-scroll" role="region" tabindex="0">'
    assert f"{box}<table>" in content
    assert '<th class="align-left" scope="col">A</th>' in content
    assert '<td class="align-right">2</td>\n<td class="align-center">3</td>' in content
    assert "style=" not in content


def test_an_image_with_a_title_alone_is_a_figure() -> None:
    """Its title is the caption; in running text it stays a title."""
    figure = '<figure><img alt="a" src="b.png"><figcaption>A *b* &amp; c</figcaption></figure>'
    assert render('![a](b.png "A *b* & c")') == figure
    linked = render('[![a](b.png "C")](d.png)\n{: .wide}')
    assert linked == (
        '<figure class="wide"><a href="d.png"><img alt="a" src="b.png"></a>'
        "<figcaption>C</figcaption></figure>"
    )
    assert "<figure" not in render('x ![a](b.png "C")') + render("![a](b.png)")


def test_footnotes_go_both_ways() -> None:
    """Notes are numbered as read, their links say where they lead, their ids hold."""
    content = render("A[^b c] d[^e] f[^b c]\n\n[^e]: E\n[^b c]: B\n[^unused]: U")
    assert re.findall(r'href="(#fn:[^"]+)" role="doc-noteref">(\d)', content) == [
        *(("#fn:b-c", "1"), ("#fn:e", "2"), ("#fn:b-c", "1")),
    ]
    assert re.findall(r'<li id="([^"]+)">\s*<p>(\w)', content) == [
        *(("fn:b-c", "B"), ("fn:e", "E"), ("fn:unused", "U")),
    ]
    assert re.findall(r'aria-label="(Back[^"]+)"', content) == [
        *("Back to reference 1", "Back to reference 1-2", "Back to reference 2"),
    ]
    assert '<section aria-label="Footnotes" class="footnote" role="doc-endnotes">' in content


def test_references_to_this_site_with_their_lines() -> None:
    """Links, images and places within the site are listed; other sites are not."""
    text = (
        "[a](a.md) [b](https://b.org) [c](#c)\n\n![d](img/d.png)\n[a](a.md)\n"
        '<img srcset="e.png 2x" alt="">\n[f][g] [h]({filename}h.md?i=1&amp;j)\n\n[g]: /g/\n'
    )
    assert MARKUP.render(text, first_line=11).links == (
        Link("a.md", "link", 11),
        Link("#c", "link", 11),
        Link("img/d.png", "image", 13),
        Link("a.md", "link", 14),
        Link("e.png", "image", 15),
        Link("/g/", "link", 18),
        Link("{filename}h.md?i=1&j", "link", 16),
    )


def test_the_line_of_an_address() -> None:
    """An address is found as a whole, or counted to the first line."""
    text = "x/a.md\n[b](a.md)"
    assert line_of("a.md", text, 5) == 6
    assert line_of("none", text, 5) == 5


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n```python\nb\n", 12, "never closed"),
        ("a\n\n" + "".join(f"{'  ' * n}- a\n" for n in range(300)), 112, "nested too deeply"),
    ],
)
def test_what_cannot_be_shown_is_named_with_its_line(text: str, line: int, words: str) -> None:
    """Faults that no output could show fail with file and line, and the converter goes on."""
    with pytest.raises(SiteError) as caught:
        MARKUP.render(text, 10, "posts/a.md")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.field) == ("posts/a.md", line, "body")
    assert words in problem.message
    assert render("*a*") == "<p><em>a</em></p>"


@given(st.lists(MARKS, min_size=2, max_size=4))
def test_nothing_is_left_for_the_next_text(texts: list[str]) -> None:
    """A text gives the same body whatever was rendered before it."""
    used = Markup()
    for text in texts:
        assert rendered(text, used) == rendered(text, Markup())


@given(st.one_of(MARKS, st.text(max_size=80)))
def test_any_text_is_rendered_or_named(text: str) -> None:
    """No text crashes the converter, leaks its placeholders, or puts a line out of the file."""
    last = 3 + text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    result = rendered(text)
    assert is_understood(result)
    lines = [one.line for one in (result.links if isinstance(result, Body) else result)]
    assert all(3 <= line <= last for line in lines)
    assert not isinstance(result, Body) or not {"\x02", "\x03"} & set(result.html)


@given(MARKS)
def test_ids_are_unique(text: str) -> None:
    """No two elements of a body have one id."""
    result = rendered(text)
    ids = re.findall(r' id="([^"]*)"', result.html) if isinstance(result, Body) else []
    assert len(ids) == len(set(ids))


def test_the_output_is_valid_html() -> None:
    """A strict parser has nothing to say about what the marks become."""
    text = (
        "# A\n\ntext *b*\n- c\n  - [x] d\n    ```py\n    e\n    ```\n\n> f\n> 1. g\n\n"
        '| h | i |\n|:--|--|\n| `j` | k |\n\n![l](m.png "n")\n\no[^1] https://p.org\n\n[^1]: q\n\n'
        "r\n:   s\n\n!!! note\n    t\n\n[TOC]\n\n    u\n"
    )
    document = f"<!DOCTYPE html><title>x</title><body>{render(text)}"
    assert JustHTML(document, strict=True).errors == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "*" * 5000,
            "_a" * 5000,
            "~~a" * 5000,
            "`a" * 2000,
            "<" * 5000,
            "<!--" * 5000,
            "&" * 5000,
        ),
        *("> " * 3000, "\\" * 5000, "|" * 5000, "<div>" * 2000, "- " * 2000, "[a](b) " * 3000),
        *(
            "[" * 900,
            "[](" * 5000,
            "# a\n" * 1000,
            "https://" * 3000,
            "word " * 60_000,
            "a\n- b\n" * 2000,
        ),
        *('<div markdown="1">\n' * 2000, "<div>\n\n    <p>\n" * 2000, ":::tip\n" * 2000),
        *("https://a.org/_*_ *b* " * 2000, "$" * 9000, "\\(" * 9000, "\\[" * 9000, "==a " * 3000),
        *("| a | b |\n" * 3000, "a\n{: .x }\n" * 3000, "<!-- a " * 3000, "[a]: b\n" * 1000),
    ],
    ids=lambda text: text[:9],
)
def test_long_runs_of_marks_are_done_in_seconds(text: str) -> None:
    """No run of marks makes the converter hang or crash."""
    start = time.process_time()
    assert is_understood(rendered(text))
    assert time.process_time() - start < 20


def test_the_few_words_of_a_body_are_in_the_language_of_the_post() -> None:
    """Footnotes and tables are named for those who hear the page; a site's own words stay."""
    text = "Text.[^1]\n\n[^1]: Note.\n\n| a |\n| - |\n| b |\n"
    markup = Markup()
    german = markup.speaking("de").render(text).html
    assert 'aria-label="Fußnoten"' in german
    assert 'aria-label="Zurück zu Verweis 1"' in german
    assert 'aria-label="Tabelle 1"' in german
    assert 'aria-label="Footnotes"' in markup.speaking("en").render(text).html
    assert markup.speaking("de") is markup.speaking("de")
    own = Markup(MarkupSettings(table="Übersicht")).speaking("de").render(text).html
    assert 'aria-label="Übersicht 1"' in own
