"""Words that are in a text and not in its page are found, at their line; nothing else is."""

from __future__ import annotations

import re
import time
from html import escape

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.errors import SiteError
from plugins.markup.conservation.check import find
from plugins.markup.markup import Markup

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)


def commonmark(text: str) -> str:
    """The HTML that CommonMark with GitHub's extensions makes of ``text``."""
    return pyromark.html(text, options=_OPTIONS)


def found(html: str, text: str, first_line: int = 1) -> list[tuple[int, str]]:
    """Line and rule of each problem."""
    return [(one.line, one.rule) for one in find(html, text, first_line, "a.md")]


def message(html: str, text: str) -> str:
    """The one problem."""
    (problem,) = find(html, text)
    return problem.message


RIGHT = {
    "emphasis": "Buy *now*, **today** or _soon_ at a_b_c: 5% off! Why? 2 + 2 = 4 & more.",
    "headings": "# Learning C#\n\n## F# and C# ##\n\nSet\n===\n\nText #tag\n",
    "lists": "1. One\n2. Two\n   - [ ] three\n   - [x] four\n\n+ five\n+ six\n\n1986. A year.\n",
    "links": '[a](b.md "A title") ![c](d.png) <https://e.org/?f=g> [h][i] [j][] [k]\n\n'
    '[i]: /i "I"\n[j]: /j\n[k]: <k l>\n  (K)\n',
    "nested": "[a](b(c(d)e)) and [e\nf][g\nh]\n\n[G h]: /x\n",
    "code": "`<b>` ``a`b`` &amp; `&lt;`\n\n```py title=x\n# not a heading\na == b  # !\n```\n\n    # code\n",
    "fences": "- a\n\n  ```\n  b\n  ```\n\n> ~~~ c ```\n> d\n> ~~~\n",
    "quotes": "> # A\n> b\n> > c! d?\n",
    "tables": "| a | b |\n|---|:-:|\n| `c` | d \\| e |\n",
    "notes": "a[^1] b[^x y]\n\n[^1]: c\n[^x y]: d! e\n",
    "html": '<div class="x">\n<img src="a" alt="b &amp; c"> d <b title="e">f</b><!-- g -->\n</div>\n',
    "pre": "<pre>`a&lt;b&gt;` &amp; c</pre>\n",
    "style": "<style>a { b: c }</style>\n\n<script>d</script>\n\ne\n",
    "entities": "caf&eacute; &copy; R&amp;D AT&T &#35; &#x41; &nosuch;",
    "entities in code": "    &ouml; f&auml;r&#35; b &copy;\n\n- a\n\n      x&amp;y &uuml;\n\n> b\n>\n>\t&lt;p&gt;\n",
    "entities in a list": "- a\n\n    f&ouml;r &copy; b\n\n1. c\n\n    &Auml;\n",
    "HTML in code": '    <pre>&ouml; a</pre>\n\n    <img src="b" alt="&auml; c">\n',
    "fences in HTML": "<div>\n```\n&ouml; a&auml;b c\n```\n</div>\n",
    "escapes": "\\# a \\! \\& \\$1 \\\\ \\*b\\* c\\\nd",
    "prose": "a == b, $5 (A$), 3 < 4 > 2, x <- y, foo[0], {a}, a:b:c, 10:30:45, 50 %.",
    "scripts": "日本語の**文**です。 ไทย हिन्दी العربية ελληνικά",
    "definitions": "a\n\n[unused]: https://example.org/b?c=d\n[too]: <e.md>\n",
    "repeated definitions": 'a [b]\n\n[b]: /c "D"\n[B]: /c "D"\n[b]: /e\n',
    "labels of code": 'a [`B::c`] [`d`][`e`]\n\n[`B::c`]: /f "G"\n[`e`]: h\n',
    "no definitions": "a\n[b]: [c](d) and `e`\n\n[f]:\n```\ng\n```\n\n## h # {#i}\n",
    "empty": "",
}


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_said_of_what_arrives(name: str) -> None:
    """Syntax is no word, and whatever shows it is right."""
    assert found(commonmark(RIGHT[name]), RIGHT[name]) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<div class="admonition note"><p>Note</p><p>a</p></div>', "!!! note\n    a"),
        ("<details><summary>More</summary><p>a</p></details>", '??? tip "More"\n    a'),
        ("<div><p>Tip</p><p>a</p></div>", ":::tip\na\n:::"),
        ("<div><p>Tip</p><p>a</p></div>", "> [!TIP]\n> a"),
        ('<p class="centered">a</p>', "{:.centered}\na"),
        ('<p id="b" class="c">a</p>', 'a\n{: #b .c key="d e"}'),
        ('<h2 id="b">a</h2>', "## a {#b}"),
        ("<p>a <mark>b</mark> 🙂</p>", "a ==b== :smile:"),
        ("<nav><ul><li>a</li></ul></nav><h2>a</h2>", "[TOC]\n\n## a"),
        ("<p>a <math><mi>b</mi></math> c</p>", "a \\(\\beta_b\\) c"),
        ("<p>a</p><math><mn>1</mn></math>", "a\n\n$$\n\\frac{1}{2}\n$$"),
        ('<p><abbr title="H T">AB</abbr></p>', "AB\n\n*[AB]: H T"),
        ('<pre><code><span class="k">de</span><span>f</span> x</code></pre>', "```py\ndef x\n```"),
        ("<p>“a” – b… it’s</p>", '"a" -- b... it\'s'),
        (
            '<section><sup id="1"><a href="#f">1</a></sup> a <li>b ↩</li></section>',
            "[^b c]a\n\n[^b c]: b",
        ),
    ],
)
def test_what_extensions_take_is_not_missed(html: str, text: str) -> None:
    """The marks of blocks, attributes, notes and formulas are gone, their text is there."""
    assert found(html, text) == []


