"""Front matter of every dialect, read into one set of fields."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import frontmatter as python_frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.errors import SiteError
from plugins.frontmatter import yaml_dialect as frontmatter_yaml
from plugins.frontmatter.document import Document, FlawedDocumentError, parse
from plugins.frontmatter.json_dialect import StrictJSON
from plugins.frontmatter.toml_dialect import StrictTOML
from plugins.frontmatter.yaml_dialect import StrictYAML
from tests.commands import FENCE
from tests.conftest import ROOT
from tests.plugins.documents import post_of, problems_of

YAML = "---\ntitle: A\ntags: [x, y]\n---\nText.\n"
TOML = '+++\ntitle = "A"\ntags = ["x", "y"]\n+++\nText.\n'
JSON = '{\n"title": "A",\n"tags": ["x", "y"]}\nText.\n'
PELICAN = "Title: A\nTags: x\n    y\n\nText.\n"
GUIDE = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")


def read(source: str | bytes) -> Document:
    """The document in ``source``."""
    return parse(source.encode() if isinstance(source, str) else source, "posts/a.md")


def values(document: Document) -> dict[str, Any]:
    """The known fields of a document and what they say."""
    return {name: field.value for name, field in document.fields.items()}


@pytest.mark.parametrize(
    ("source", "dialect", "lines", "body_line"),
    [
        (YAML, "yaml", [2, 3], 5),
        (TOML, "toml", [2, 3], 5),
        (JSON, "json", [2, 3], 4),
        (PELICAN, "pelican", [1, 2], 4),
        (YAML.replace("---\nText", "...\nText"), "yaml", [2, 3], 5),
        (YAML.replace("---\nt", "---yaml\nt", 1), "yaml", [2, 3], 5),
        (YAML.replace("---\nt", "--- yaml \nt", 1), "yaml", [2, 3], 5),
        (TOML.replace("+++\nt", "---toml\nt").replace("+++", "---"), "toml", [2, 3], 5),
        ("---json\n" + JSON.replace("Text", "---\nText"), "json", [3, 4], 6),
        (';;;\n"title": "A",\n"tags": ["x", "y"]\n;;;\nText.\n', "json", [2, 3], 5),
        (f"\n \n{YAML}", "yaml", [4, 5], 7),
        (f"\n \n{TOML}", "toml", [4, 5], 7),
        (f"\n \n{JSON}", "json", [4, 5], 6),
        (f"\n \n{PELICAN}", "pelican", [3, 4], 6),
    ],
    ids=str,
)
def test_every_dialect_says_the_same(
    source: str, dialect: str, lines: list[int], body_line: int
) -> None:
    """Title and tags come out alike, with their lines in the file, and the body with its own."""
    document = read(source)
    assert (document.dialect, values(document)) == (dialect, {"title": "A", "tags": ["x", "y"]})
    assert [field.line for field in document.fields.values()] == lines
    assert document.body.strip() == "Text."
    assert document.body_line == body_line
    assert source.split("\n", body_line - 1)[-1] == document.body


@pytest.mark.parametrize(
    "source", [YAML, TOML, JSON, PELICAN], ids=["YAML", "TOML", "JSON", "Pelican"]
)
@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_line_ends_and_byte_order_marks_make_no_difference(source: str, end: str) -> None:
    """What an editor adds is no part of the text."""
    data = b"\xef\xbb\xbf" + source.replace("\n", end).encode()
    assert read(data) == read(source)


def test_byte_order_marks_are_left_out_where_files_were_joined() -> None:
    """A mark at the beginning of a line is no part of a field's name, nor of a paragraph."""
    joined = "\ufeff\ufeff---\n\ufefftitle: A\n---\n\ufeffText, \ufeffand more.\n"
    assert read(joined.encode()) == read("---\ntitle: A\n---\nText, \ufeffand more.\n")


