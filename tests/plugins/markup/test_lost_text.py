"""What was once lost, garbled or printed with its marks: each kind has its right value."""

from __future__ import annotations

import pytest

from plugins.errors import SiteError
from plugins.markup.markup import Markup
from plugins.markup.settings import MarkupSettings
from plugins.markup.summaries import summary_of
from plugins.post import Heading

MARKUP = Markup()


def html(text: str) -> str:
    """The HTML of ``text``."""
    return MARKUP.render(text).html


def problems(text: str) -> list[tuple[int, str]]:
    """Line and message of every problem of ``text``, which begins at line 5 of its file."""
    with pytest.raises(SiteError) as caught:
        MARKUP.render(text, 5, "posts/a.md")
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_emphasis_next_to_words_loses_nothing() -> None:
    """Every letter and mark arrives, and no placeholder."""
    assert html("Offer: *now**today*! See *the**terms*`2.1` there.") == (
        "<p>Offer: <em>now**today</em>! See <em>the**terms</em><code>2.1</code> there.</p>"
    )
    assert "<em>a**b</em>&amp;c." in html("*one**two*[more](https://e.org/) and *a**b*&amp;c.")


def test_headings_keep_a_sign_that_belongs_to_a_word() -> None:
    """Closing marks are taken off after a space only."""
    body = MARKUP.render("## Learning C#\n\n## F# and C#\n\n## Closed ##\n\n### 5 # \n")
    assert [one.text for one in body.headings] == ["Learning C#", "F# and C#", "Closed", "5"]


