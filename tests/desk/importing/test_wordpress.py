"""``desk import wordpress``: what becomes of the constructs and the entries of an export."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import main
from desk.importing.command import checked
from desk.importing.model import Item, Page, Refusal
from desk.importing.report import lines_of
from desk.importing.wordpress import facts, items
from plugins.frontmatter.document import parse
from tests.desk.importing.wxr import export, item, meta, picture, term

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SHORE = "/wp-content/uploads/2020/01/shore.jpg"
CLASSIC = {
    "One\n\nTwo\nlines": "One\n\nTwo\\\nlines",
    "<h2>Head</h2>\nText": "## Head\n\nText",
    "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nafter": "- a\n- b\n\nafter",
    "<blockquote>a\n\nb</blockquote>": "> a\n>\n> b",
    "<pre>a\n\nb\n</pre>": "```\na\n\nb\n```",
    "a\n\n<!--more-->\n\nb": "a\n\n<!--more-->\n\nb",
    "a\n<!--more Go on-->\nb": "a\n\n<!--more-->\n\nb",
    '[caption id="x" width="3"]<img src="https://old.example/blog/wp-content/uploads/2020/01/shore-300x200.jpg" alt="S" /> The shore[/caption]': f'![S]({SHORE} "The shore")',
    '[caption caption="Old"]<a href="/x"><img src="https://x.example/a.png" /></a>[/caption]': '<figure markdown="span">\n[![](https://x.example/a.png)](/x)\n<figcaption>Old</figcaption>\n</figure>',
    '[gallery ids="8,7"]': f'![Waves](/wp-content/uploads/2020/01/waves.jpg)\n\n![The shore]({SHORE} "Low tide")',
    "[gallery]": f'![The shore]({SHORE} "Low tide")',
    f"[embed width=3]{YOUTUBE}[/embed]": YOUTUBE,
    f"a\n\n{YOUTUBE}\n\nb": f"a\n\n{YOUTUBE}\n\nb",
    f"[youtube={YOUTUBE}]": YOUTUBE,
    "[vimeo 12]": "https://vimeo.com/12",
    "[gist]ada/12[/gist]": "ada/12",
    '[audio src="https://x.example/a.mp3"]': '<audio controls="" src="https://x.example/a.mp3"></audio>',
    '[audio mp3="https://x.example/a.mp3"][/audio]': '<audio controls="" src="https://x.example/a.mp3"></audio>',
    '[video mp4="/a.mp4" poster="/p.jpg"]': '<video controls="" poster="/p.jpg" src="/a.mp4"></video>',
    f'[video src="{YOUTUBE}"]': YOUTUBE,
    '[code language="php"]if (a < b) { [x] }[/code]': "```php\nif (a < b) { [x] }\n```",
    "[sourcecode]a &lt; b[/sourcecode]": "```\na < b\n```",
    "a[footnote]So <em>it</em> is[/footnote] b": "a[^1] b\n\n[^1]: So *it* is",
    "[latex]a^2[/latex] $latex b$": "\\(a^2\\) \\(b\\)",
    "[[gallery]] and [sic] and [1]": "\\[gallery\\] and \\[sic\\] and \\[1\\]",
    "<code>[gallery ids=1]</code>": "`[gallery ids=1]`",
    "[row][col]a[/col][/row]": "a",
    '[spoiler title="T"]a[/spoiler]': "<details>\n<summary>T</summary>\n\na\n\n</details>",
    "[pullquote]a[/pullquote]": "> a",
    '[button url="/x"]Go[/button]': "[Go](/x)",
    '[own a="b"]kept[/own]': "kept",
    '[contact-form-7 id="3"]': '<!-- [contact-form-7 id="3"] -->',
    '<a href="https://old.example/blog/2019/12/other/#p">o</a>': "[o](/2019/12/other/#p)",
    '<a href="http://www.old.example/blog/?p=2">o</a>': "[o](/2020/01/post-2/)",
    '<a href="https://old.example/blog/2020/01/post-1/shore/">s</a>': f"[s]({SHORE})",
    '<a href="https://old.example/shop/">s</a>': "[s](https://old.example/shop/)",
}
BLOCKS = {
    "<!-- wp:paragraph {\"a\":1} -->\n<p>a</p>\n<!-- /wp:paragraph -->": "a",
    "<!-- wp:heading --><h2 class=\"wp-block-heading\">H</h2><!-- /wp:heading -->": "## H",
    "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item --></ul><!-- /wp:list -->": "- a",
    "<!-- wp:code --><pre class=\"wp-block-code\"><code>a &lt; b</code></pre><!-- /wp:code -->": "```\na < b\n```",
    "<!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->": "<!--more-->\n\nb",
    f'<!-- wp:embed {{"url":"{YOUTUBE}"}} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{YOUTUBE}\n</div><figcaption>C</figcaption></figure>\n<!-- /wp:embed -->': f"{YOUTUBE}\n\nC",
    '<!-- wp:block {"ref":5} /-->': "Again and again",
    '<!-- wp:latest-posts {"n":3} /-->': '<!-- the block latest-posts {"n": 3} -->',
    "<!-- wp:freeform -->a\n\nb<!-- /wp:freeform -->": "a\n\nb",
    "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->\n\nOut\nside": "a\n\nOut\\\nside",
    '<!-- wp:shortcode -->[gallery ids="7"]<!-- /wp:shortcode -->': f'![The shore]({SHORE} "Low tide")',
    '<!-- wp:cover {"url":"https://x.example/c.jpg"} --><div><p>On it</p></div><!-- /wp:cover -->': "![](https://x.example/c.jpg)\n\nOn it",
    '<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>a</td></tr></tbody></table><figcaption>C</figcaption></figure><!-- /wp:table -->': "| --- |\n| a |\n\nC",
    '<!-- wp:pullquote --><figure><blockquote><p>a</p><cite>b</cite></blockquote></figure><!-- /wp:pullquote -->': "> a\n>\n> <cite>b</cite>",
    '<!-- wp:details --><details><summary>S</summary><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --></details><!-- /wp:details -->': "<details>\n<summary>S</summary>\n\na\n\n</details>",
    '<!-- wp:button --><div class="wp-block-button"><a class="wp-block-button__link" href="/x">Go</a></div><!-- /wp:button -->': "[Go](/x)",
    '<!-- wp:paragraph --><p>a<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->': "a[^1]\n\n[^1]: Note",
    "<!-- wp:spacer --><div style=\"height:9px\"></div><!-- /wp:spacer --><!-- wp:separator --><hr/><!-- /wp:separator -->": "---",
}  # fmt: skip


def made(folder: Path, *entries: str) -> list[Item]:
    """What becomes of an export with these items."""
    path = folder / "export.xml"
    path.write_text(export(*entries), "utf-8")
    said = facts(path)
    return checked(list(items(path, said, lambda _: None)))


def page(found: list[Item], key: int) -> Page:
    """The page of an item."""
    (one,) = [one for one in found if one.source == f"export.xml#{key}"]
    assert isinstance(one, Page)
    return one


def body(folder: Path, text: str) -> Page:
    """A post with this text, in an export with two pictures and a block that is used again."""
    return page(
        made(
            folder,
            item(1, text, more=meta("footnotes", '[{"id":"u1","content":"Note"}]')),
            item(2),
            picture(7, "shore", "The shore", "Low tide", parent="1"),
            picture(8, "waves", "Waves"),
            item(5, "Again and again", wp__post_type="wp_block"),
        ),
        1,
    )


@pytest.mark.parametrize(("written", "said"), CLASSIC.items())
def test_the_classic_editor_is_read(tmp_path: Path, written: str, said: str) -> None:
    """Paragraphs, shortcodes and addresses become Markdown, or stay in a comment."""
    assert body(tmp_path, written).body == said


@pytest.mark.parametrize(("written", "said"), BLOCKS.items())
def test_the_block_editor_is_read(tmp_path: Path, written: str, said: str) -> None:
    """Blocks become Markdown; what the server made of them is named."""
    assert body(tmp_path, written).body == said


def test_unknown_shortcodes_are_named(tmp_path: Path) -> None:
    """By their names, each with its line and how sure it is; brackets in prose are not."""
    notes = body(tmp_path, "a [sic]\n\n[own x=1]in[/own]\n\n[other_one]").notes
    named = [(note.kind, note.sure, note.line) for note in notes]
    first = named[0][2]
    assert named == [
        ("the shortcode own", "guess", first),
        ("the shortcode other_one", "lost", first + 2),
    ]


STATES = {
    "draft": {"wp__status": "draft", "link": "https://old.example/blog/?p=1"},
    "pending": {"wp__status": "pending"},
    "private": {"wp__status": "private"},
    "password": {"wp__post_password": "opensesame"},
}


@pytest.mark.parametrize("state", STATES.values(), ids=list(STATES))
def test_what_was_not_public_is_a_draft(tmp_path: Path, state: dict[str, str]) -> None:
    """Drafts, what waits for review, private posts and those with a password, which is not kept."""
    found = page(made(tmp_path, item(1, **state)), 1)
    assert found.fields["draft"] is True
    assert "opensesame" not in str(found)


def test_the_trash_and_parts_of_the_theme_stay_behind(tmp_path: Path) -> None:
    """Each is named with its reason."""
    kinds = ("nav_menu_item", "revision", "wp_global_styles", "custom_css")
    entries = [item(1, wp__status="trash")]
    entries += [item(10 + n, wp__post_type=kind) for n, kind in enumerate(kinds)]
    found = [one for one in made(tmp_path, *entries) if isinstance(one, Refusal)]
    assert [one.source for one in found if "#1" in one.source and one.reason] == [
        f"export.xml#{key}" for key in (1, 10, 11, 12, 13)
    ]


def test_front_matter_says_what_the_export_says(tmp_path: Path) -> None:
    """Address, date with its distance from UTC, people, terms, series, image, summary and identity."""
    more = [
        *(term("category", "sea", "Sea"), term("category", "tides", "Tides")),
        *(term("post_tag", "low", "Low"), term("series", "moon", "The moon")),
        *(term("genre", "essay", "Essay"), term("post_format", "post-format-aside", "Aside")),
        *(meta("_series_part_9", "2"), meta("_thumbnail_id", "7"), meta("_wp_old_slug", "before")),
        meta("_yoast_wpseo_canonical", "https://else.example/first/"),
    ]
    entry = item(
        1,
        title="High &amp;amp; <em>low</em>".replace("&amp;amp;", "&amp;"),
        excerpt__encoded="<p>In short</p>",
        wp__is_sticky="1",
        wp__comment_status="closed",
        more="".join(more),
    )
    fields = page(made(tmp_path, entry, picture(7, "shore", "The shore", "Low tide")), 1).fields
    date = fields["date"]
    assert date.isoformat() == "2020-01-02T13:00:00+01:00"
    assert {name: value for name, value in fields.items() if name != "date"} == {
        "title": "High & low",
        "authors": ["ada"],
        "series": "The moon",
        "part": 2,
        "category": "Tides",
        "tags": ["Sea", "Low", "Essay"],
        "permalink": "/2020/01/post-1/",
        "aliases": ["/2020/01/before/"],
        "summary": "In short",
        "image": SHORE,
        "image_alt": "The shore",
        "image_caption": "Low tide",
        "original": "https://else.example/first/",
        "featured": True,
        "replies": "closed",
        "uid": "https://old.example/blog/?p=1",
    }


@pytest.mark.parametrize(
    ("local", "gmt", "said"),
    [
        ("2020-01-02 13:00:00", "0000-00-00 00:00:00", "2020-01-02T13:00:00"),
        ("0000-00-00 00:00:00", "2020-01-02 12:00:00", "2020-01-02T12:00:00+00:00"),
        ("2020-07-02 09:30:00", "2020-07-02 04:00:00", "2020-07-02T09:30:00+05:30"),
    ],
)
def test_a_date_of_zeros_is_none(tmp_path: Path, local: str, gmt: str, said: str) -> None:
    """Where the date in UTC is missing, the local one counts, in the zone of the site."""
    found = page(made(tmp_path, item(1, wp__post_date=local, wp__post_date_gmt=gmt)), 1)
    assert found.fields["date"].isoformat() == said


@pytest.mark.parametrize(
    ("pattern", "said"), [("", None), ("/:year/:postname/", "/2020/post-1/"), ("/:odd/", None)]
)
def test_a_post_that_had_a_number_gets_an_address(
    tmp_path: Path, pattern: str, said: str | None
) -> None:
    """By the pattern that was given, else by its slug; the note names the old one."""
    path = tmp_path / "export.xml"
    path.write_text(export(item(1, link="https://old.example/blog/?p=1")), "utf-8")
    known = replace(facts(path), permalink=pattern)
    found = page(list(items(path, known, lambda _: None)), 1)
    assert found.fields.get("permalink") == said
    assert said or found.fields["slug"] == "post-1"
    assert ["?p=1" in note.what for note in found.notes] == [True]


def test_pages_and_other_types_are_pages(tmp_path: Path) -> None:
    """A page is one; an entry of a plugin's type is in no list and no feed either, with a note."""
    entries = [item(1, wp__post_type="page"), item(2, wp__post_type="Recipe")]
    found = made(tmp_path, *entries)
    assert page(found, 1).target == "pages/post-1.md"
    assert page(found, 2).target == "pages/recipe/post-2.md"
    assert [note.kind for note in page(found, 2).notes] == ["the post type Recipe"]