@pytest.mark.parametrize(
    "text",
    [
        "Just text.",
        "# A heading\n\nText.",
        "Note: read this first.\n\nText.",
        "Note: read this first.\nWarning: and this.\n\nText.",
        "Part of it: this.\nTitle: no, a line in a poem\nand more.",
        "Summary: we had a good year\nand a long line below it.",
        "---\n\nA paragraph between two rules.\n\n---\n\nMore.",
        "---\nA paragraph right below a rule,\nof two lines.\n---\nMore.",
        "---\nNote: this sentence has a colon in it.\n---\nMore.",
        "---\nWell: then.\n\nProse that is no YAML.\n---\nMore.",
        "---\n\nA rule that nothing closes.",
        "---\n- a list\n- below a rule",
        "+++\nPlus signs that nothing closes.",
        "-----\nA longer rule.",
        "\u2014 A dash begins this line.\n\nText.",
        "https://example.org/a-link-on-top\n\nText.",
        "10:30 The meeting begins.\n\nText.",
        "{% include banner.html %}\n\nText.",
        "{{ page.title }}\n\nText.",
        "{: .lead}\nText.",
        "{.lead #id}\nText.",
        "{\nbraces, drawn by hand\n}",
    ],
)
def test_a_text_stays_a_text(text: str) -> None:
    """What only looks like front matter loses no paragraph to it."""
    document = read(text)
    assert document == Document("posts/a.md", "none", {}, {}, text, 1)


def test_one_known_field_is_enough_for_pelican() -> None:
    """A file may begin with a title and nothing else; the text follows after an empty line."""
    assert values(read("Title: Note: a title\n\nNote: a text.")) == {"title": "Note: a title"}
    assert read("mood: good\nTitle: A\n\nText").extra["mood"].value == "good"


@pytest.mark.parametrize(
    "source", ["---\n---\nText.", "---\n# a comment\n---\nText.", "{}\nText.", "+++\n+++\nText."]
)
def test_front_matter_may_be_empty(source: str) -> None:
    """Jekyll asks for two fences even around nothing."""
    document = read(source)
    assert (document.fields, document.body) == ({}, "Text.")


def test_text_is_kept_as_it_was_written() -> None:
    """YAML 1.1 reads No as false and 1.10 as 1.1; nobody who writes a title does."""
    source = (
        "---\ntitle: No\ntags: [3.10, yes, null, 2024, 08, 1_000, 12:30, 0x1F, .5, ~]\n"
        "category: 1.10\nslug: 2024-03-01\npart: 08\n---\n"
    )
    assert values(read(source)) == {
        "title": "No",
        "tags": ["3.10", "yes", "null", "2024", "08", "1_000", "12:30", "0x1F", ".5", None],
        "category": "1.10",
        "slug": "2024-03-01",
        "part": "08",
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("off", "off"),
        ("5", 5),
        ("-5", -5),
        ("1.5", 1.5),
        ("1.10", "1.10"),
        ("08", "08"),
        ("+5", "+5"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("123456789012345678901", "123456789012345678901"),
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-03-01 10:30:00+00:00", datetime(2024, 3, 1, 10, 30, tzinfo=UTC)),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("[1, [2, x]]", [1, [2, "x"]]),
        ("{a: 1}", {"a": 1}),
        ("~", None),
        ("null", None),
    ],
)
def test_unknown_fields_have_the_types_of_yaml_1_2(written: str, value: object) -> None:
    """Numbers are numbers where printing them gives back what was written, else text."""
    assert read(f"---\ntitle: A\nmood: {written}\n---\n").extra["mood"].value == value


def test_numbers_are_read_alike_in_toml_and_json() -> None:
    """A version 1.10 keeps its zero there too."""
    for source in ("+++\ntags = [1.10, 1.5]\n+++\n", '{"tags": [1.10, 1.5]}'):
        assert values(read(source)) == {"tags": ["1.10", 1.5]}


def test_names_may_be_anything() -> None:
    """A name that YAML would take for a number or a truth value is text."""
    assert list(read("---\n2024: a\nnull: b\nyes: c\n1.10: d\ntitle: A\n---\n").extra) == [
        "2024",
        "null",
        "yes",
        "1.10",
    ]


