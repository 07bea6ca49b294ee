"""The line that names where a text appeared first."""

from __future__ import annotations

import pytest

from plugins.markup.reposts import Repost, lift_original


@pytest.mark.parametrize(
    ("text", "url", "site", "date"),
    [
        (
            '<div class="download-box">\n  <a href="//e.org/a" target="_blank">View original post</a>\n'
            "</div>\n",
            *("https://e.org/a", None, None),
        ),
        ("<DIV id=x class='big download-box'><A target=_blank HREF=http://e.org>Read the original</A>"
         "</DIV>", "http://e.org", None, None),
        ("<div><p><strong><a href='https://e.org'>View original post at Example &raquo;</a></strong>"
         "</p></div>", "https://e.org", "Example", None),
        ('<p><a href="https://e.org/a?b=1&amp;c=2">View the original article</a></p>',
         "https://e.org/a?b=1&c=2", None, None),
        ('<p>Originally published at <a href="https://e.org">Example</a>.</p>',
         "https://e.org", "Example", None),
        ('<p><em>This post was first published on <a href="https://e.org">https://e.org</a></em></p>',
         "https://e.org", None, None),
        ('<p><em>Originally published at <a href="https://e.org">Example</a> on May 3, 2017.</em></p>',
         "https://e.org", "Example", "May 3, 2017"),
    ],
)  # fmt: skip
def test_the_original_is_understood_and_lifted(
    text: str, url: str, site: str | None, date: str | None
) -> None:
    """URL, site and date are read, and nothing of the line stays in the body."""
    found = lift_original(f"<p>Before.</p>\n{text}<p>After.</p>")
    assert (found.url, found.site, found.date) == (url, site, date)
    assert found.html.split() == ["<p>Before.</p>", "<p>After.</p>"]


@pytest.mark.parametrize(
    "text",
    [
        '<div class="download-box"><a href="https://e.org/a.pdf">Download the PDF</a></div>',
        '<div><a href="https://e.org">View original post</a> and more</div>',
        '<div><a href="https://e.org">View original post</a><a href="https://f.org">too</a></div>',
        '<p>We liked <a href="https://e.org">the original post</a>.</p>',
        '<p><a href="/a/">View original post</a></p>',
        '<p><a href="javascript:alert(1)">View original post</a></p>',
        '<p><a href="https://[bad">View original post</a></p>',
        '<p>Originally published at <a href="https://e.org">E</a>, we have since revised it.</p>',
        "<p>Originally published at Example.</p>",
        "<pre>&lt;a href='https://e.org'>View original post&lt;/a></pre>",
        "",
    ],
)
def test_anything_else_stays(text: str) -> None:
    """Only the whole of a block with one link to another site is taken for the original."""
    assert lift_original(text) == Repost(text)


def test_only_the_first_is_lifted() -> None:
    """A second line of that form is the writer's text, unless it repeats the first."""
    block = '<p><a href="https://{}.org">View original post</a></p>\n'
    found = lift_original("".join(block.format(name) for name in "efe"))
    assert found.url == "https://e.org"
    assert found.html == block.format("f")


def test_an_address_that_cannot_be_an_original_is_handed_on() -> None:
    """The writer meant it as the original, so the policy has to see it, and to refuse it."""
    found = lift_original('<div><a href="ftp://e.org/a">View original post</a></div>')
    assert found == Repost("", "ftp://e.org/a")
