"""Coloured code is, character for character, what Pygments makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.util import ClassNotFound

from plugins.markup.coloring import Colorist

COMMON = (
    "python",
    "js",
    "html",
    "css",
    "bash",
    "json",
    "yaml",
    "sql",
    "php",
    "jinja",
    "diff",
    "go",
)
PIECES = (
    *(
        "def f(x):\n",
        "    return x",
        "class A",
        "'",
        '"',
        '"""',
        "# no\n",
        "// no\n",
        "/*",
        "*/",
        "<p>",
    ),
    *(
        "</p>",
        "{% if a %}",
        "{{ a|b }}",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ";",
        ":",
        "=",
        "==",
        "\n",
        "\n\n",
    ),
    *(
        "\t",
        "  ",
        "é",
        "\u2028",
        "\\",
        "\\1",
        "$a",
        "${a}",
        "@a",
        "0x1F",
        "1.5e3",
        "true",
        "<?php ",
        "?>",
    ),
    *(
        "SELECT * FROM a",
        "- a: b\n",
        "+new\n",
        "-old\n",
        "`",
        "&",
        "&amp;",
        "<!--",
        "-->",
        "\x00",
        "r'",
    ),
)
SAMPLE = (
    "#!/usr/bin/env python\n@cached\nasync def tell(to, *rest, n=0x1F):\n"
    '    """Say it.\n\n    Twice.\n    """\n    print(f"Dear {to!r}: {1 + 2j:>4}", r\'\\d\', b"\\x00")\n\n\n'
    "<p class=\"a\" id=b>é &amp; <!-- c --> {{ d | e }} {% if f %}</p>\n\nSELECT a FROM b WHERE c = 'd';\n"
    "$x = ${y:-1}; for (let i = 0; i < 3; i++) { return /a[b]/g; } // no\n- key: [1, true]\n\n"
)


def ours_and_theirs(language: str, code: str) -> tuple[str, str]:
    """The same code by us and by Pygments."""
    lexer = get_lexer_by_name(language, stripnl=False)
    return Colorist().html(code, lexer), highlight(code, lexer, HtmlFormatter(nowrap=True))


@pytest.mark.parametrize("language", COMMON)
@pytest.mark.parametrize("code", ["", "\n", "\n\na\n\n", "a", SAMPLE, SAMPLE * 2])
def test_a_common_language(language: str, code: str) -> None:
    """Samples in the languages of the web come out the same."""
    ours, theirs = ours_and_theirs(language, code)
    assert ours == theirs


@given(st.sampled_from(COMMON), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_code(language: str, code: str) -> None:
    """Whatever is put together from pieces of many languages comes out the same."""
    ours, theirs = ours_and_theirs(language, code)
    assert ours == theirs


@pytest.mark.deep
@pytest.mark.parametrize(
    "language", sorted({names[0] for _, names, *_ in get_all_lexers() if names})
)
def test_every_language(language: str) -> None:
    """Every language Pygments knows comes out the same."""
    try:
        ours, theirs = ours_and_theirs(language, SAMPLE)
    except ClassNotFound:
        pytest.skip("a lexer that needs another library")
    assert ours == theirs


def test_one_colorist_forgets_the_code_before() -> None:
    """Code that ends inside a text leaves nothing open for the next."""
    colorist, lexer = Colorist(), get_lexer_by_name("python", stripnl=False)
    colorist.html('"""open', lexer)
    assert colorist.html("a\n", lexer) == '<span class="n">a</span>\n'
