"""HTML of old sites becomes Markdown that the build reads as the same text."""

from __future__ import annotations

import random
import re

import pytest
from bs4 import BeautifulSoup

from desk.importing.html.bounds import DEEPEST, LARGEST, MOST
from desk.importing.html.converter import to_markdown
from plugins.markup.markup import Markup

HTML = {
    "<p>a <strong>b</strong>c</p>": "a **b**c",
    "<p>a<em> b </em>c</p>": "a *b* c",
    "<p>a <b>x:</b>y</p>": "a <strong>x:</strong>y",
    "<p><i>a</i><b>b</b></p>": "<em>a</em><strong>b</strong>",
    "<p>1. no list</p><p># none</p><p>- no</p>": "1\\. no list\n\n\\# none\n\n\\- no",
    "<p>* _a_ s_n_e [x] `t` &lt;b> {{ v }}</p>": "\\* \\_a\\_ s_n_e \\[x\\] \\`t\\` \\<b> \\{{ v }}",
    "<p>&amp;amp; a|b :smile: a ~~b</p>": "\\&amp; a\\|b \\:smile: a \\~\\~b",
    "<p>a<br>b<br></p>": "a\\\nb",
    "x<br><br>y": "x\n\ny",
    "<ul><li>a<ol start='3'><li>b</li><li>c</li></ol></li></ul>": "- a\n  3. b\n  4. c",
    "<ul><li><p>a</p><p>b</p></li></ul>": "- a\n\n  b",
    "<pre><code class='language-py'>a *b*\n\n  c</code></pre>": "```py\na *b*\n\n  c\n```",
    "<pre>```\nx</pre>": "````\n```\nx\n````",
    "<pre>a\n\n<b>c</b></pre>": "<pre>a&#10;&#10;<b>c</b></pre>",
    "<p><code>a`b</code> <tt>c</tt></p>": "`` a`b `` `c`",
    "<p>x<sub>2</sub> <kbd>K</kbd> <abbr title='T'>A</abbr></p>": 'x<sub>2</sub> <kbd>K</kbd> <abbr title="T">A</abbr>',
    "<p><acronym>F</acronym> <span style='font-weight:400'>b</span></p>": "<abbr>F</abbr> b",
    "<iframe src='https://www.youtube.com/embed/dQw4w9WgXcQ'></iframe>": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "<iframe src='https://player.vimeo.com/video/12'></iframe>": "https://vimeo.com/12",
    "<iframe src='https://a.example/'></iframe>": '<iframe src="https://a.example/"></iframe>',
    "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1<br>2</td><td></td></tr></table>": "| a | b\\|c |\n| --- | --- |\n| 1<br>2 |  |",
    "<table><tr><td>a</td><td>b</td></tr></table>": "| --- | --- |\n| a | b |",
    "<table><tr><td colspan='2'>a</td></tr></table>": '<table><tr><td colspan="2">a</td></tr></table>',
    "<dl><dt>a</dt><dd>b</dd></dl>": "a\n:   b",
    "<p><a href='/x_(y)' title='t'>a</a></p>": '[a](</x_(y)> "t")',
    "<p><a href='https://x.example/a_b'>https://x.example/a_b</a></p>": "<https://x.example/a_b>",
    "<a href='/x'><h2>t</h2></a>": '<div><a href="/x"><h2>t</h2></a></div>',
    "<figure><img src='a b.png' alt='x]'><figcaption>c</figcaption></figure>": '![x\\]](<a b.png> "c")',
    "<figure><a href='/p'><img src='a.png' alt='q'></a></figure>": "[![q](a.png)](/p)",
    "<blockquote><p>a</p><p>b</p></blockquote>": "> a\n>\n> b",
    "<h2 id='x'>T <em>e</em> #</h2>": "## T *e* \\# {#x}",
    "<details><summary>s</summary><p>i</p></details>": "<details>\n<summary>s</summary>\n\ni\n\n</details>",
    "<p>a</p><!--more--><p>b</p><!-- note -->": "a\n\n<!--more-->\n\nb\n\n<!-- note -->",
    "<p><a href='#n'>1</a></p><p id='n'>N</p>": '[1](#n)\n\n<span id="n"></span>N',
    "<video controls src='a.mp4'></video>": '<video controls="" src="a.mp4"></video>',
    "<script src='https://gist.github.com/ada/12ab.js'></script>": "https://gist.github.com/ada/12ab",
    "<p dir='rtl'>a</p>": '<p dir="rtl">a</p>',
    "<ul class='blocks-gallery-grid'><li><img src='a.png' alt='A'></li></ul>": "![A](a.png)",
    "": "",
}
# Each {} is a word that stands nowhere else.
PIECES = (
    *("<p>{} <b>{}</b>{}</p>", "<b>{}</b>{}", "{}<i>{}</i>!", "<p>{}<br>- {}</p>", "{} * {} _ {}"),
    *("<p>{}<br>{}<br><br>{}</p>", "<h2>{} # {}</h2>", "<p># {}</p>", "<p>1. {}</p>", "<p>+ {}</p>"),
    *("<ul><li>{}</li><li>{}<ul><li>{}</li></ul></li></ul>", "<ol><li><p>{}</p><pre>{}</pre></li></ol>"),
    *("<pre><code>{}\n\n  *{}*</code></pre>", "<p><code>{}`{}</code></p>", "<pre>{} <b>{}</b></pre>"),
    *("<blockquote><p>{}</p><ul><li>{}</li></ul></blockquote>", "<div>{}<div>{}</div>{}</div>"),
    *("<table><tr><th>{}</th><th>{}</th></tr><tr><td>{}|</td><td><code>{}|x</code></td></tr></table>",),
    *("<table><tr><td>{}</td><td>{}</td></tr></table>", "<table><tr><td colspan=2>{}</td></tr></table>"),
    *("<dl><dt>{}</dt><dd>{}</dd></dl>", "<dl><dt>{}</dt><dt>{}</dt><dd>{}</dd></dl>", "<hr>{}"),
    *("<figure><img src='https://x.example/a.png' alt='{}'><figcaption>{} <a href='https://x.example/'>{}</a></figcaption></figure>",),
    *("<a href='https://x.example/{}'>{}</a>", "<a href='https://x.example/'><h3>{}</h3><p>{}</p></a>"),
    *("<details><summary>{}</summary>{}</details>", "<p>{} &lt;{}&gt; &amp;amp; [{}]</p>", "<sub>{}</sub>"),
    *("<p>{} | {}</p><p>--|--</p>", "<p>==={}</p>", "<p>:::{}</p>", "<p>!!! {}</p>", "<p>[^1]: {}</p>"),
    *("<p>{{{{ {} }}}}</p>", "<p>$$ {} $$</p>", "<p>~~{}~~ =={}==</p>", "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>"),
    *("<b><p>{}</p></b>", "<b>{}<br><br>{}</b>", "<li>{}</li>", "<center>{}</center>", "<font color=red>{}</font>"),
    *("<p>{}</p>\n\n\n<p>{}</p>", "<aside><p>{}</p></aside>", "<u>{} <s>{}</s></u>", "<b><i>{}</i> {}</b>"),
)  # fmt: skip
WORD = re.compile(r"w[0-9]+q")


