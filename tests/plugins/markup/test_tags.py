"""Tags in HTML, and those that a search for addresses or images skips."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.tags import NO_ADDRESSES, NO_IMAGES, Tag, attributes, tags

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<p",
                ' class="x"',
                ' id="a>b"',
                " class=x",
                ' CLASS="x"',
                " href",
                ' data="',
            ),
            *(
                ' href="a.md"',
                " src='b.png'",
                ' srcset="a 1x"',
                ' xlink:href="c"',
                ' poster="d"',
                ">",
                "/>",
            ),
            *(
                "<img",
                "<IMG",
                "<image",
                "<picture",
                "</picture>",
                "</PICTURE>",
                "<span",
                "<strong",
                "<th",
            ),
            *(
                "<script",
                "</script>",
                "<Style",
                "</style>",
                "<textarea>",
                "</textarea>",
                "<title",
                "<xmp",
            ),
            *(
                "<!--",
                "-->",
                "<!",
                "<?",
                "</3",
                "<",
                "text",
                " ",
                "\n",
                '"',
                "'",
                "=",
                "é",
                "<a",
                "<TITLE>",
            ),
        ]
    ),
    max_size=20,
).map("".join)
ADDRESSES = {"href", "src", "srcset", "poster", "data", "xlink:href"}


def with_addresses(text: str, found: list[Tag]) -> list[Tag]:
    """Those of ``found`` that a search for addresses is after."""
    return [
        tag
        for tag in found
        if not tag.closing and ADDRESSES & {name for name, _ in attributes(text, tag)}
    ]


@given(PIECES)
def test_no_address_is_skipped(text: str) -> None:
    """Each tag with an address is found, whatever is around it."""
    assert with_addresses(text, list(tags(text, NO_ADDRESSES))) == with_addresses(
        text, list(tags(text))
    )


@given(PIECES)
def test_no_image_is_skipped(text: str) -> None:
    """Each image, and each picture around it, is found."""
    found, every = tags(text, NO_IMAGES), tags(text)
    names = ("img", "picture")
    assert [tag for tag in found if tag.name in names] == [
        tag for tag in every if tag.name in names
    ]


def test_most_tags_are_skipped() -> None:
    """What has no address and is no image is not looked at."""
    text = '<h2 id="a">B</h2><p class="c">d <span class="e">f</span> <strong>g</strong></p>'
    assert list(tags(text, NO_ADDRESSES)) == list(tags(text, NO_IMAGES)) == []