def test_people_have_files_and_no_mail_addresses(tmp_path: Path) -> None:
    """A login that is a mail address does not become the name of a file."""
    found = made(tmp_path, item(1, dc__creator="bo@old.example"))
    people = {one.target: one.fields for one in found if isinstance(one, Page)}
    assert people["authors/ada.md"] == {"name": "Ada Lind"}
    assert people["authors/bo-berg.md"] == {"name": "Bo Berg"}
    assert page(found, 1).fields["authors"] == ["bo-berg"]


def test_two_posts_of_one_guid_have_two(tmp_path: Path) -> None:
    """Copies keep the guid of the first; the second gets one of its own, with a note."""
    found = made(tmp_path, item(1), item(2, guid="https://old.example/blog/?p=1"))
    assert page(found, 1).fields["uid"] == "https://old.example/blog/?p=1"
    assert page(found, 2).fields["uid"] == "https://old.example/blog/?p=1#2"


def site(folder: Path) -> Path:
    """A folder with an export in two parts and some of its uploads."""
    (folder / "wp-content/uploads/2020/01").mkdir(parents=True)
    (folder / "wp-content/uploads/2020/01/shore.jpg").write_bytes(b"image")
    (folder / "wp-content/uploads/2020/01/shore-9x9.jpg").write_bytes(b"small")
    (folder / "members.csv").write_text("ada@old.example\n")
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    long = 'Some <b>bold</b> text.\n\n[gallery ids="7"]\n\n[nothing_known]'
    one = export(
        item(1, long, more=comment + term("category", "tides", "Tides")),
        item(2, wp__status="draft"),
    )
    two = export(
        picture(7, "shore", "The shore"), picture(8, "waves"), item(3, wp__post_password="x")
    )
    (folder / "one.xml").write_text(one, "utf-8")
    (folder / "two.xml").write_text(two, "utf-8")
    return folder


