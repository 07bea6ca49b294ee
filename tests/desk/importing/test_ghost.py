"""``desk import ghost``: what becomes of the cards and the tables of an export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import main
from desk.importing.command import checked
from desk.importing.ghost import facts, items, redirects
from desk.importing.model import Item, Page
from desk.importing.report import lines_of
from plugins.frontmatter.document import parse

ID = "605ac141a2d5a6aa9e101ec3"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
Node = dict[str, Any]


def words(text: str, bits: int = 0) -> Node:
    """A text of Lexical."""
    return {"type": "extended-text", "text": text, "format": bits}


def node(kind: str, *children: Node, **values: Any) -> Node:
    """A node of Lexical with others inside."""
    return {"type": kind, "children": list(children), **values}


# Cards are the same in both editors.
CARDS: list[tuple[str, Node, str]] = [
    ("hr", {}, "---"),
    ("markdown", {"markdown": "*a* [^1]\n\n[^1]: b"}, "*a* [^1]\n\n[^1]: b"),
    ("html", {"html": '<div class="x">\n\n<i>a</i></div>'}, '<div class="x">\n<i>a</i></div>'),
    ("html", {"html": '<img src="__GHOST_URL__/content/images/a.png">'}, '<img src="/content/images/a.png">'),
    ("image", {"src": "/a.png", "alt": "A"}, "![A](/a.png)"),
    ("image", {"src": "/a.png", "caption": "C"}, '![](/a.png "C")'),
    ("image", {"src": "/a.png", "href": "/b/"}, "[![](/a.png)](/b/)"),
    ("image", {"src": "__GHOST_URL__/content/images/size/w600/2020/a.png"}, "![](/content/images/2020/a.png)"),
    ("gallery", {"images": [{"src": "/a.png"}, {"src": "/b.png", "alt": "B"}], "caption": "C"}, "![](/a.png)\n\n![B](/b.png)\n\nC"),
    ("code", {"code": "a < b\n\nc", "language": "js", "caption": "C"}, "```js\na < b\n\nc\n```\n\nC"),
    ("bookmark", {"url": "https://x.example/", "metadata": {"title": "X & Y", "description": "About"}}, "[X & Y](https://x.example/)\\\nAbout"),
    ("embed", {"url": VIDEO, "html": "<iframe></iframe>", "caption": "C"}, f"{VIDEO}\n\nC"),
    ("embed", {"url": "https://twitter.com/a/status/1", "html": '<blockquote class="twitter-tweet"><p>Hi</p></blockquote><script src="https://platform.twitter.com/widgets.js"></script>'}, "> Hi"),
    ("callout", {"calloutEmoji": "💡", "calloutText": "a <b>b</b>"}, "> [!NOTE]\n> 💡 a **b**"),
    ("toggle", {"heading": "H", "content": "<p>a</p>"}, "<details>\n<summary>H</summary>\n\na\n\n</details>"),
    ("button", {"buttonText": "Go", "buttonUrl": "/x/"}, "[Go](/x/)"),
    ("header", {"header": "H", "subheader": "s", "buttonText": "Go", "buttonUrl": "/x/"}, "## H\n\ns\n\n[Go](/x/)"),
    ("product", {"productTitle": "P", "productDescription": "<p>d</p>", "productButton": "Buy", "productUrl": "/x/"}, "### P\n\nd\n\n[Buy](/x/)"),
    ("call-to-action", {"textValue": "<p>t</p>", "buttonText": "Go", "buttonUrl": "/x/"}, "t\n\n[Go](/x/)"),
    ("video", {"src": "/a.mp4", "thumbnailSrc": "/t.png"}, '<video controls="" poster="/t.png" src="/a.mp4"></video>'),
    ("audio", {"src": "/a.mp3", "title": "T"}, 'T\n\n<audio controls="" src="/a.mp3"></audio>'),
    ("file", {"src": "/content/files/a.pdf", "fileTitle": "F", "fileCaption": "c"}, "[F](/content/files/a.pdf)\\\nc"),
    ("email", {"html": "<p>Only by mail</p>"}, ""),
    ("email-cta", {"html": ""}, ""),
    ("paywall", {}, ""),
    ("signup", {"header": "S"}, ""),
    ("own", {"a": "b"}, '<!-- the card own {"a": "b"} -->'),
]  # fmt: skip
LEXICAL: list[tuple[Node, str]] = [
    (node("paragraph", words("a * "), words("b", 1), words("c", 2)), "a \\* <strong>b</strong><em>c</em>"),
    (node("paragraph", words("b", 3), words(" s", 4), words(" u", 8), words(" c", 16)), "***b*** ~~s~~<u> u</u> `c`"),
    (node("paragraph", words("H"), words("2", 32), words("x", 64), words("m", 128)), "H<sub>2</sub><sup>x</sup><mark>m</mark>"),
    (node("paragraph", words("a"), {"type": "linebreak"}, words("b")), "a\\\nb"),
    (node("extended-heading", words("H"), tag="h3"), "### H"),
    (node("extended-quote", words("q")), "> q"),
    (node("paragraph", node("link", words("l"), url="__GHOST_URL__/b/")), "[l](/b/)"),
    (node("paragraph", node("link", words("Sign up"), url="#/portal/signup")), "Sign up"),
    (node("list", node("listitem", words("a")), node("listitem", node("list", node("listitem", words("b")), listType="bullet")), listType="number", start=4), "4. a\n   - b"),
    (node("list", node("listitem", words("a"), checked=True), listType="check"), "- [x] a"),
    ({"type": "horizontalrule"}, "---"),
    ({"type": "codeblock", "code": "a", "language": ""}, "```\na\n```"),
    (node("unheard-of", node("paragraph", words("a"))), "a"),
]  # fmt: skip
MARKUPS = [["strong"], ["a", ["href", "/x/"]], ["em"]]
MOBILEDOC: list[tuple[list[Any], str]] = [
    (
        [1, "p", [[0, [], 0, "a "], [0, [0], 0, "b"], [0, [2], 2, "c"], [0, [], 0, " d"]]],
        "a **b*c*** d",
    ),
    ([1, "p", [[0, [1], 1, "l"]]], "[l](/x/)"),
    ([1, "h2", [[0, [], 0, "H"]]], "## H"),
    ([1, "aside", [[0, [], 0, "q"]]], "> q"),
    ([1, "p", [[0, [], 0, "a"], [1, [], 0, 0], [0, [], 0, "b"]]], "a\\\nb"),
    ([2, "/a.png"], "![](/a.png)"),
    ([3, "ol", [[[0, [], 0, "a"]], [[0, [], 0, "b"]]]], "1. a\n2. b"),
]


def lexical(*nodes: Node) -> str:
    """A document of Lexical."""
    return json.dumps({"root": {"type": "root", "children": list(nodes)}})


def mobiledoc(*sections: list[Any], cards: list[Any] | None = None) -> str:
    """A document of Mobiledoc."""
    atoms = [["soft-return", "", {}]]
    found = {"atoms": atoms, "cards": cards or [], "markups": MARKUPS, "sections": list(sections)}
    return json.dumps({"version": "0.3.1", **found})


def post(**values: Any) -> Node:
    """A published post."""
    return {
        "id": ID,
        "uuid": "a3adbe4e-7bea-4467-b93e-dce93858d8c0",
        "title": "Tides",
        "slug": "tides",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "created_at": "2024-12-01T10:00:00.000Z",
        "updated_at": "2025-02-01T10:00:00.000Z",
        "published_at": "2025-01-01T23:30:00.000Z",
        **values,
    }


def export(*posts: Node, **tables: list[Node]) -> Node:
    """A whole export."""
    data = {
        "posts": list(posts),
        "users": [
            {"id": "u1", "name": "Ada Lind", "slug": "ada", "email": "ada@old.example", "bio": "Of <the> sea", "website": "https://ada.example", "twitter": "@ada", "location": "Rome"},
            {"id": "u2", "name": "Nobody", "slug": "nobody", "email": "no@old.example"},
        ],
        "tags": [
            {"id": "t1", "name": "#hidden", "slug": "hash-hidden", "visibility": "internal"},
            {"id": "t2", "name": "Sea", "slug": "sea", "description": "Water"},
            {"id": "t3", "name": "Moon", "slug": "moon", "description": None},
        ],
        "posts_tags": [{"post_id": ID, "tag_id": f"t{n}", "sort_order": n} for n in (3, 1, 2)],
        "posts_authors": [{"post_id": ID, "author_id": "u1", "sort_order": 0}],
        "settings": [{"key": "title", "value": "Old"}, {"key": "timezone", "value": "Europe/Rome"}],
        **tables,
    }  # fmt: skip
    return {"db": [{"meta": {"version": "5.0.0"}, "data": data}]}


def made(folder: Path, *posts: Node, **tables: list[Node]) -> list[Item]:
    """What becomes of an export with these posts."""
    path = folder / "export.json"
    path.write_text(json.dumps(export(*posts, **tables)), "utf-8")
    return checked(list(items(path, facts(path), lambda _: None)))


def first(folder: Path, *posts: Node, **tables: list[Node]) -> Page:
    """The page of the first post."""
    found = made(folder, *posts, **tables)[0]
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize(("card", "values", "said"), CARDS)
def test_cards_of_both_editors_are_read(tmp_path: Path, card: str, values: Node, said: str) -> None:
    """A card means the same in Lexical and in Mobiledoc; what is for members or mail is left out."""
    new = first(
        tmp_path, post(lexical=lexical({**values, "type": card}, node("paragraph", words("z"))))
    )
    old = first(
        tmp_path,
        post(mobiledoc=mobiledoc([10, 0], [1, "p", [[0, [], 0, "z"]]], cards=[[card, values]])),
    )
    assert new.body == old.body == f"{said}\n\nz".strip()
    left_out = card in {"email", "email-cta", "paywall", "signup", "own"}
    assert any(note.kind == f"the card {card}" for note in new.notes) == left_out


@pytest.mark.parametrize(("written", "said"), LEXICAL)
def test_lexical_is_read(tmp_path: Path, written: Node, said: str) -> None:
    """Texts with their formats, links, lists and headings."""
    assert first(tmp_path, post(lexical=lexical(written))).body == said


@pytest.mark.parametrize(("written", "said"), MOBILEDOC)
def test_mobiledoc_is_read(tmp_path: Path, written: list[Any], said: str) -> None:
    """Sections with their marks, and atoms."""
    assert first(tmp_path, post(mobiledoc=mobiledoc(written))).body == said


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"root": 1}', '{"root": {"children": 3}}', "[" * 9_000]
)
def test_html_stands_in_for_a_text_that_cannot_be_read(tmp_path: Path, broken: str) -> None:
    """With a note; so it does in posts without an editor's text."""
    found = first(tmp_path, post(lexical=broken, html="<p>a <b>b</b></p>"))
    assert found.body in {"a **b**", ""}
    assert first(tmp_path, post(html="<p>a <b>b</b></p>")).body == "a **b**"