def test_anchors_and_merges_work() -> None:
    """What is written once can be used twice, and is overridden where it is written again."""
    source = (
        "---\nbase: &base\n  author: Ann\n  tags: [x]\n<<: *base\nauthor: Bob\nmine: *base\n---\n"
    )
    document = read(source)
    assert values(document) == {"authors": "Bob", "tags": ["x"]}
    assert document.extra["mine"].value == {"author": "Ann", "tags": ["x"]}
    assert document.fields["tags"].line == 5


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(
    "broken",
    [
        "title: A: B",
        "title: 'It's'",
        'title: "A',
        "tags: [a",
        "title: [A] b",
        "title: @a",
        "title: `a`",
        "title: %a",
        "title: **a**",
        "\ttitle: a",
        "title: a\n\tb: c",
        "title: a\n  date: b",
        "title:A\ndate: b",
        "title: a\nhello there\ndate: b",
        "tags: - a\n  - b",
        "title: a\n- b",
        'title: "C:\\s"',
        "title: |x\n  a",
    ],
)
def test_both_parsers_of_pyyaml_say_the_same(
    monkeypatch: pytest.MonkeyPatch, loader: type, broken: str
) -> None:
    """A machine without libyaml reports the same problem on the same line, in the same words."""
    source = f"---\nlayout: post\n{broken}\n---\n"
    usual = problems_of(source)
    monkeypatch.setattr(frontmatter_yaml, "SafeLoader", loader)
    assert problems_of(source) == usual
    assert "cannot read" not in usual[0]


def test_toml_names_have_their_lines() -> None:
    """Lines are found past texts and lists of several lines, tables, and names in quotes."""
    source = (
        '+++\n# title = "no"\ntext = """\ntitle = "no"\n[no]\n"""\nlist = [\n  "title = no", # ]\n]\n'
        "title = 'A'\n\"date\" = 2024-03-01\ncover.image = 'x.jpg'\n[series]\nname = 'S'\ntags = 1\n+++\n"
    )
    document = read(source)
    lines = {name: field.line for name, field in document.fields.items()}
    assert lines == {"title": 10, "date": 11, "image": 12, "series": 13}
    assert {name: field.line for name, field in document.extra.items()} == {"text": 3, "list": 7}


def test_toml_times_become_text() -> None:
    """A time of day is not a value that front matter has a use for, and is kept as text."""
    assert read('+++\ntitle = "A"\nopens = [10:30:00]\n+++\n').extra["opens"].value == ["10:30:00"]


def test_json_ends_where_its_object_ends() -> None:
    """Braces and quotes in values do not end it."""
    document = read('{\n"title": "A } {\\" ]",\n"x": {"y": [{}]}\n}\n\n{ a text }\n')
    assert values(document) == {"title": 'A } {" ]'}
    assert (document.body, document.body_line) == ("\n{ a text }\n", 5)


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("title: A\nTitle: A", ("title", "A")),
        ("pubDate: 2024-03-01\ndate: 2024-03-01", ("date", "2024-03-01")),
        ("author: Ann\nauthors: [Ann]", ("authors", "Ann")),
        ("date: 2024-03-01\ncreated: 2023-01-01", ("date", "2024-03-01")),
        ("created: 2023-01-01\ndate: 2024-03-01", ("date", "2024-03-01")),
        ("excerpt: Short.\ndescription: Longer.", ("summary", "Longer.")),
        ("thumbnail: a.jpg\nheroImage: b.jpg", ("image", "b.jpg")),
        ("summary: ''\nexcerpt: Short.", ("summary", "Short.")),
        ("series: S\nweight: 3", ("part", "3")),
        ("series: S\npart: 2\nweight: 30", ("part", "2")),
    ],
)
def test_of_several_names_the_best_is_used(source: str, field: tuple[str, object]) -> None:
    """Equal values agree; of names with a meaning of their own the nearest one counts."""
    name, value = field
    assert read(f"---\n{source}\n---\n").fields[name].value == value


def test_what_is_not_used_is_kept() -> None:
    """An excerpt beside a description, and a weight without a series, are unknown fields."""
    extra = read("---\nexcerpt: Short.\ndescription: Longer.\nweight: 3\nmood: 5\n---\n").extra
    assert {key: field.value for key, field in extra.items()} == {
        "excerpt": "Short.",
        "weight": "3",
        "mood": 5,
    }


def test_fields_that_say_nothing_are_left_out() -> None:
    """An empty line of a template for new posts is no value."""
    assert not read("---\ntitle:\ndate: ~\ntags: []\nimage: null\ncover: {}\n---\n").fields


def test_it_is_told_which_text_was_in_quotes() -> None:
    """Quotes matter to lists divided by spaces."""
    assert read("---\ntags: 'a b'\n---\n").fields["tags"].quoted
    assert not read("---\ntags: a b\n---\n").fields["tags"].quoted


