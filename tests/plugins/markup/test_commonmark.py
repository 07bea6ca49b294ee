"""CommonMark's specification and GitHub's extensions: the same HTML, but for decisions with a name."""

from __future__ import annotations

import re

import cmarkgfm
import pytest

from plugins.errors import SiteError
from plugins.markup.flawed import FlawedBodyError
from plugins.markup.markup import Markup
from tests.conftest import ROOT
from tests.plugins.markup.normal import normal, words_of
from tests.plugins.markup.spec_data import examples

MARKUP = Markup()
DOCS = (ROOT / "docs" / "markdown.md").read_text(encoding="utf-8")
# The check of words names what browsers show nothing of (processing instructions, declarations, CDATA,
# elements without an end tag); the HTML is CommonMark's.
UNSEEN = frozenset({"text-lost", "unknown-element"})
# What GitHub adds (https://github.github.com/gfm/), in the forms that its specification has.
GITHUB = {
    "table": "| foo | bar |\n| --- | --- |\n| baz | bim |\n",
    "table: aligned": "| abc | defghi |\n:-: | -----------:\nbar | baz\n",
    "table: pipes in cells": "| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
    "table: ended by a quote": "| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n",
    "table: ended by a blank line": "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
    "table: delimiters of another number": "| abc | def |\n| --- |\n| bar |\n",
    "table: rows of another number": "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
    "table: head alone": "| abc | def |\n| --- | --- |\n",
    "table: below a paragraph": "Some text:\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "table: without outer pipes": "a | b\n-|-\n1 | 2\n",
    "tasks": "- [ ] foo\n- [x] bar\n",
    "tasks: nested": "- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n",
    "struck out": "~~Hi~~ Hello, ~there~ world!\n",
    "struck out: not over paragraphs": "This ~~has a\n\nnew paragraph~~.\n",
    "struck out: not with three": "This will ~~~not~~~ strike.\n",
    "address: www": "www.commonmark.org\n",
    "address: www with a path": "Visit www.commonmark.org/help for more information.\n",
    "address: full stops": "Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.\n",
    "address: brackets": (
        "www.google.com/search?q=Markup+(business)\n\n"
        "www.google.com/search?q=Markup+(business)))\n\n"
        "(www.google.com/search?q=Markup+(business))\n"
    ),
    "address: brackets inside": "www.google.com/search?q=(business))+ok\n",
    "address: entity at the end": "www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;\n",
    "address: ended by <": "www.commonmark.org/he<lp\n",
    "address: schemes": "http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))\n",
    "address: mail": "foo@bar.baz\n",
    "address: mail with a plus": "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.\n",
    "address: mail ends": "a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_\n",
    "address: mail schemes": "mailto:foo@bar.baz\n\nmailto:a.b-c_d@a.b.\n",
}


def converted(text: str) -> str | None:
    """The HTML of ``text``; None where it is an error, but for words that no browser shows."""
    try:
        return MARKUP.render(text).html
    except FlawedBodyError as error:
        only_unseen = {problem.rule for problem in error.problems} <= UNSEEN
        return error.body.html if only_unseen and error.body else None
    except SiteError:
        return None


def decided(heading: str) -> set[str]:
    """The examples that the docs name below ``heading``: what stands in backticks in its table."""
    section = DOCS.partition(f"### {heading}\n")[2].partition("\n#")[0]
    rows = [line.split("|")[2] for line in section.splitlines() if line.startswith("| ")][2:]
    return {one for row in rows for one in re.findall(r"[^,]+", row.strip())} if rows else set()


def test_commonmark_is_what_we_read() -> None:
    """Its examples give the same HTML, or are an error with a line, as the docs say one by one."""
    others = {
        str(one.number)
        for one in examples()
        if (made := converted(one.markdown)) is None or normal(made) != normal(one.html)
    }
    assert others == {number.strip() for number in decided("CommonMark's examples")}
    assert len(others) <= 0.08 * len(examples())


def test_no_word_of_an_example_is_lost_or_doubled() -> None:
    """What is published has all the words that CommonMark shows, once."""
    for one in examples():
        made = converted(one.markdown)
        # HTML of a table that would be code because a blank line stands above it.
        if made is not None and one.number != 191:
            assert words_of(made) == words_of(one.html), one.number


@pytest.mark.parametrize("name", GITHUB)
def test_githubs_markdown_is_what_we_read(name: str) -> None:
    """Tables, tasks, struck text and bare addresses as GitHub's own renderer reads them."""
    expected = cmarkgfm.github_flavored_markdown_to_html(GITHUB[name])
    made = converted(GITHUB[name])
    same = made is not None and normal(made) == normal(expected)
    assert same != (name in {one.strip() for one in decided("GitHub's examples")})
    if made is not None:
        assert words_of(made) == words_of(expected)


def test_most_of_githubs_examples_are_the_same() -> None:
    """At most a tenth of them is decided otherwise."""
    assert len(decided("GitHub's examples")) <= 0.1 * len(GITHUB)
