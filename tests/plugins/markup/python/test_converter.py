"""python-markdown's own way: for a site, a folder or a post that asks for it."""

from __future__ import annotations

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from plugins.errors import SiteError
from plugins.markup.convert.door import CommonMark
from plugins.markup.markup import Markup, markup_settings
from plugins.markup.python.converter import named_extensions
from plugins.markup.settings import MarkupSettings

MARKUP = Markup()


class Insertion(Extension):
    """``++new++``, as an extension of somebody else has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add the mark."""
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()\+\+(.*?)\+\+", "ins"), "ins", 75)


def html(text: str) -> str:
    """The HTML of ``text`` by the library."""
    return MARKUP.render(text, python=True).html


def test_the_door_is_the_library_s() -> None:
    """Both ways are a ``markdown.Markdown`` that converts."""
    assert isinstance(CommonMark(), Markdown)
    assert CommonMark().convert("*a*") == "<p><em>a</em></p>"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("#### A *b*", '<h4 id="a-b">A <em>b</em></h4>'),
        ("    x < y", '<pre tabindex="0"><code>x &lt; y\n</code></pre>'),
        ("```python\na = 1\n```", '<code class="language-python"><span class="n">a</span>'),
        ("| a |\n|---|\n| b |", 'aria-label="Table 1"'),
        ("a[^1]\n\n[^1]: b", 'role="doc-endnotes"'),
        ('![a](b.png "C")', "<figcaption>C</figcaption>"),
        ("- [x] a", '<input checked disabled type="checkbox">'),
        ("[TOC]\n\n## A", '<nav aria-label="Contents" class="toc">'),
        ("a\n- b", "<p>a\n- b</p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
    ],
)
def test_the_shape_is_that_of_all_bodies(text: str, content: str) -> None:
    """Ids, code, tables, notes and figures are as everywhere; the dialect is the library's."""
    assert content in html(text)


def test_what_the_library_garbles_is_named() -> None:
    """Placeholders of its own are an error at the line of the text before them."""
    with pytest.raises(SiteError) as caught:
        MARKUP.render("First.\n\nSee *the**terms*`2.1` there.", 5, "a.md", python=True)
    assert "garbles" in caught.value.problems[0].message
    assert caught.value.problems[0].line == 7


def test_open_elements_and_fences_are_named() -> None:
    """With their lines, as everywhere."""
    for text in ('a\n\n<div markdown="1">\n<div>\nb\n\n</div>\n\nc', "a\n\n```\nb"):
        with pytest.raises(SiteError) as caught:
            MARKUP.render(text, 1, "a.md", python=True)
        assert caught.value.problems[0].line == 3


def test_a_folder_may_ask_for_it() -> None:
    """All posts below it, and no others."""
    markup = Markup(MarkupSettings(python=("posts/old",)))
    assert "<li>" not in markup.render("a\n- b", path="posts/old/a.md").html
    assert "<li>" in markup.render("a\n- b", path="posts/older/a.md").html


def test_a_site_that_names_extensions_has_them() -> None:
    """Pelican's setting MARKDOWN keeps working; its default names nothing of others."""
    default: dict[str, object] = {
        "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}
    }
    assert named_extensions(default) == ()
    settings = markup_settings({"MARKDOWN": {"extensions": [Insertion()]}})
    assert "<ins>new</ins>" in Markup(settings).render("++new++").html
    wrapped: dict[str, object] = {
        "MARKDOWN": {"extension_configs": {"markdown.extensions.nl2br": {}}}
    }
    assert "a<br>" in Markup(markup_settings(wrapped)).render("a\nb").html


def test_links_and_images_have_their_lines() -> None:
    """References to this site, and images without a text."""
    body = MARKUP.render("a\n\n[b](c.md) ![](d.png)\n\n<img src='e.png'>", 3, python=True)
    assert [(link.target, link.line) for link in body.links] == [
        *(("c.md", 5), ("d.png", 5), ("e.png", 7)),
    ]
    assert [(link.target, link.line) for link in body.unnamed] == [("d.png", 5), ("e.png", 7)]
