"""A body in a feed: nothing that runs or asks, every address absolute, well-formed whatever it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.feeds.content import Player, stand_alone
from plugins.markup.highlighting import Highlighter
from tests.feed_html_rules import html_faults

PAGE = "https://example.org/blog/a-post/"


def _html(body: str) -> str:
    return stand_alone(body, PAGE).html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""),
        ("Only <b>text", "Only <b>text</b>"),
        ("<p>One</p>\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        ("<p>a &lt; b &amp; c &nbsp;é 😀</p>", "<p>a &lt; b &amp; c \xa0é 😀</p>"),
        ("<p>]]&gt; and <!-- no comment --></p>", "<p>]]&gt; and </p>"),
        ("<p>x<br>y<hr></p>", "<p>x<br/>y</p><hr/>"),
        ("<p></p><td></td>", "<p></p><td></td>"),
        ("<p>a</div></body> rest", "<p>a</p> rest"),
        ("<custom-box><p>x</p></custom-box>", "<p>x</p>"),
        ("<p>a&#1;b\x02c\ud800d&#xFFFE;e</p>", "<p>abcde</p>"),
        ("<pre>\n  x &lt; y\n</pre>", "<pre>\n  x &lt; y\n</pre>"),
    ],
)
def test_text_comes_through(body: str, expected: str) -> None:
    """What was written is there, closed where it was not, without what no feed can carry."""
    assert _html(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        "<style>p{}</style>",
        "<form><input name=q><button>Go</button></form>",
        "<textarea><b>x</b></textarea>",
        "<template><p>x</p></template>",
        "<svg viewBox='0 0 1 1'><text>x</text></svg>",
        "<link rel=stylesheet href=/x.css><meta charset=x><base href=/x>",
        "<div class='toc'><ul><li>x</ul></div>",
        '<a class="headerlink" href="#x">¶</a>',
        '<button class="copy-button">Copy</button>',
        "<?php x ?>",
        "<img alt=x>",
        "<img src='javascript:x'>",
        "<input type=text value=x>",
    ],
)
def test_what_runs_or_asks_or_is_ours_is_gone_and_the_text_around_it_stays(body: str) -> None:
    """With all that is in it."""
    assert _html(f"<p>before</p>{body}after") == "<p>before</p>after"


@pytest.mark.parametrize(
    "attribute",
    ["onclick=x", "style='color:red'", "data-x=1", "aria-label=x", "role=note", "tabindex=0"],
)
def test_attributes_that_mean_nothing_in_a_reader_are_gone(attribute: str) -> None:
    """Handlers, styles and marks for our own scripts."""
    assert _html(f"<p {attribute} id=a>x</p>") == '<p id="a">x</p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a href='/x/'>x</a>", '<a href="https://example.org/x/">x</a>'),
        ("<a href='javascript:x'>x</a>", "<a>x</a>"),
        ("<img src=a.png srcset='a.png 1x, /b.png 2x' alt=A width=3 height=4>",
         '<img src="https://example.org/blog/a-post/a.png" srcset="https://example.org/blog/a-post/'
         'a.png 1x, https://example.org/b.png 2x" alt="A" width="3" height="4"/>'),
        ("<blockquote cite='/x/'>x</blockquote>",
         '<blockquote cite="https://example.org/x/">x</blockquote>'),
        ("<video src=/a.mp4 poster=/a.jpg autoplay></video>",
         '<video src="https://example.org/a.mp4" poster="https://example.org/a.jpg"'
         ' controls="controls"></video>'),
    ],
)  # fmt: skip
def test_every_address_is_absolute(body: str, expected: str) -> None:
    """In whatever attribute it stands; players have controls and do not start by themselves."""
    assert _html(body) == expected


def test_footnotes_work_in_a_reader() -> None:
    """The mark leads to the note on the post's page, and the note is where its anchor says."""
    body = (
        '<p>x<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><ol><li id="fn:1"><p>y <a href="#fnref:1">↩</a></p></li></ol></div>'
    )
    html = _html(body)
    assert f'<a class="footnote-ref" href="{PAGE}#fn:1">' in html
    assert f'<a href="{PAGE}#fnref:1">' in html
    assert 'id="fn:1"' in html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<iframe src="https://www.youtube-nocookie.com/embed/abc" title="My film"></iframe>',
         '<a href="https://www.youtube.com/watch?v=abc">My film (youtube.com)</a>'),
        ('<embed src="/x.pdf">', '<a href="https://example.org/x.pdf">example.org</a>'),
        ('<object data="/x.pdf"><param name=a><p>Instead.</p></object>', "<p>Instead.</p>"),
        ('<object data="/x.pdf"><param name=a></object>',
         '<a href="https://example.org/x.pdf">example.org</a>'),
        ('<iframe srcdoc="<script>x</script>"></iframe>',
         f'<a href="{PAGE}">example.org</a>'),
        ('<iframe src="javascript:x">y</iframe>', "y"),
    ],
)  # fmt: skip
def test_what_embeds_another_site_becomes_a_link_to_it(body: str, expected: str) -> None:
    """Readers show no frames; what a writer gives instead is better still."""
    assert _html(body) == expected