def test_front_matter_says_what_the_tables_say(tmp_path: Path) -> None:
    """Address, people, tags in their order, image, summary, original and the id that feeds had."""
    meta = {
        "post_id": ID,
        "feature_image_alt": "Shore",
        "feature_image_caption": "Low",
        "meta_title": "T",
        "meta_description": "m",
    }
    found = first(
        tmp_path,
        post(
            html="<p>a</p>",
            feature_image="https://x.example/a.png",
            custom_excerpt="In\nshort",
            canonical_url="https://else.example/a/",
            featured=1,
            locale="pt_BR",
            codeinjection_head="<script>x()</script>",
        ),
        posts_meta=[meta],
    )
    fields = dict(found.fields)
    assert fields.pop("date").isoformat() == "2025-01-01T23:30:00+00:00"
    assert fields.pop("modified").isoformat() == "2025-02-01T10:00:00+00:00"
    assert fields == {
        "title": "Tides",
        "authors": ["ada"],
        "category": "Sea",
        "tags": ["Sea", "Moon"],
        "permalink": "/tides/",
        "summary": "In short",
        "image": "https://x.example/a.png",
        "image_alt": "Shore",
        "image_caption": "Low",
        "original": "https://else.example/a/",
        "featured": True,
        "lang": "pt-BR",
        "uid": ID,
    }
    assert {note.kind for note in found.notes} == {
        "an internal tag was left out",
        "another title for search engines",
        "code that was added to a page",
    }