def test_a_document_cannot_change_and_can_travel() -> None:
    """It can be sent to another process, and nothing in it can be replaced."""
    document = read(YAML)
    assert pickle.loads(pickle.dumps(document)) == document
    with pytest.raises(AttributeError):
        document.body = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        document.fields["title"] = document.fields["tags"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("source", "handler"), [(YAML, StrictYAML()), (TOML, StrictTOML())], ids=["YAML", "TOML"]
)
def test_the_handlers_are_handlers_of_python_frontmatter(
    source: str, handler: python_frontmatter.default_handlers.BaseHandler
) -> None:
    """The library reads with them by itself."""
    post = python_frontmatter.loads(source, handler=handler)
    assert post.metadata == {"title": "A", "tags": ["x", "y"]}
    assert post.content == "Text."


def test_the_json_handler_reads_one_object() -> None:
    """What the library cuts out it reads; anything after the object is refused."""
    assert StrictJSON().load('{"title": "A"}') == {"title": "A"}
    with pytest.raises(ValueError, match="follows the closing brace"):
        StrictJSON().load('{"title": "A"} more')


def examples() -> list[tuple[str, str]]:
    """The files that the documentation shows, by dialect."""
    blocks = [(found["lang"], found["body"]) for found in FENCE.finditer(GUIDE)]
    whole = [(lang, body) for lang, body in blocks if body.startswith(("---", "+++", "{", "Title"))]
    # The file of an author is no post.
    whole = [(lang, body) for lang, body in whole if not body.startswith("---\nname:")]
    parts = [
        ("yaml", f"---\ntitle: A\n{body}---\n")
        for lang, body in blocks
        if body[:6] in ("series", "origin")
    ]
    return whole + parts


@pytest.mark.parametrize(("dialect", "source"), examples(), ids=str)
def test_the_documentations_examples_are_read(dialect: str, source: str) -> None:
    """Every file and field shown in docs/front-matter.md makes a post."""
    post = post_of(source)
    assert post.title in ("A", "Attention is a currency")
    assert post.tags or post.series or post.original
    assert read(source).dialect == {"text": "pelican"}.get(dialect, dialect)


def test_the_documentation_shows_real_problems() -> None:
    """The example of a problem is what such a file gives."""
    shown = GUIDE[GUIDE.index("posts/launch.md:2") :].split("\n", 1)[0]
    [problem] = problems_of("---\ntitle: Launch: what we learnt\n---\n", "posts/launch.md")
    assert f"{problem} [front-matter]" == shown


names = st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True)
plain = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)
simple = st.one_of(plain, st.booleans(), st.integers(-(10**9), 10**9))


@given(st.dictionaries(names.map("x-{}".format), simple, min_size=1, max_size=5))
def test_what_pyyaml_writes_is_read_back(fields: dict[str, object]) -> None:
    """Any texts, numbers and truth values survive a round trip through YAML."""
    written = yaml.safe_dump(fields, allow_unicode=True)
    assert {
        key: field.value for key, field in read(f"---\ntitle: A\n{written}---\n").extra.items()
    } == fields


@given(st.binary(max_size=80), st.sampled_from([b"", b"---\n", b"+++\n", b'{\n"', b"Title: "]))
def test_the_body_is_never_lost(data: bytes, opening: bytes) -> None:
    """Every line of a file that can be read is in the front matter or in the body."""
    try:
        document = parse(opening + data, "a.md")
    except SiteError:
        return
    text = (opening + data).decode().replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.lstrip("\ufeff") for line in text.split("\n")]
    assert document.body.split("\n") == (lines[document.body_line - 1 :] or [""])
    assert document.dialect != "none" or document.body_line == 1


@pytest.mark.parametrize(
    ("source", "complete"),
    [
        ("---\ntitle: [a\n---\nText.", False),
        ("---\n- a\n- title: b\n---\nText.", False),
        ("+++\ntitle = a b\n+++\nText.", False),
        ("---\nslug: a\nurl_slug: b\n---\nText.", True),
    ],
)
def test_faults_of_fields_do_not_hide_the_text(source: str, complete: bool) -> None:
    """Where it is clear where the body begins, it can be checked all the same."""
    with pytest.raises(FlawedDocumentError) as caught:
        parse(source.encode(), "posts/a.md")
    found = caught.value
    assert found.problems
    assert (found.document.body.strip(), found.complete) == ("Text.", complete)
    assert source.split("\n")[found.document.body_line - 1] == "Text."