def files(folder: Path) -> dict[Path, bytes]:
    """All files below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_imported_twice_into_the_same_files(tmp_path: Path) -> None:
    """All parts, with the uploads that are there; missing ones and comments are named and counted."""
    old, new = site(tmp_path / "old"), tmp_path / "new"
    assert main(["import", "wordpress", str(old), str(new)]) == 0
    before = files(new)
    assert main(["import", "wordpress", str(old), str(new)]) == 0
    assert files(new) == before
    assert (new / "content/wp-content/uploads/2020/01/shore.jpg").read_bytes() == b"image"
    assert not list((new / "content").rglob("*.csv"))
    report: dict[str, Any] = json.loads((new / "import-report.json").read_text("utf-8"))
    assert report["files"] == sum(report["counts"].values()) == len(report["lines"])
    lines = {line["source"]: line for line in report["lines"]}
    assert (
        lines["two.xml#8 https://old.example/blog/wp-content/uploads/2020/01/waves.jpg"]["result"]
        == "refused"
    )
    assert "1 of 1 comments" in lines["one.xml#comments"]["reason"]
    assert "draft" in parse((new / "content/posts/post-3.md").read_bytes(), "a").fields
    settings = (new / "pelicanconf.py").read_text("utf-8")
    assert "SITENAME = 'Tides & Moons'" in settings
    assert "SITEURL = 'https://old.example/blog'" in settings


@pytest.mark.parametrize(
    "data",
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss><channel><title>&b;</title></channel></rss>', "<rss>", ""],
)  # fmt: skip
def test_xml_that_is_a_trap_is_refused(
    tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entities, and what is no XML; nothing is written."""
    (tmp_path / "x.xml").write_text(data)
    assert main(["import", "wordpress", str(tmp_path / "x.xml"), str(tmp_path / "new")]) == 1
    assert "x.xml" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


_ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(
            ["post", "page", "attachment", "nav_menu_item", "wp_block", "Own Type", ""]
        ),
        st.sampled_from(["publish", "draft", "trash", "private", "future", "inherit", "odd"]),
        st.sampled_from(["", "a", "A", "../b", "%e6%b5%b7", "x" * 300, "/"]),
        st.sampled_from(["", "Text", "[gallery]", "<!-- wp:x /-->", "<b>"]),
    ),
    max_size=12,
)


@given(_ENTRIES)
def test_every_entry_is_accounted_for_once(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, str, str, str]]
) -> None:
    """Whatever they are: as many lines as items, besides those of people and terms; no path leads out."""
    folder = tmp_path_factory.mktemp("wxr")
    written = [
        item(n, text, title="", wp__post_type=kind, wp__status=status, wp__post_name=slug)
        for n, (kind, status, slug, text) in enumerate(entries, 1)
    ]
    found = made(folder, *written)
    lines = [
        line
        for line in lines_of(found)
        if not line.source.startswith(("export.xml#author", "export.xml#category"))
    ]
    assert len(lines) == len(entries)
    targets = [one.target for one in found if isinstance(one, Page)]
    assert len({target.casefold() for target in targets}) == len(targets)
    assert not any(".." in target or len(target.encode()) > 230 for target in targets)