def test_task_lists_keep_their_ticks() -> None:
    """As characters, since a feed has no boxes."""
    body = "<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox>b</ul>"
    assert _html(body) == "<ul><li>☑ a</li><li>☐ b</li></ul>"


def test_code_is_left_without_the_colours_of_our_style_sheet() -> None:
    """Spans that only carry a class go; a language or a title stays."""
    body = '<pre><code><span class="k">if</span> x</code></pre><span lang="de" class="a">ja</span>'
    assert _html(body) == '<pre><code>if x</code></pre><span lang="de" class="a">ja</span>'


def test_boxes_and_columns_are_told_without_a_style_sheet() -> None:
    """An aside is set apart with its title in bold; columns keep their alignment."""
    box = '<div class="admonition"><p class="admonition-title">A <em>b</em></p><p>c</p></div>'
    assert _html(box) == (
        '<blockquote class="admonition"><p class="admonition-title"><strong>A <em>b</em></strong></p>'
        "<p>c</p></blockquote>"
    )
    table = '<table><tr><th class="align-right">1</th><td style="text-align: center;">2</td></tr></table>'
    assert 'align="right"' in _html(table)
    assert 'align="center"' in _html(table)


def test_players_and_images_are_found() -> None:
    """The first file of each player, once, and every image."""
    body = (
        "<audio src=/a.mp3></audio><audio src=/a.mp3></audio><video><source src=b.webm type='video/webm;"
        " codecs=vp9'><source src=b.mp4>no video</video><img src=/c.png>"
    )
    content = stand_alone(body, PAGE)
    assert content.players == (
        Player("https://example.org/a.mp3", ""),
        Player("https://example.org/blog/a-post/b.webm", "video/webm"),
    )
    assert content.images == {"https://example.org/c.png"}
    assert "no video</video>" in content.html
    assert "</source>" not in content.html


def test_a_body_of_any_size_comes_through() -> None:
    """Three hundred kilobytes, and a single text of them."""
    long = "<p>" + "word " * 60_000 + "</p>"
    assert _html(long) == long
    many = "<p>word</p>\n" * 25_000
    assert _html(many) == many.strip()


_TAGS = """a p div span b table tr td ul li video audio source track wbr img br iframe object section
    figure details pre script style svg math mi form input svg/onload sup h2 custom-x"""
_NAMES = """href src srcset poster style onclick class id title data cite align type xlink:href
    x:y"""
_VALUES = st.sampled_from(
    [
        "/x/",
        "#a",
        "javascript:x",
        "a b",
        "https://e.org/?a=1&b",
        "\"'<>",
        "toc",
        "headerlink",
        "é",
        "1",
    ]
) | st.text(max_size=6)
_attribute = st.builds('{}="{}"'.format, st.sampled_from(_NAMES.split()), _VALUES)
_start = st.builds(
    lambda tag, attributes: f"<{tag} {' '.join(attributes)}>",
    st.sampled_from(_TAGS.split()),
    st.lists(_attribute, max_size=3),
)
_pieces = st.one_of(
    _start, st.sampled_from([f"</{tag}>" for tag in _TAGS.split()]), st.text(max_size=8),
    st.sampled_from(["<!--", "-->", "]]>", "&lt;", "&#0;", "&#xD800;", "<![CDATA[", "</", "<", "\0"]),
)  # fmt: skip


@given(st.lists(_pieces, max_size=14).map("".join))
@example("<p><section>x</section></p>")
@example("<video><source src=a><source src=b>x</video>")
def test_anything_a_writer_writes_becomes_a_safe_fragment(body: str) -> None:
    """Well-formed, of known elements, nothing that runs, every address absolute."""
    html = _html(body)
    faults = [fault for fault in html_faults(html) if "parse error" not in fault]
    assert [fault for fault in faults if not re.match("element m", fault)] == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", html)


@pytest.mark.parametrize(
    "info", ["python", 'python hl_lines="1"', 'python linenums="3"', 'python title="a.py"', ""]
)
def test_the_colours_of_code_stay_on_our_pages(info: str) -> None:
    """Of coloured code a feed has the text, with nothing around its words."""
    block = Highlighter().html("def f(x):\n    return '<&>'  # no", info)
    made = stand_alone(f"<p>a</p>{block}<p>b</p>", "https://example.org/a/").html
    assert "span" not in made
    assert "def f(x):\n    return '&lt;&amp;&gt;'  # no" in made


def test_spans_elsewhere_are_left_to_the_parser() -> None:
    """What looks like a colour in an attribute is the writer's text."""
    title = '<span class="n">x</span>'
    made = stand_alone(f"<p><a href='/b/' title='{title}'>c</a></p>", "https://example.org/a/")
    assert "&lt;span class=&quot;n&quot;&gt;x&lt;/span&gt;" in made.html
