"""Images in built sites: pages, lists, feeds and problems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.images.settings import ImageSettings
from tests.plugins.building import Built, Workshop
from tests.plugins.images.pictures import animation, exif, photo

TEXT = "---\ntitle: {title}\ndate: 2026-01-02\n{more}---\n\n{body}\n"


def post(title: str, body: str = "Text.", more: str = "") -> str:
    """A post of four lines of front matter, more lines, and a body."""
    return TEXT.format(title=title, body=body, more=more)


class Studio(Workshop):
    """A workshop with a cache of images of its own."""

    def shoot(self, files: dict[str, str | bytes], **settings: object) -> Built:
        """Build these files."""
        images = ImageSettings(cache=self.content.parent / "cache", widths=(240, 480, 800))
        return self.build(files, IMAGES=images, **settings)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A place for one site."""
    return Studio(tmp_path)


def images(html: str) -> list[dict[str, str]]:
    """The attributes of every image element."""
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<img[^>]*>", html)]


def test_an_image_in_a_text_has_its_size_and_versions(studio: Studio) -> None:
    """Every address leads to a file of the output, in a site below a path too."""
    built = studio.shoot(
        {"a.md": post("A", "![Red](images/a.jpg)"), "images/a.jpg": photo()},
        SITEURL="https://example.org/blog",
    )
    [image] = images(built.page("/a/"))
    assert (image["width"], image["height"], image["src"]) == ("1000", "500", "/blog/images/a.jpg")
    listed = dict(one.split(" ")[::-1] for one in image["srcset"].split(", "))
    assert list(listed) == ["240w", "480w", "800w"]
    assert {url.removeprefix("/blog/") for url in listed.values()} <= built.files()


def test_a_lead_image_comes_first_and_a_card_shows_it_small(studio: Studio) -> None:
    """At the head of the post it is loaded at once; in a list it is as wide as a card."""
    more = "image: {src: images/a.jpg, alt: Red}\n"
    built = studio.shoot(
        {
            "a.md": post("A", "![Red](images/a.jpg)", more),
            "b.md": post("B", "Text.", more),
            "images/a.jpg": photo(),
        }
    )
    lead, inside = images(built.page("/a/"))
    assert lead["fetchpriority"] == "high"
    assert "loading" not in lead
    assert inside["loading"] == "lazy"
    featured, card = images(built.page("/"))
    assert featured["sizes"] == lead["sizes"] == ImageSettings().lead_sizes
    assert card["sizes"] == ImageSettings().card_sizes
    assert card["srcset"] == lead["srcset"]


def test_series_show_their_image_alike(studio: Studio) -> None:
    """Large on the page of the series, small in the list of all."""
    built = studio.shoot(
        {
            "a.md": post("A", more="series: Letters\n"),
            "series/letters.md": post("Letters", "![Red](/images/a.jpg)", "image: {src: "
                                      "/images/a.jpg, alt: Red}\n").replace("date: 2026-01-02\n", ""),
            "images/a.jpg": photo(),
        }
    )  # fmt: skip
    large, intro = images(built.page("/series/letters/"))
    [small] = images(built.page("/series/"))
    assert (large["sizes"], small["sizes"]) == (
        ImageSettings().lead_sizes,
        ImageSettings().card_sizes,
    )
    assert intro["width"] == "1000"


def test_feeds_carry_absolute_versions(studio: Studio) -> None:
    """A reader elsewhere finds every one of them."""
    built = studio.shoot({"a.md": post("A", "![Red](images/a.jpg)"), "images/a.jpg": photo()})
    assert "https://blog.example.com/images/derived/a-" in built.page("feeds/all.atom.xml")
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"):
        found = re.findall(r"[^\s\"'&;\\,]*/images/derived/[^\s]*\.webp", built.page(name))
        assert len(found) == 3
        assert all(url.startswith("https://blog.example.com/images/") for url in found)


def test_a_build_is_the_same_with_and_without_its_cache(studio: Studio, tmp_path: Path) -> None:
    """Byte for byte, and a second build changes nothing."""
    files: dict[str, str | bytes] = {
        "a.md": post("A", "![Red](images/a.jpg)"),
        "images/a.jpg": photo(),
    }
    first = studio.shoot(files)
    before = {name: (first.output / name).read_bytes() for name in first.files()}
    again = studio.shoot({})
    assert again.report is not None
    assert again.report.changed == 0
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.unlink()
    anew = studio.shoot({})
    assert {name: (anew.output / name).read_bytes() for name in anew.files()} == before


def test_versions_of_an_image_that_is_gone_are_gone(studio: Studio) -> None:
    """The output has nothing that no page shows."""
    studio.shoot({"a.md": post("A", "![Red](images/a.jpg)"), "images/a.jpg": photo()})
    built = studio.shoot({"a.md": post("A")})
    assert not [name for name in built.files() if "derived" in name]


def test_an_image_lighter_than_its_versions_is_one_of_them(studio: Studio) -> None:
    """Where a version would weigh more, the browser is offered the image itself."""
    light = photo(500, 250, quality=20)
    built = studio.shoot({"a.md": post("A", "![Red](a.jpg)"), "a.jpg": light})
    [image] = images(built.page("/a/"))
    assert re.fullmatch(r"/images/derived/a-\w+-240\.webp 240w, /a\.jpg 500w", image["srcset"])