@pytest.mark.parametrize("mark", list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
def test_every_mark_can_be_escaped(mark: str) -> None:
    """All 32 of CommonMark lose their backslash, and mean nothing but themselves."""
    escaped = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(mark, mark)
    assert html(f"a \\{mark}1 b") == f"<p>a {escaped}1 b</p>"


def test_formulas_keep_their_backslashes() -> None:
    """They are MathML, or an error with the line; brackets with prose in them are brackets."""
    matrix = html("$$\n\\begin{matrix} a & b \\\\ c & d \\end{matrix}\n$$")
    assert matrix.count("<mtr>") == 2
    assert html("\\(a_b\\)") == "<p><math><msub><mi>a</mi><mi>b</mi></msub></math></p>"
    assert html("$$\na\n+ b\n- c\n$$").count("<mo>") == 2
    assert html("\\(see below\\) \\[sic\\]") == "<p>(see below) [sic]</p>"
    assert problems("a\n\n\\(a_b_c\\)")[0][0] == 7
    assert "cannot be read" in problems("$$\n\\nothing{1}\n$$")[0][1]
    assert html("$x^2$ for $5") == "<p>$x^2$ for $5</p>"
    asked = Markup(MarkupSettings(dollars=True))
    assert "<msup>" in asked.render("$x^2$ for $5 or $6").html
    assert "$5 or $6" in asked.render("$x^2$ for $5 or $6").html


def test_the_summary_ends_where_the_writer_says() -> None:
    """At ``<!--more-->`` in any of its spellings, which is not published."""
    for mark in ("<!--more-->", "<!-- more -->", "<!-- truncate -->", "<!--more Read on-->"):
        body = MARKUP.render(f"One.\n\nTwo.\n\n{mark}\n\nThree.")
        assert summary_of(body) == "One. Two."
        assert "<!--" not in body.html
    assert summary_of(MARKUP.render("One.\n\nTwo.")) == "One. Two."


def test_a_row_that_is_too_long_is_named() -> None:
    """Its last cells would be lost; empty ones are not."""
    found = problems("| a | b |\n|---|---|\n| 1 | 2 | lost |\n| x | y || z |")
    assert [line for line, _ in found] == [7, 8]
    assert "'lost' would be lost" in found[0][1]
    assert "<td>2</td>" in html("| a | b |\n|---|---|\n| 1 | 2 | |")


def test_elements_that_nobody_closes_are_named() -> None:
    """In a block, in a line, in Markdown inside HTML, and one of another's kind."""
    assert problems('<div markdown="1">\n<div>\nAn aside.\n\n</div>\n\n## T') == [
        (5, "<div> opens here and is never closed")
    ]
    assert problems("a\n\nb <H1>c\n\nd")[0] == (7, "<H1> opens here and is never closed")
    assert problems("<b>a</div>")[0][1] == "</div> closes an element that is not open here"
    assert problems("a\n\n<!-- b")[0] == (7, "a comment opens here and is never closed")
    assert "<p>b" in html("<p>a<p>b<br><img src='c.png' alt='d'><hr>")
    assert "<li>a" in html("<ul>\n<li>a\n<li>b\n</ul>")


def test_what_a_browser_would_not_show_is_named() -> None:
    """Components of MDX, and what only looks like an element."""
    found = problems('<Figure src="a.png" />\n\n<Image src="b.png"/> a\n\nList<String>')
    assert [line for line, _ in found] == [5, 7, 9]
    assert found[0][1] == "<Figure> is a component of MDX, which nothing here runs"
    assert html("<my-widget>a</my-widget>") == "<p><my-widget>a</my-widget></p>"
    assert "<svg><path d=" in html('<svg><path d="M0 0"/></svg>')
    assert html("a < b, `List<String>`, 1 <2") == (
        "<p>a &lt; b, <code>List&lt;String&gt;</code>, 1 &lt;2</p>"
    )


def test_notes_of_editors_are_not_published() -> None:
    """Comments are for those who write."""
    assert html("a <!-- TODO: do not publish --> b\n\n<!--\nx\n\ny\n-->\n\nc") == (
        "<p>a  b</p>\n<p>c</p>"
    )
    assert "var a" in html("<script><!-- \nvar a\n--></script>")


def test_a_sentence_that_opens_a_post_is_its_standfirst() -> None:
    """It is no section, and has no place in the list of contents."""
    body = MARKUP.render("### When you read this, it is important to know why.\n\nText.\n\n## A")
    assert body.html.startswith('<p class="standfirst">When you read this')
    assert body.headings == (Heading(2, "a", "A"),)
    assert len(MARKUP.render("### Start small.\n\nText.").headings) == 1
    assert len(MARKUP.render("### What do you want from us?\n\nText.").headings) == 1
    assert len(MARKUP.render("Text.\n\n### When you read this, it is important.").headings) == 1


def test_a_second_text_of_a_footnote_is_named() -> None:
    """The parser would take the first and drop the other."""
    assert problems("a[^1]\n\n[^1]: b\n\n[^1]: c")[0][0] == 9


def test_a_definition_that_is_text_is_named() -> None:
    """Nothing refers to it, and its word looks like no address."""
    assert problems("a\n\n[Note]: word")[0][0] == 7
    assert html("[a]\n\n[a]: word") == '<p><a href="word">a</a></p>'
    assert html("a\n\n[b]: https://e.org/") == "<p>a</p>"
    assert html("[]: word") == "<p>[]: word</p>"


@pytest.mark.parametrize(
    "item", ["toc", "TOC", "Table of Contents.", "this seed list will be replaced by the toc"]
)
def test_contents_take_the_place_of_an_item_that_holds_it(item: str) -> None:
    """As kramdown's manual and others write it, also in a quote."""
    for mark in ("*", "1.", "> *"):
        quote = "> " if mark[0] == ">" else ""
        made = html(f"{mark} {item}\n{quote}{{:toc}}\n\n## A part\n")
        assert "<li><a" in made
        assert f">{item}<" not in made
        assert "<li toc" not in made


def test_any_other_item_stays_above_the_contents() -> None:
    """Somebody's words are not thrown away for a list of contents."""
    made = html("- Shopping list\n{:toc}\n\n## A part\n")
    assert made.startswith("<ul>\n<li>Shopping list</li>\n</ul>\n<nav")


@pytest.mark.parametrize(
    "text",
    [
        "[nm]: word\n\n> quote\n\n    [nm]\n",
        "[nm]: word\n\n<div>\n[nm]\n</div>\n",
        "[nm]: word\n\n- [nm]: other.md\n",
    ],
)
def test_a_definition_that_no_link_uses_is_named(text: str) -> None:
    """Its label stands only where it is none: in code, in HTML, in another definition."""
    line, message = problems(text)[0]
    assert line == 5
    assert "in the text but not in the page" in message


def test_a_title_without_quotes_is_named() -> None:
    """Python-Markdown would take its words for classes; known classes may stand there."""
    assert "Remember this" in problems("!!! note Remember this\n    Text.")[0][1]
    assert "Remember" in problems(":::Remember this\nText.\n:::")[0][1]
    assert 'class="admonition note inline end"' in html("!!! note inline end\n    Text.")


def test_lines_of_tags_in_a_table_without_a_head_row_are_those_of_the_file() -> None:
    """Lines that are put between for the parser do not count."""
    found = problems("<H1>one\n> | two | three |\n| four | five | <H1>six")
    assert {line for line, _ in found} == {5, 7}