@pytest.mark.parametrize(
    "state",
    [{"status": "draft"}, {"status": "sent"}, {"visibility": "members"}, {"visibility": "paid"}, {"visibility": "tiers"}],
    ids=lambda state: "-".join(state.values()),
)  # fmt: skip
def test_what_was_not_for_everybody_is_a_draft(tmp_path: Path, state: Node) -> None:
    """Drafts, mails and posts for members are never published."""
    assert first(tmp_path, post(html="<p>a</p>", **state)).fields["draft"] is True


def test_old_versions_are_read(tmp_path: Path) -> None:
    """Pages by a number, dates in milliseconds, ids that count, and Markdown before there were editors."""
    old = {
        **post(markdown="*a*"),
        "id": 7,
        "page": 1,
        "author_id": "u1",
        "published_at": 1_504_269_105_806,
    }
    del old["type"]
    found = first(tmp_path, old, posts_authors=[])
    assert (found.target, found.body) == ("pages/tides.md", "*a*")
    assert found.fields["date"].isoformat() == "2017-09-01T12:31:45+00:00"
    assert (found.fields["authors"], found.fields["uid"]) == (["ada"], old["uuid"])


def site(folder: Path) -> Path:
    """A folder as Ghost's backup has it: the export, images, redirects, routes and a list of members."""
    (folder / "content/images/2020").mkdir(parents=True)
    (folder / "content/images/2020/a.png").write_bytes(b"image")
    (folder / "members.csv").write_text("ada@old.example\n")
    (folder / "routes.yaml").write_text(
        "collections:\n  /:\n    permalink: /{year}/{month}/{slug}/\n"
    )
    redirects = [
        {"from": "^/old-tides/?$", "to": "/2025/01/tides/"},
        {"from": "/a/(.*)", "to": "/$1"},
        {"from": "/gone", "to": "/no/"},
    ]
    (folder / "redirects.json").write_text(json.dumps(redirects))
    images = '<p><img src="__GHOST_URL__/content/images/2020/a.png" alt="A"><img src="/content/images/b.png" alt="B"></p>'
    found = export(
        post(html=images),
        {**post(html="<p>Soon</p>", slug="soon", status="draft"), "id": "605ac141a2d5a6aa9e101ec4"},
        {**post(html="<p>Us</p>", slug="about", type="page"), "id": "605ac141a2d5a6aa9e101ec5"},
        members=[{"email": "ada@old.example"}],
    )  # fmt: skip
    (folder / "old.json").write_text(json.dumps(found), "utf-8")
    return folder