def test_drawings_and_animations_are_left_as_they_are(studio: Studio) -> None:
    """An animation keeps its place; a drawing grows with the text."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>'
    body = "![Moving](a.gif)\n\n![Drawn](b.svg)"
    built = studio.shoot({"a.md": post("A", body), "a.gif": animation(), "b.svg": drawing})
    moving, drawn = images(built.page("/a/"))
    assert (moving["width"], moving["height"]) == ("400", "300")
    assert not {"width", "srcset"} & drawn.keys()
    assert "srcset" not in moving


def test_every_use_of_a_broken_image_is_named_with_its_line(studio: Studio) -> None:
    """All at once, each file with its line, and nothing is published."""
    built = studio.shoot(
        {
            "a.md": post("A", "Text.\n\n![Red](images/a%20b.jpg)"),
            "b.md": post("B", more="image: images/a b.jpg\n"),
            "images/a b.jpg": photo()[:4000],
        }
    )
    hint = "export it again as JPEG, PNG, WebP, AVIF or GIF"
    assert built.problems == (
        f"a.md:8: image: /images/a b.jpg is damaged; {hint}",
        f"b.md:4: image: /images/a b.jpg is damaged; {hint}",
    )
    assert built.files() == set()


def test_a_photo_that_tells_where_it_was_taken_is_noticed(studio: Studio) -> None:
    """The versions do not tell, the original does."""
    built = studio.shoot(
        {"a.md": post("A", "![Red](a.jpg)"), "a.jpg": photo(exif=exif(located=True))}
    )
    assert built.report is not None
    [notice] = built.report.notices
    assert str(notice).startswith("a.md:6: image: /a.jpg tells everybody where it was taken; ")


def test_images_without_alt_text_are_noticed_with_their_lines(studio: Studio) -> None:
    """Decoration that says so is not; in Markdown nothing says so."""
    body = '![](a.jpg)\n\n![Red](a.jpg)\n\n<img src="a.jpg" alt="">\n\nAn <img src="a.jpg"> here.'
    built = studio.shoot(
        {
            "a.md": post("A", body, "image: a.jpg\n"),
            "b.md": post("B", more='image: {src: a.jpg, alt: ""}\n'),
            "a.jpg": photo(),
        }
    )
    assert built.report is not None
    found = [str(notice).split(";")[0] for notice in built.report.notices]
    assert found[0] == "a.md:4: image: 'a.jpg' has no alt text"
    assert found[1] == "a.md:7: image: 'a.jpg' has no alt text"
    assert found[2] == "a.md:13: image: 'a.jpg' has no alt text"
    assert len(found) == 4


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99)


@pytest.mark.parametrize(
    ("body", "more", "line"),
    [
        ("x\n\n![x](images/a.{})", "", 8),
        ('x\n\n<img src="images/a.{}" alt="x">', "", 8),
        ('x\n\n<img srcset="images/a.{} 2x" src="images/b.png" alt="x">', "", 8),
        ('<picture><source srcset="images/a.{}"><img src="images/b.png" alt="x"></picture>', "", 6),
        ('x\n\n<video poster="images/a.{}"></video>', "", 8),
        ("x", "image: {{src: images/a.{}, alt: x}}\n", 4),
        ("x", "cover: images/a.{}\nimage_alt: x\n", 4),
    ],
)
@pytest.mark.parametrize("suffix", ["heic", "jpg"])
def test_an_image_that_no_browser_shows_is_a_problem(
    studio: Studio, body: str, more: str, line: int, suffix: str
) -> None:
    """Wherever it is shown, with its line, and whatever the file is called."""
    text = post("A", body.format(suffix), more.format(suffix))
    built = studio.shoot(
        {"a.md": text, f"images/a.{suffix}": HEIC, "images/b.png": photo(form="PNG")}
    )
    assert built.problems == (
        f"a.md:{line}: image: /images/a.{suffix} is a HEIC image, which browsers do not show; "
        "export it again as JPEG, PNG, WebP, AVIF or GIF",
    )


def test_the_image_of_a_series_too(studio: Studio) -> None:
    """It is named in the file of the series."""
    files: dict[str, str | bytes] = {
        "a.md": post("A", more="series: S\n"),
        "images/a.tif": b"II*\0" + bytes(99),
    }
    built = studio.shoot({**files, "series/s.md": "---\ntitle: S\nimage: /images/a.tif\n---\nx\n"})
    [problem] = built.problems
    assert problem.startswith("series/s.md:3: image: /images/a.tif is a TIFF image")


@pytest.mark.parametrize(
    "body",
    [
        "[Download the photo](images/a.heic)",
        '<picture><source srcset="images/a.heic" type="image/heic"><img src="images/b.png" alt="x">'
        "</picture>",
        "![x](images/b.jpg)",
    ],
)
def test_what_readers_can_see_or_fetch_is_none(studio: Studio, body: str) -> None:
    """A link to a file, a choice that browsers pass over, and a PNG that is called otherwise."""
    png = photo(form="PNG")
    files = {"images/a.heic": HEIC, "images/b.png": png, "images/b.jpg": png}
    assert studio.shoot({"a.md": post("A", body), **files}).problems == ()