@pytest.mark.parametrize(
    ("html", "text", "line", "words"),
    [
        ("<p>Buy now today</p>", "\nBuy *now**today*!", 2, '"today!" is in the text'),
        ("<p>See there</p>", "See `2.1` there", 1, '"2.1" is'),
        ("<h2>Learning C</h2>", "## Learning C#", 1, '"C#" is'),
        ("<p>5 less</p>", "5% less", 1, '"5%" is'),
        ("<p>a c</p>", "a\nb\nc", 2, '"b" is'),
        ("<p>the end</p>", "the end\n\nthe end", 3, '"the end"'),
        ("<p>a</p>", "a\n\n[]: word", 3, '"word" is'),
        ("<p>a</p>", "a\n\n[Note]: Important!", 3, '"Note]: Important!"'),
        ("<p>a</p>", 'a\n\n[b]: /c "two words"', 3, "two words"),
        ("<p>a</p>", "a\n\n[b]: words\n\n[b]: here", 3, "and 2 more words"),
        ('<p><a href="d">a</a></p>', "[a][b]\n\n[b]: d\n\n[b]: word", 5, '"b]: word" is'),
        ("<pre><code>[b]</code></pre>", "    [b]\n\n[b]: word", 3, '"b]: word" is'),
        ("<p>a</p>", "a\n\n*[HTML]: words", 3, '"HTML]: words"'),
        ("<p>a</p>", "a\n\n[^1]: b c d", 3, '"b c d"'),
        ("<p>a</p>", 'a ![b c](d.png "e")', 1, '"b c" is'),
        ("<p>a <style>b</p>", "a <style>b", 1, '"b" is'),
        ('<p>a <a href="b>c</a> d "e"</p>', 'a <a href="b>c</a>\n\nd "e"', 1, "6 more words"),
        ("<p>See <Travis-CI.org></p>", "See <Travis-CI.org>", 1, '"Travis-CI.org"'),
        ("<p>a</p>", "a\n\nb\n\nc\nd", 3, '"b" and 2 more words are'),
        ("<pre><code>a</code></pre>", "```\na\nb!\n```", 3, '"b!"'),
        ("<pre><code>&amp;ouml; a</code></pre>", "    &ouml; a\n    b &ouml;", 2, '"b" is'),
        ("<pre><code>a c</code></pre>", "```\na &ouml; c\n```", 2, '"&ouml" is'),
    ],
)
def test_what_is_missing_is_named_at_its_line(html: str, text: str, line: int, words: str) -> None:
    """A word, a sign beside one, a row of lines: one problem for each place."""
    problems = [one for one in find(html, text) if one.rule == "text-lost"]
    assert [one.line for one in problems] == [line]
    assert words in problems[0].message
    assert problems[0].hint


def test_each_place_is_one_problem() -> None:
    """Lines that follow each other are one; of very many places only the first are named."""
    text = "a1 gone\n\nb1\n\nc1 lost\nd1 lost\n\ne1\n\nf1 away"
    assert found("<p>a1 b1 e1 f1</p>", text) == [
        (1, "text-lost"),
        (5, "text-lost"),
        (10, "text-lost"),
    ]
    many = "\n".join(f"w{n}\n\nlost{n}\n" for n in range(100))
    html = " ".join(f"w{n}" for n in range(100))
    problems = list(find(html, many))
    assert len(problems) == 21
    assert "80 more places" in problems[-1].message


def test_what_is_there_twice_is_named() -> None:
    """A converter that repeats a line is at fault, too; titles and contents it adds are not."""
    text = "One two three.\n\nFour five six."
    assert found("<p>One two three.</p><p>Four five six.</p><p>Four five six.</p>", text) == [
        (3, "text-doubled")
    ]
    assert found("<p>Note</p><p>One two three.</p><p>Four five six.</p>", text) == []


