"""Files with awkward names: published under addresses that name them, however they are written."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

import pytest
from PIL import Image

from tests.plugins.building import Built, Workshop

NAMES = (
    "ha#sh.jpg",
    "what?.jpg",
    "100%.jpg",
    "100%25.jpg",
    "it's & +plus.jpg",
    'say "hi".jpg',
    "a;b=c,d@e.jpg",
    "übung ä.jpg",
    normalize("NFD", "größe.jpg"),
)
_ADDRESS = re.compile(r"(?:src|href|poster|content|url)=\"([^\"]*/(?:images|audio|files)/[^\"]*)\"")
_SRCSET = re.compile(r"srcset=\"([^\"]*)\"")


def jpeg(width: int = 600) -> bytes:
    """A picture that is worth several widths."""
    file = io.BytesIO()
    Image.effect_noise((width, width // 2), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def addresses(text: str) -> set[str]:
    """Every address of a file in a page, and each candidate of a ``srcset``."""
    sets = (one.split() for found in _SRCSET.findall(text) for one in unescape(found).split(", "))
    return {*map(unescape, _ADDRESS.findall(text)), *(one[0] for one in sets)}


def fetched(address: str) -> str:
    """The path of the file that a server looks for when a browser asks for ``address``."""
    parts = urlsplit(address)
    assert not parts.query
    assert not parts.fragment
    return unquote(parts.path).lstrip("/")


def in_feeds(built: Built) -> set[str]:
    """The addresses of files in all three feeds."""
    feeds = [built.page(f"feeds/all.{kind}") for kind in ("rss.xml", "atom.xml")]
    items = json.loads(built.page("feeds/all.json"))["items"]
    named = {item["image"] for item in items}
    named |= {one["url"] for item in items for one in item.get("attachments", ())}
    # Content stands in the elements as text, so it is escaped once more.
    texts = [*map(unescape, feeds), *(item["content_html"] for item in items)]
    return named.union(*map(addresses, texts))


def in_structured_data(page: str) -> set[str]:
    """The addresses of images in the JSON-LD of a page."""
    found = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page)
    graph = [node for one in found for node in json.loads(one)["@graph"]]
    return {node["image"]["url"] for node in graph if "image" in node}


def test_every_address_of_a_file_names_it_once_decoded(tmp_path: Path) -> None:
    """In pages, their heads, their structured data and all feeds; and images have their widths."""
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(NAMES):
        src = f"/images/{quote(name)}"
        files |= {f"images/{name}": jpeg(), f"files/{name}": b"x", f"audio/{name}.mp3": b"x"}
        files[f"{number}-post.md"] = (
            f'---\ntitle: A\ndate: 2024-01-01\nimage: {{src: "{src}", alt: x}}\n---\n'
            f"![x]({src})\n\n[f](/files/{quote(name)})\n\n"
            f'<video poster="{src}"></video> <audio src="/audio/{quote(name)}.mp3"></audio>\n'
        )
    built = Workshop(tmp_path).build(files)
    assert built.problems == ()
    pages = [built.page(f"/{number}-post/") for number in range(len(NAMES))]
    for name, page in zip(NAMES, pages, strict=True):
        here = {f"images/{name}", f"files/{name}", f"audio/{name}.mp3"}
        assert here <= {fetched(one) for one in addresses(page)} <= built.files()
        assert {fetched(one) for one in in_structured_data(page)} == {f"images/{name}"}
        assert page.count('width="600"') >= 2
        assert page.count("480w") >= 2
    told = {fetched(one) for one in in_feeds(built)}
    assert {f"{kind}/{name}" for kind in ("images", "files") for name in NAMES} <= told
    assert {f"audio/{name}.mp3" for name in NAMES} <= told <= built.files()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("![x](images/ha#sh.jpg)", "ha#sh.jpg"),
        ("![x](<images/what?.jpg>)", "what?.jpg"),
        ("![x](images/100%.jpg)", "100%.jpg"),
        ("![x](/images/100%25.jpg)", "100%25.jpg"),
        ('<img src="images/ha#sh.jpg" alt="x">', "ha#sh.jpg"),
        ("![x](images/gr%C3%B6%C3%9Fe.jpg)", normalize("NFD", "größe.jpg")),
        (normalize("NFD", "![x](images/größe.jpg)"), "größe.jpg"),
    ],
)
def test_a_file_is_found_by_its_own_name_too(tmp_path: Path, written: str, name: str) -> None:
    """What is written letter by letter as a file is called means it, in either Unicode form."""
    built = Workshop(tmp_path).build(
        {f"images/{name}": jpeg(), "a.md": f"---\ntitle: A\ndate: 2024-01-01\n---\n{written}\n"}
    )
    assert built.problems == ()
    assert f"images/{name}" in {fetched(one) for one in addresses(built.page("/a/"))}


def test_what_a_reference_means_when_decoded_comes_first(tmp_path: Path) -> None:
    """Of two files that one reference may mean, it is the one that the web's rules say."""
    files = {"images/100%.jpg": jpeg(300), "images/100%25.jpg": jpeg(400)}
    body = "![x](images/100%25.jpg)"
    built = Workshop(tmp_path).build(
        {**files, "a.md": f"---\ntitle: A\ndate: 2024-01-01\n---\n{body}"}
    )
    assert 'width="300"' in built.page("/a/")


def test_sound_that_front_matter_names_by_its_own_name(tmp_path: Path) -> None:
    """The enclosure has the address and the length of the file, written either way."""
    for number, written in enumerate(("/audio/take#1.mp3", "/audio/take%231.mp3")):
        folder = tmp_path / str(number)
        folder.mkdir()
        post = f"---\ntitle: A\ndate: 2024-01-01\naudio: '{written}'\n---\nx\n"
        built = Workshop(folder).build({"audio/take#1.mp3": b"12345", "a.md": post})
        assert built.problems == ()
        [item] = json.loads(built.page("feeds/all.json"))["items"]
        [sound] = item["attachments"]
        assert (fetched(sound["url"]), sound["size_in_bytes"]) == ("audio/take#1.mp3", 5)


def test_addresses_of_other_hosts_stay_byte_for_byte(tmp_path: Path) -> None:
    """Whoever made them knows what they mean."""
    address = "https://cdn.example/a%20b%2525/%C3%A4?x=%26#y"
    built = Workshop(tmp_path).build({"a.md": f"# A\n\n![x]({address})\n"})
    assert f'src="{address}"' in built.page("/a/")


def test_capitals_are_told_where_they_are_all_that_differs(tmp_path: Path) -> None:
    """Some systems do not tell them apart; web servers do."""
    built = Workshop(tmp_path).build(
        {"images/Photo.JPG": jpeg(), "a.md": "# A\n\n![x](images/photo.jpg)\n"}
    )
    [problem] = built.problems
    assert problem.startswith("a.md:3: image: no image is at 'images/photo.jpg'; did you mean")
    assert "'/images/Photo.JPG'" in problem


def test_names_that_differ_in_their_unicode_form_alone_clash(tmp_path: Path) -> None:
    """On some systems they are one file, and in a message they look the same."""
    names = [f"images/{normalize(form, 'größe.jpg')}" for form in ("NFC", "NFD")]
    built = Workshop(tmp_path).build({**dict.fromkeys(names, jpeg()), "a.md": "# A\n\nx\n"})
    [problem] = built.problems
    assert "Unicode" in problem
