"""CSS without comments and white space."""

from __future__ import annotations

import pytest

from plugins.pages.minify import minify_css


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("/* What. */\na { color: red; }\n\n", "a{color:red}"),
        ("a,\nb { margin: 0  1px ; }", "a,b{margin:0 1px}"),
        (".a { & :hover { x: y; } &:focus { x: y } }", ".a{& :hover{x:y}&:focus{x:y}}"),
        ("@media (width >= 40em) { a > b { x: y } }", "@media (width>=40em){a>b{x:y}}"),
        ("a { x: calc(1px + 2 * var(--y)); }", "a{x:calc(1px + 2 * var(--y))}"),
        ("a/* x */b { x: y }", "a b{x:y}"),
        (
            "a { x: 0.5rem 10.5px -0.5em; y: calc(0.5 * 1em) }",
            "a{x:.5rem 10.5px -0.5em;y:calc(.5 * 1em)}",
        ),
        (".a { > b > c { x: y } }", ".a{>b>c{x:y}}"),
        ("@layer one, two;\n@layer one { a { x: y } }", "@layer one,two;@layer one{a{x:y}}"),
    ],
)
def test_what_only_people_need_is_gone(css: str, short: str) -> None:
    """And what has a meaning stays: spaces before colons and around operators."""
    assert minify_css(css) == short


@pytest.mark.parametrize(
    "css",
    [
        'a::after{content:" ;}  ;} /* no comment */ , "}',
        r"""a::after{content:'it\'s  {  '}""",
        "a{background:url(data:image/svg+xml;base64,PHN2Zz4=)}",
        'a[title="a  :  b 0.5 > c"]{x:y}',
    ],
)
def test_strings_and_urls_stay_as_they_are(css: str) -> None:
    """Their spaces and braces are text."""
    assert minify_css(css) == css