@pytest.mark.parametrize(
    ("html", "text", "rule"),
    [
        ("<p>a klzzwxh:0000</p>", "a `b`", "placeholder-printed"),
        ("<p>a \x03b</p>", "a b", "placeholder-printed"),
        ("<p>a \ufffd</p>", "a é", "placeholder-printed"),
        ('<p>a <a href="\x02b\x03">c</a></p>', "a [c](b)", "placeholder-printed"),
        ("<p>a \x08b</p>", "a \x08b", "control-character"),
    ],
)
def test_what_a_converter_leaves_behind(html: str, text: str, rule: str) -> None:
    """Placeholders and control characters, at the line with the words before them."""
    assert (3, rule) in found(f"<p>x</p>{html}", f"x\n\n{text}")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ('a\n\n<Figure src="b" />\n', [(3, "unknown-element")]),
        ("<YouTube id='b'></YouTube>\n", [(1, "unknown-element")]),
        ("Write <name> here\n", [(1, "unknown-element")]),
        ("<x-card>a</x-card>\n", []),
        ("`<Figure/>` and <svg><g><path d='x'/></g></svg>\n", []),
        ("a <H1> b\n\nc\n", [(1, "unclosed-element")]),
        ("<div>\n\na\n\n<div>\n\nb\n\n</div>\n\nc\n", [(1, "unclosed-element")]),
        ("<p>a\n\n<ul><li>b<li>c</ul>\n", []),
        ("<a id=x></a>a <br> <b>c</b> <IMG src=d alt=e>\n", []),
        ("a <b>\n", []),
    ],
)
def test_elements(text: str, rules: list[tuple[int, str]]) -> None:
    """Unknown ones show nothing; those never closed take all the text behind them in."""
    assert found(commonmark(text), text) == rules


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | this is lost |\n| x | y || z |", 5, "this is lost"),
        ('<div class="a" markdown="1">\n<div>\nb **c**\n\n</div>\n\nd e f', 3, "never closed"),
    ],
)
def test_texts_as_they_are_rendered(text: str, line: int, words: str) -> None:
    """The check is part of every rendering, with the file's own lines."""
    with pytest.raises(SiteError) as caught:
        Markup().render(text, 3, "posts/a.md")
    first, *_ = caught.value.problems
    assert (first.path, first.line, first.field) == ("posts/a.md", line, "body")
    assert words in first.message


WORDS = st.lists(
    st.sampled_from(
        [
            *("{}", "*{}*", "**{}**", "`{}`", "[{}](x.md)", "![{}](x.png)", "{}!", "{}%", "~~{}~~"),
            *("\n\n{}", "\n\n# {}", "\n\n- {}", "\n\n1. {}", "\n\n> {}", "\n\n```\n{}\n```\n\n"),
            *("\n\n| {} |\n|---|\n\n", "\n\n<div>{}</div>\n\n", "<b>{}</b>", "&amp; {}", "\\*{}"),
        ]
    ),
    min_size=1,
    max_size=30,
)


@given(WORDS, st.data())
def test_no_word_is_lost_without_a_word(pieces: list[str], data: st.DataObject) -> None:
    """Of texts in which each word stands once, each that is taken out of the page is found."""
    text = " ".join(piece.format(f"w{n}w") for n, piece in enumerate(pieces))
    html = commonmark(text)
    arrived = [n for n in range(len(pieces)) if re.search(rf"\bw{n}w\b", html)]
    lost = set(range(len(pieces))) - set(arrived)
    gone = data.draw(st.sampled_from(arrived)) if arrived else None
    html = re.sub(rf"\bw{gone}w\b", "", html)
    problems = [one for one in find(html, text) if one.rule == "text-lost"]
    assert bool(problems) == (gone is not None or bool(lost))
    if gone is not None and not lost:
        (problem,) = problems
        assert f"w{gone}w" in text.split("\n")[problem.line - 1]


@pytest.mark.parametrize(
    "piece",
    [
        *("<!-- ", "<pre> ", "<script>", "<span ", '<a b="', "](a ", "](<", "[a]: ", "[a][b]", "`"),
        *(
            "    &amp;",
            "    a&amp;b ",
            "\t- &auml;\n",
            "``` \n",
            "~~~\n",
            "![",
            "[^a]",
            "&amp",
            "{: .a",
            "==a",
            "\n- ",
            "\n> ",
            "*[a]: b\n",
        ),
    ],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """No row of marks makes the check slow: four times the text takes about four times as long."""

    def seconds(count: int) -> float:
        text = piece * count
        started = time.process_time()
        for html in (text, f"<p>{escape(text)}</p>", ""):
            list(find(html, text))
        return time.process_time() - started

    seconds(100)
    small = min(seconds(4_000) for _ in range(2))
    assert seconds(16_000) < 12 * small + 0.3