@pytest.mark.parametrize(("html", "said"), HTML.items())
def test_html_becomes_markdown(html: str, said: str) -> None:
    """What Markdown can say is said in it; what it cannot stays as HTML."""
    assert to_markdown(html)[0] == said


def test_the_build_reads_every_word_in_its_order() -> None:
    """Documents of awkward pieces: the build accepts the Markdown, and shows the words as they stood."""
    dice = random.Random(4)
    markup = Markup()
    for _ in range(400):
        html = _document(dice)
        said = to_markdown(html)[0]
        shown = BeautifulSoup(markup.render(said).html, "lxml").get_text(" ")
        wanted = BeautifulSoup(html, "lxml").get_text(" ")
        assert WORD.findall(shown) == WORD.findall(wanted), (html, said)


def _document(dice: random.Random) -> str:
    number = 0
    made = []
    for piece in dice.choices(PIECES, k=dice.randint(1, 6)):
        words = []
        for _ in range(piece.replace("{{", "").replace("}}", "").count("{}")):
            number += 1
            words.append(f"w{number}q")
        made.append(piece.format(*words))
    return dice.choice(["", "\n", " "]).join(made)


@pytest.mark.parametrize(
    "html",
    [
        "x" * (LARGEST + 1),
        "<br>" * (MOST + 1),
        "<div>" * (DEEPEST + 1),
        "<b>" * 100_000,
        "<ul><li>" * 5_000 + "x",
    ],
    ids=["long", "many", "deep", "very deep", "a deep list"],
)
def test_what_is_too_much_stays_as_it_is(html: str) -> None:
    """Nothing is worked on that is too long, too deep or of too many elements; a note says so, and the text is kept."""
    said, notes = to_markdown(html, 7)
    assert said.startswith("<div>\n")
    assert html in said
    assert [(note.line, note.kind) for note in notes] == [(7, "HTML that stays")]


def test_addresses_are_written_anew_everywhere() -> None:
    """In links and images, and in HTML that stays."""
    html = (
        "<p><a href='/a'>x</a><img src='/b'></p><table><tr><td rowspan=2><a href='/c'>y</a></table>"
    )
    said = to_markdown(html, 1, lambda address: f"/new{address}")[0]
    assert [one for one in ("/new/a", "/new/b", "/new/c") if one in said] == [
        "/new/a",
        "/new/b",
        "/new/c",
    ]


def test_what_stays_is_noted_with_its_line() -> None:
    """A person is told what to look at; what means the same in Markdown is not mentioned."""
    notes = to_markdown("<p>a</p><table><tr><td rowspan=2>b</table>", 12)[1]
    assert [(note.line, note.kind, note.sure) for note in notes] == [
        (12, "HTML that stays", "guess")
    ]