def test_redirects_are_read_from_yaml_too(tmp_path: Path) -> None:
    """In the form that Ghost has had since version 4."""
    path = tmp_path / "redirects.yaml"
    path.write_text("301:\n  /a/: /b/\n  '^/c': /b\n302:\n  '/x(.*)': /y$1\n")
    paths, others = redirects.exact(redirects.read({"redirects.yaml": path}))
    assert paths == {"/b": ("/a/", "/c")}
    assert [one.old for one in others] == ["/x(.*)"]


def files(folder: Path) -> dict[Path, bytes]:
    """All files below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_imported_twice_into_the_same_files(tmp_path: Path) -> None:
    """Routes and redirects are followed, missing files named, and no mail address is written."""
    old, new = site(tmp_path / "old"), tmp_path / "new"
    assert main(["import", "ghost", str(old), str(new), "--url", "https://old.example"]) == 0
    before = files(new)
    assert main(["import", "ghost", str(old), str(new), "--url", "https://old.example"]) == 0
    assert files(new) == before
    assert (new / "content/content/images/2020/a.png").read_bytes() == b"image"
    fields = parse((new / "content/posts/tides.md").read_bytes(), "a").fields
    # Half past eleven in the evening is the next day in Rome, and the year and month are its.
    assert fields["permalink"].value == "/2025/01/tides/"
    assert fields["aliases"].value == ["/old-tides/"]
    assert "draft" in parse((new / "content/posts/soon.md").read_bytes(), "a").fields
    assert (
        (new / "content/authors/ada.md").read_text("utf-8").endswith("---\n\nOf &lt;the&gt; sea\n")
    )
    assert not [path for path, data in before.items() if b"@old.example" in data]
    report = json.loads((new / "import-report.json").read_text("utf-8"))
    assert report["files"] == sum(report["counts"].values()) == len(report["lines"])
    refused = {line["source"] for line in report["lines"] if line["result"] == "refused"}
    assert refused == {
        "members.csv",
        "old.json#/content/images/b.png",
        "old.json#members",
        "old.json#user nobody",
        "redirects#/gone",
        "redirects.json#/a/(.*)",
    }
    assert "TIMEZONE = 'Europe/Rome'" in (new / "pelicanconf.py").read_text("utf-8")


@pytest.mark.parametrize("data", ["{", "[]", '{"db": []}', '{"data": {"posts": 1}}', "[" * 9_000])
def test_what_is_no_export_is_refused(
    tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the name of the file; nothing is written."""
    (tmp_path / "x.json").write_text(data)
    assert main(["import", "ghost", str(tmp_path / "x.json"), str(tmp_path / "new")]) == 1
    assert "x.json" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


_ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from(["", "../a", "a", "A", "x" * 300, "{"])
)
_POSTS = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "slug", "title", "status", "type", "lexical", "mobiledoc", "html", "published_at", "visibility"]),
        _ODD,
    ),
    max_size=8,
)  # fmt: skip


@given(_POSTS)
def test_every_post_is_accounted_for_once(
    tmp_path_factory: pytest.TempPathFactory, posts: list[Node]
) -> None:
    """Whatever stands in the columns: a line for each post, and no path that leads out."""
    folder = tmp_path_factory.mktemp("ghost")
    found = made(folder, *posts, users=[], tags=[])
    assert len(lines_of(found)) == len(posts)
    targets = [one.target for one in found if isinstance(one, Page)]
    assert len(targets) == len({target.casefold() for target in targets}) == len(posts)
    assert not any(".." in target for target in targets)
