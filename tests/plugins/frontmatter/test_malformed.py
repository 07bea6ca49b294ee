"""Files that cannot be published, each with the one line, or the lines, that say why.

Every line here is read by somebody who did not write this program: it names the place, what is
wrong there, and what to write instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import Document, Field
from plugins.frontmatter.registry import FIELDS
from plugins.post import Frozen, Post
from plugins.posts.validation import PostRules, make_post
from tests.plugins.documents import RULES, Committed, post_of, problems_of


def fields(lines: str) -> str:
    """A file with a title on line 2 and these lines of YAML from line 3 on."""
    return f"---\ntitle: A\n{lines}\n---\nText.\n"


# What is printed, but for the name of the file before it. Several problems are several lines.
FILES = [
    pytest.param(
        b'{\n  // who\n  "title": "A"\n}\nText.\n',
        "2: front matter: JSON cannot be read here: // who; take the comment out: JSON has none",
        id="JSON that begins with a comment",
    ),
    pytest.param(
        b'{ /* who */ "title": "A" }\nText.\n',
        '1: front matter: JSON cannot be read here: { /* who */ "title": "A" }; take the comment out: JSON has none',
        id="JSON with a comment in its first line",
    ),
    pytest.param(
        b'{\n  "title": "A" // who\n}\nText.\n',
        '2: front matter: JSON cannot be read here: "title": "A" // who; take the comment out: JSON has none',
        id="JSON with a comment after a value",
    ),
    pytest.param(
        b'{\n  "tags": ["a",]\n}\n# A\n',
        '2: front matter: JSON cannot be read here: "tags": ["a",]; take out the comma after the last value',
        id="JSON list with one comma too many",
    ),
    pytest.param(
        b"",
        "1: file: the file is empty; write a title and a text, or delete the file",
        id="empty file",
    ),
    pytest.param(
        b"\n  \n",
        "1: file: the file is empty; write a title and a text, or delete the file",
        id="only white space",
    ),
    pytest.param(
        b"\xef\xbb\xbf",
        "1: file: the file is empty; write a title and a text, or delete the file",
        id="only a byte order mark",
    ),
    pytest.param(
        b"---\ntitle: Caf\xe9\n---\n",
        '2: file: the byte 0xe9 is not UTF-8 (in Windows-1252 the word would be "Café"); save the file as UTF-8',
        id="Windows-1252",
    ),
    pytest.param(
        b"Text\r\nand \x81 more",
        "2: file: the byte 0x81 is not UTF-8; save the file as UTF-8",
        id="no encoding at all",
    ),
    pytest.param(
        "Title: A".encode("utf-16"),
        "1: file: the file is UTF-16 or UTF-32, not UTF-8; save the file as UTF-8",
        id="UTF-16",
    ),
    pytest.param(
        "Title: A\n\nText".encode("utf-16-le"),
        "1: file: the file is UTF-16 or UTF-32, not UTF-8; save the file as UTF-8",
        id="UTF-16 without a mark",
    ),
    pytest.param(
        b"# A\n\nText\x00.", "3: file: the character U+0000 (NUL) is not text; delete it", id="NUL"
    ),
    pytest.param(
        b"# A\n\x0b\nB\x0c\x0c\nC\x1b[0m\xc2\x85",
        (
            "2: file: the character U+000B (vertical tab) is not text; delete it\n"
            "3: file: the character U+000C (form feed) is not text; delete it\n"
            "4: file: the character U+001B (escape) is not text; delete it"
        ),
        id="control characters",
    ),
    pytest.param(
        "---\ntitle: A\n\nText.\n",
        "1: front matter: opens with --- here and never closes; put --- on a line of its own after the last field",
        id="unclosed YAML",
    ),
    pytest.param(
        "+++\ntitle = 'A'\n\nText.\n",
        "1: front matter: opens with +++ here and never closes; put +++ on a line of its own after the last field",
        id="unclosed TOML",
    ),
    pytest.param(
        '{\n"title": "A"\n\n',
        "1: front matter: the { at the top is never closed; put } on a line after the last field",
        id="unclosed JSON",
    ),
    pytest.param(
        "---\ntitle: A\n----\n\nText.",
        '3: front matter: "----" does not close it; write ---',
        id="closed by too many dashes",
    ),
    pytest.param(
        "---\ntitle: A\n\nText begins.\n\n---\n\nMore.",
        '4: front matter: is not closed before the text "Text begins."; put --- on a line of its own above it',
        id="closed by a rule in the text",
    ),
    pytest.param(
        "—\ntitle: A\n---\n",
        '1: front matter: "—" does not open it; write ---',
        id="opened by a dash",
    ),
    pytest.param(
        "\n----\ntitle: A\n----\n",
        '2: front matter: "----" does not open it; write ---',
        id="opened by four dashes",
    ),
    pytest.param(
        " ---\n title: A\n ---\n",
        "1: front matter: an indented --- does not open it; begin --- at the left edge",
        id="indented fences",
    ),
    pytest.param(
        "++\ntitle = 'A'\n++\n",
        '1: front matter: "++" does not open it; write +++',
        id="two plus signs",
    ),
    pytest.param(
        "---js\n({title: 'A'})\n---\n",
        "1: front matter: it is a program, and none is run; write the fields as YAML between two lines of ---",
        id="a program",
    ),
    pytest.param(
        "---\n- title\n- date\n---\n",
        '2: front matter: a list stands where fields are expected; write one "name: value" on each line',
        id="a list",
    ),
    pytest.param(
        "---\n42\n---\n",
        '2: front matter: 42 stands where fields are expected; write one "name: value" on each line',
        id="a number",
    ),
    pytest.param(
        "---\ntitle A\ndate: 2024-03-01\n---\n",
        '2: front matter: "title A" is not "name: value"; add the name and a colon, or indent the line if it continues the one above',
        id="no colon",
    ),
    pytest.param(
        "---\nlayout: post\ntitle:A\n---\n",
        '3: front matter: "title:A" has no space after the colon; write title: A',
        id="no space after the colon",
    ),
    pytest.param(
        fields("summary: Note: this"),
        '3: front matter: a value with a colon in it must be in quotes; write summary: "Note: this"',
        id="colon in a value",
    ),
    pytest.param(
        fields("cover:\n\tsrc: a.jpg"),
        "4: front matter: the line is indented with a tab; indent with spaces",
        id="tab",
    ),
    pytest.param(
        fields("summary: 'It's here'"),
        "3: front matter: text goes on after the closing '; put the whole value in one pair of quotes, and write each apostrophe in it twice",
        id="apostrophe in quotes",
    ),
    pytest.param(
        fields('summary: "Never closed'),
        "3: front matter: quotation marks open here and never close; close them",
        id="open quotation marks",
    ),
    pytest.param(
        fields("tags: [a, b"),
        "3: front matter: a list or mapping in brackets opens here and is not closed; close it as in [one, two], or put text with brackets in quotes",
        id="open bracket",
    ),
    pytest.param(
        fields("summary: [Update] New"),
        '3: front matter: a value that begins with [ must be in quotes; write summary: "[Update] New"',
        id="text after a bracket",
    ),
    pytest.param(
        fields("author: @ann"),
        '3: front matter: a value that begins with @ must be in quotes; write author: "@ann"',
        id="at sign",
    ),
    pytest.param(
        fields("summary: *new*"),
        '3: front matter: a value that begins with * must be in quotes; write summary: "*new*"',
        id="star",
    ),
    pytest.param(
        fields("summary: `a` b"),
        '3: front matter: a value that begins with ` must be in quotes; write summary: "`a` b"',
        id="backtick",
    ),
    pytest.param(
        fields("summary: !new"),
        '3: front matter: "!new" is a YAML tag this site does not know; put text that begins with ! in quotes',
        id="exclamation mark",
    ),
    pytest.param(
        fields("summary: *nothing"),
        '3: front matter: "*nothing" refers to nothing above it; put text that begins with * in quotes',
        id="alias of nothing",
    ),
    pytest.param(
        fields("summary: We are #1"),
        '3: front matter: "#1" is a comment to YAML and would be lost; put the value in quotes, or a space after # if it is a comment',
        id="hash in a value",
    ),
    pytest.param(
        fields("tags:\n  - #seo"),
        '4: front matter: "#seo" is a comment to YAML and would be lost; put the value in quotes, or a space after # if it is a comment',
        id="hash as an item",
    ),
    pytest.param(
        fields('summary: "C:\\Users"'),
        "3: front matter: a backslash between double quotes begins an escape; use single quotes, as in summary: 'C:\\new', or write each backslash twice",
        id="backslash",
    ),
    pytest.param(
        fields('summary: "a\\ud800b"'),
        "3: front matter: \\ud800 is half a character, which is not text; write the character itself, or its number as in \\U0001F600",
        id="lone surrogate",
    ),
    pytest.param(
        fields("tags: - a\n  - b"),
        "3: front matter: a list begins on the line of its name; write each item on a line of its own below, or [one, two]",
        id="list on the line of its name",
    ),
    pytest.param(
        fields("layout: post\n  date: 2024-03-01"),
        "4: front matter: the line is indented and the one above is complete; begin every field at the left edge, and what belongs to it two spaces further in",
        id="indented field",
    ),
    pytest.param(
        fields("layout: post\nhello there\ndate: 2024-03-01"),
        '4: front matter: "hello there" is not "name: value"; add the name and a colon, or indent the line if it continues the one above',
        id="line without a colon",
    ),
    pytest.param(
        fields("--- a: b"),
        "3: front matter: a second document begins here; keep one block of front matter",
        id="second document",
    ),
    pytest.param(
        fields("layout: post\n- a"),
        "4: front matter: list items and fields stand side by side; put list items below the name of the field they belong to",
        id="field and item",
    ),
    pytest.param(
        fields("date: 2024-03-01\ntitle: B"),
        '4: front matter: "title" is written twice, first on line 2; keep one of the two',
        id="duplicate key",
    ),
    pytest.param(
        fields("image: {src: a.jpg, alt: A, src: b.jpg}"),
        '3: front matter: "src" is written twice; keep one of the two',
        id="duplicate key inside",
    ),
    pytest.param(
        fields("pubDate: 2024-03-01\ndate: 2024-03-02"),
        '4: date: line 3 has pubDate: "2024-03-01", this is "2024-03-02"; keep one of the two',
        id="synonyms that disagree",
    ),
    pytest.param(
        fields("hero_image: a.jpg\nheroImage: b.jpg"),
        '4: heroImage: line 3 has hero_image: "a.jpg", this is "b.jpg"; keep one of the two',
        id="spellings that disagree",
    ),
    pytest.param(
        fields("mood: !!python/object:os.system x"),
        '3: front matter: "!!python/object:os.system" is a YAML tag this site does not know; put text that begins with ! in quotes',
        id="tag of Python",
    ),
    pytest.param(
        fields("event: 2024-02-30"),
        '3: front matter: "2024-02-30" does not exist in the calendar; correct it, or put it in quotes',
        id="day that does not exist in an unknown field",
    ),
    pytest.param(
        fields("? [a]\n: b"),
        '3: front matter: a list or a mapping stands where the name of a field is expected; write "name: value"',
        id="mapping as a name",
    ),
    pytest.param(
        fields("'': b"),
        '3: front matter: "" is not the name of a field; indent the line if it continues the one above, or put that text in quotes',
        id="no name",
    ),
    pytest.param(
        fields(
            "A paragraph that somebody forgot to indent below its field, which is long: see\nmood: x"
        ),
        '3: front matter: "A paragraph that somebody forgot to ind…" is not the name of a field; indent the line if it continues the one above, or put that text in quotes',
        id="paragraph as a name",
    ),
    pytest.param(
        fields("<<: a"),
        "3: front matter: << brings in what is no mapping; name a mapping, as in <<: *defaults",
        id="merge of no mapping",
    ),
    pytest.param(
        fields("mood: " + "[" * 40 + "]" * 40),
        "3: front matter: values are nested more than 32 deep; write them flat",
        id="nested too deep",
    ),
    pytest.param(
        fields("a: &a [" + "x," * 100 + "]\nb: &b [" + "*a," * 100 + "]\nc: [" + "*b," * 100 + "]"),
        "4: front matter: more than 10000 values; keep data in a file of its own",
        id="laughs",
    ),
    pytest.param(
        "---\ntitle: A\nmood: " + "x" * 200001 + "\n---\n",
        "1: front matter: has more than 200000 characters; keep data in a file of its own",
        id="endless front matter",
    ),
    pytest.param(
        fields('summary: "a\\x00b"'),
        "3: front matter: the character U+0000 is not text; remove it",
        id="escaped control character",
    ),
    pytest.param(
        "+++\ntitle = 'A'\ntitle = 'B'\n+++\n",
        '3: front matter: "title" is written twice; keep one of the two',
        id="TOML duplicate",
    ),
    pytest.param(
        "+++\ntitle: A\n+++\n",
        '2: front matter: "title: A" is written as in YAML, and this is TOML; write title = "A"',
        id="TOML colon",
    ),
    pytest.param(
        "+++\ntitle = A\n+++\n",
        '2: front matter: "A" is no value in TOML; put it in quotes: title = "A"',
        id="TOML unquoted",
    ),
    pytest.param(
        "+++\ntitle = 'A'\ndraft = True\n+++\n",
        '3: front matter: "True" has a capital letter; write draft = true',
        id="TOML True",
    ),
    pytest.param(
        '+++\n\ntitle = "A\n+++\n',
        "3: front matter: quotation marks open here and never close; close them",
        id="TOML open",
    ),
    pytest.param(
        "+++\ntitle = 'A'\ndate = 2024-02-30\n+++\n",
        '3: front matter: "2024-02-30" is no date, time or number; correct it, or put it in quotes',
        id="TOML date",
    ),
    pytest.param(
        "+++\ntitle = 'It's'\n+++\n",
        "2: front matter: text goes on after the value; put the whole value in one pair of quotes",
        id="TOML apostrophe",
    ),
    pytest.param(
        "+++\ntitle = 'A'\ntags = ['a',\n+++\n",
        "3: front matter: the last value is not finished; close its brackets and quotes",
        id="TOML unclosed list",
    ),
    pytest.param(
        "+++\ntitle = 'A'\n[x]\n[y]\n[x]\n+++\n",
        '5: front matter: "x" is written twice; keep one of the two',
        id="TOML table twice",
    ),
    pytest.param(
        '+++\ntitle = "C:\\d"\n+++\n',
        "2: front matter: a backslash between double quotes begins an escape; use single quotes, or write each backslash twice",
        id="TOML escape",
    ),
    pytest.param(
        "+++\ntitle\n+++\n",
        '2: front matter: TOML cannot read "title"; write every line as name = "value"',
        id="TOML no value",
    ),
    pytest.param(
        '{\n"title": "A",\n}\n\nText',
        '3: front matter: JSON cannot be read here: }; write every name as "name":, and no comma after the last value',
        id="JSON comma",
    ),
    pytest.param(
        '{\n"title": "A"\n"date": "2024-03-01"\n}\n',
        '3: front matter: JSON cannot be read here: "date": "2024-03-01"; put a comma after every value but the last, and } after that',
        id="JSON no comma",
    ),
    pytest.param(
        '{\ntitle: "A"\n}\n',
        '2: front matter: JSON cannot be read here: title: "A"; write every name as "name":, and no comma after the last value',
        id="JSON unquoted",
    ),
    pytest.param(
        "{\"title\": 'A'}\n",
        "1: front matter: JSON cannot be read here: {\"title\": 'A'}; use double quotes",
        id="JSON single",
    ),
    pytest.param(
        '{\n"title": "A",\n"title": "B"\n}\n',
        '3: front matter: "title" is written twice, first on line 2; keep one of the two',
        id="JSON duplicate",
    ),
    pytest.param(
        '{"title": "A",\n"image": {"src": "a",\n"src": "b"}}\n',
        '2: front matter: "src" is written twice; keep one of the two',
        id="JSON duplicate inside",
    ),
    pytest.param(
        '{"title": "A"} Text\n',
        '1: front matter: "Text" follows the closing brace; begin the text on a line of its own',
        id="JSON text after",
    ),
    pytest.param(
        '{"title": "A",\n"mood": NaN}\n',
        "2: front matter: NaN is no value in JSON; write a number or null",
        id="JSON NaN",
    ),
    pytest.param(
        '{"title": "\\ud800"}\n',
        "1: front matter: the character U+D800 is not text; remove it",
        id="JSON surrogate",
    ),
    pytest.param(
        '{"title": "A", "mood": ' + "[" * 100000 + "\n",
        "1: front matter: values are nested more than 32 deep; write them flat",
        id="JSON deep",
    ),
    pytest.param(
        '{"title": "A\nB"}\n',
        '1: front matter: JSON cannot be read here: {"title": "A; close the quotation marks, or write a line end as \\n',
        id="JSON line end",
    ),
    pytest.param(
        "Title: A\nDate: 2024-03-01\nText begins.\n\nMore.",
        '3: front matter: "Text begins." is not a field; indent it by four spaces if it continues the field above, or put an empty line before the text',
        id="Pelican text below",
    ),
    pytest.param(
        "Title: A\nTitle: B\n\nText",
        '2: front matter: "Title" is written twice, first on line 1; keep one of the two',
        id="Pelican twice",
    ),
    pytest.param(
        "---\n\n---\nText.\n",
        "1: title: the post has no title; write title: and the title at the top, or begin the text with # and the title",
        id="no title",
    ),
    pytest.param(
        fields(
            "date: 2024-02-30\ntags: {a: b}\npermalink: ../../etc/passwd\ndraft: maybe\ncolour: #fff"
        ),
        '7: front matter: "#fff" is a comment to YAML and would be lost; put the value in quotes, or a space after # if it is a comment',
        id="several at once",
    ),
    pytest.param(
        "---\ntitle: [A, B]\n\n---\nText.\n",
        "2: title: a list stands where text is expected; write one line of text",
        id="title list",
    ),
    pytest.param(
        "---\ntitle: <b></b>\n\n---\nText.\n",
        "2: title: the title is empty without its markup; write a title",
        id="title markup",
    ),
    pytest.param(
        "---\ntitle: " + "x " * 300 + "\n---\nText.\n",
        "2: title: a text of 599 characters is too long, 500 are possible; move it to the body",
        id="title too long",
    ),
]

VALUES = [
    pytest.param(
        "date: soon",
        '3: date: "soon" is not a date; write it as 2024-03-01 or 2024-03-01 10:30',
        id="date word",
    ),
    pytest.param(
        "date: 03/04/2024",
        '3: date: "03/04/2024" can be read as two dates; write 2024-03-04 or 2024-04-03',
        id="date ambiguous",
    ),
    pytest.param(
        "date: [2024-03-01]",
        "3: date: a list is not a date; write it as 2024-03-01 or 2024-03-01 10:30",
        id="date list",
    ),
    pytest.param(
        "published: 2024-03",
        '3: published: "2024-03" has no day; write the day too, as in 2024-03-01',
        id="date month",
    ),
    pytest.param(
        "lastmod: 2024-03-01 25:00",
        '3: lastmod: "2024-03-01 25:00" does not exist: there is no hour 25; write it as 2024-03-01 or 2024-03-01 10:30',
        id="modified",
    ),
    pytest.param(
        "expiryDate: never",
        '3: expiryDate: "never" is not a date; write it as 2024-03-01 or 2024-03-01 10:30',
        id="expires",
    ),
    pytest.param(
        "authors:\n  - {email: ann@example.org}",
        "3: authors: an author has no name; write it as name: Ann Example",
        id="author nothing",
    ),
    pytest.param(
        "author: {name: Ann, url: 'javascript:alert(1)'}",
        '3: author: the author\'s URL "javascript:alert(1)" is not an absolute http or https URL; write it as https://example.org/ann',
        id="author url",
    ),
    pytest.param(
        "author: '???'",
        '3: author: "???" has no letter or digit; write the author\'s name',
        id="author signs",
    ),
    pytest.param(
        "authors: [[Ann]]",
        "3: authors: a list stands where text is expected; write one line of text",
        id="authors nested",
    ),
    pytest.param(
        "categories: [[A, B]]",
        "3: categories: a list stands where a name is expected; write one list of names",
        id="category nested",
    ),
    pytest.param(
        "tags: [ok, '!!!', '???']",
        (
            '3: tags: "!!!" has no letter or digit to make an address of; rename it\n'
            '3: tags: "???" has no letter or digit to make an address of; rename it'
        ),
        id="tag signs",
    ),
    pytest.param(
        "slug: a/b",
        '3: slug: "a/b" has "/" in it; write one part of a path, or permalink: for a whole one',
        id="slug path",
    ),
    pytest.param(
        "slug: ..",
        '3: slug: ".." has ".." in it; write one part of a path, or permalink: for a whole one',
        id="slug up",
    ),
    pytest.param(
        "slug: theme",
        '3: slug: "/theme/" is where the site puts pages of its own; write another slug, as in slug: my-post',
        id="slug reserved",
    ),
    pytest.param(
        "slug: '!!!'", '3: slug: "!!!" has no letter or digit; write it as my-post', id="slug signs"
    ),
    pytest.param(
        "permalink: /a/../../b",
        '3: permalink: ".." in a path leaves its folder; write the whole path',
        id="permalink up",
    ),
    pytest.param(
        "permalink: /%2e%2e/b",
        '3: permalink: ".." in a path leaves its folder; write the whole path',
        id="permalink encoded up",
    ),
    pytest.param(
        "permalink: /a%2fb",
        '3: permalink: "/a%2fb" has an encoded slash; write it as /my-post/',
        id="permalink encoded slash",
    ),
    pytest.param(
        "permalink: 'a\\b'",
        '3: permalink: "a\\b" has a backslash; write / between the parts of a path',
        id="permalink backslash",
    ),
    pytest.param(
        "permalink: C:/a",
        '3: permalink: "C:/a" is no path of this site; write it as /my-post/',
        id="permalink drive",
    ),
    pytest.param(
        "permalink: https://other.example/a",
        '3: permalink: "https://other.example/a" is on another site; write it as /my-post/, or "original:" if the text was published there first',
        id="permalink other",
    ),
    pytest.param(
        "permalink: /a?b=c",
        '3: permalink: "/a?b=c" has a ? or # in it, which no file answers to; write it as /my-post/',
        id="permalink query",
    ),
    pytest.param(
        "permalink: '/{{ page.slug }}/'",
        '3: permalink: "/{{ page.slug }}/" has a template in it; write it as /my-post/',
        id="permalink template",
    ),
    pytest.param(
        "permalink: /:season/:title/",
        '3: permalink: ":season" stands for nothing; use :year, :month, :day, :title, :categories, or write the path',
        id="permalink placeholder",
    ),
    pytest.param(
        "permalink: /.git/config",
        '3: permalink: ".git" is hidden or lost on some systems; let no part of a path begin with a dot or end with a dot or space',
        id="permalink hidden",
    ),
    pytest.param(
        "permalink: /Theme/a/",
        '3: permalink: "/Theme/a/" is where the site puts pages of its own; choose another path',
        id="permalink reserved",
    ),
    pytest.param(
        "permalink: /",
        '3: permalink: "/" is where the site puts pages of its own; choose another path',
        id="permalink home",
    ),
    pytest.param(
        "permalink: /feed.xml",
        '3: permalink: "/feed.xml" is the name of a file that is no page; end it with / or .html',
        id="permalink file",
    ),
    pytest.param(
        "permalink: /" + "x" * 201,
        '3: permalink: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" has more than 200 bytes, too long for a file name; choose a shorter one',
        id="permalink long",
    ),
    pytest.param(
        "permalink: /" + "x/" * 501,
        "3: permalink: a path of more than 1000 bytes is too long; choose a shorter one",
        id="permalink very long",
    ),
    pytest.param(
        "permalink: /%ff/",
        '3: permalink: "/%ff/" is percent-encoded, and not as UTF-8; write it as /my-post/',
        id="permalink bytes",
    ),
    pytest.param(
        "permalink: /100%/",
        '3: permalink: "%" cannot stand in a path; use letters, digits and hyphens',
        id="permalink percent",
    ),
    pytest.param(
        "permalink: [a]",
        "3: permalink: a list stands where text is expected; write one line of text",
        id="permalink list",
    ),
    pytest.param(
        "permalink: '/<script>/'",
        '3: permalink: "<" cannot stand in a path; use letters, digits and hyphens',
        id="permalink script",
    ),
    pytest.param(
        "aliases:\n  - https://other.example/a\n  - /b?c\n  - 5: x",
        (
            '3: aliases: "/b?c" has a ? or # in it, which no file answers to; write it as /my-post/\n'
            '3: aliases: "https://other.example/a" is on another site; write it as /my-post/, or "original:" if the text was published there first\n'
            "3: aliases: a mapping stands where text is expected; write one line of text"
        ),
        id="aliases other",
    ),
    pytest.param(
        "status: almost",
        '3: status: "almost" is no status of a post; write published, draft, hidden or scheduled',
        id="status",
    ),
    pytest.param(
        "visibility: members",
        '3: visibility: "members" posts are for some readers only, and here all are public; write draft: true, or remove it to publish the post',
        id="members",
    ),
    pytest.param(
        "password: hunter2",
        "3: password: a post behind a password is not possible, because here all are public; write draft: true, or remove it to publish the post for everybody",
        id="password",
    ),
    pytest.param(
        "published: maybe",
        '3: published: "maybe" is not a date; write it as 2024-03-01 or 2024-03-01 10:30',
        id="published word",
    ),
    pytest.param(
        "hidden: [true]",
        "3: hidden: a list is neither true nor false; write true or false",
        id="hidden",
    ),
    pytest.param(
        "description: {text: A}",
        "3: description: a mapping stands where text is expected; write one line of text",
        id="summary mapping",
    ),
    pytest.param(
        "summary: " + "x" * 5001,
        "3: summary: a text of 5001 characters is too long, 5000 are possible; move it to the body",
        id="summary long",
    ),
    pytest.param(
        "original: /a",
        '3: original: the URL "/a" is not an absolute http or https URL; write https://example.org/the-post',
        id="original relative",
    ),
    pytest.param(
        "canonical_url: example.org/a",
        '3: canonical_url: the URL "example.org/a" is not an absolute http or https URL; write https://example.org/a',
        id="original no scheme",
    ),
    pytest.param(
        "canonical: 'javascript:alert(1)'",
        '3: canonical: the URL "javascript:alert(1)" is not an absolute http or https URL; write https://example.org/the-post',
        id="original script",
    ),
    pytest.param(
        "canonical: https://www.blog.example.com/a/",
        '3: canonical: the URL "https://www.blog.example.com/a/" is on this site itself; remove it, because a page here is its own original',
        id="original own",
    ),
    pytest.param(
        "original: https://ann:secret@example.org/a",
        '3: original: the URL "https://ann:secret@example.org/a" contains a user name or password; write https://example.org/the-post',
        id="original password",
    ),
    pytest.param(
        "original: {site: [S], date: soon, relation: cousin}",
        (
            '3: original: "cousin" is no relation to an original; write crosspost, republished or excerpt\n'
            '3: original: "soon" is not a date; write it as 2024-03-01 or 2024-03-01 10:30\n'
            "3: original: a list stands where text is expected; write one line of text\n"
            "3: original: the original has no url; write url: https://example.org/the-post"
        ),
        id="original mapping",
    ),
    pytest.param(
        "syndication: [https://example.org/a, ftp://example.org/b, 'https://blog.example.com/c']",
        (
            '3: syndication: the URL "ftp://example.org/b" is not an absolute http or https URL; write https://example.org/the-post\n'
            '3: syndication: the URL "https://blog.example.com/c" is on this site itself; remove it, because a page here is its own original'
        ),
        id="syndicated",
    ),
    pytest.param(
        "image: 'javascript:alert(1)'",
        '3: image: "javascript:alert(1)" is neither a path nor an http URL; write a path, as in /images/photo.jpg, or an https URL',
        id="image script",
    ),
    pytest.param(
        "image: 'data:image/png;base64,AAAA'",
        '3: image: "data:image/png;base64,AAAA" is neither a path nor an http URL; write a path, as in /images/photo.jpg, or an https URL',
        id="image data",
    ),
    pytest.param(
        "image: '{{ site.baseurl }}/a.jpg'",
        '3: image: "{{ site.baseurl }}/a.jpg" has a template or HTML in it; write a path, as in /images/photo.jpg, or an https URL',
        id="image template",
    ),
    pytest.param(
        "image: 'images\\a.jpg'",
        '3: image: "images\\a.jpg" has a backslash; write a path, as in /images/photo.jpg, or an https URL',
        id="image backslash",
    ),
    pytest.param(
        "image: true",
        '3: image: "true" names no image; write a path, as in /images/photo.jpg, or an https URL',
        id="image true",
    ),
    pytest.param(
        "cover: {src: [a]}",
        "3: cover: the image's path is not text; write a path, as in /images/photo.jpg, or an https URL",
        id="image nested",
    ),
    pytest.param(
        "image: a.jpg\nimage_alt: [A]",
        "4: image_alt: a list stands where text is expected; write one line of text",
        id="image alt",
    ),
    pytest.param("series: [A, B]", "3: series: the post is in 2 series; keep one", id="series two"),
    pytest.param(
        "series: {part: 2}",
        "3: series: the series has no name; write it as name: The name of the series",
        id="series none",
    ),
    pytest.param(
        "series: '!!!'",
        '3: series: "!!!" has no letter or digit to make an address of; rename the series',
        id="series signs",
    ),
    pytest.param(
        "series: S\npart: last",
        '4: part: "last" is no part number; write a number from 0, such as 2',
        id="part word",
    ),
    pytest.param(
        "series: S\npart: -1",
        '4: part: "-1" is no part number; write a number from 0, such as 2',
        id="part negative",
    ),
    pytest.param(
        "series: S\nweight: heavy",
        '4: weight: "heavy" is no part number; write a number from 0, such as 2',
        id="weight",
    ),
    pytest.param("lang: english", '3: lang: "english" is no language code; write en', id="lang"),
    pytest.param(
        "lang: e", '3: lang: "e" is no language code; write en, fr or pt-BR', id="lang signs"
    ),
    pytest.param(
        "translation_key: [a]",
        "3: translation_key: a list stands where text is expected; write one line of text",
        id="translation",
    ),
    pytest.param(
        "layout: 'a b'",
        '3: layout: "a b" is no name of a template; write letters, digits and hyphens',
        id="template",
    ),
    pytest.param(
        "comments: {host: example.org}",
        "3: comments: a mapping is neither true nor false; write true or false",
        id="replies",
    ),
    pytest.param(
        "toc: maybe", '3: toc: "maybe" is neither true nor false; write true or false', id="toc"
    ),
    pytest.param(
        "guid: a b",
        '3: guid: "a b" has a space in it; write an identifier without spaces',
        id="uid",
    ),
    pytest.param(
        "date: 2024-02-30\ntags: {a: b}\npermalink: ../../etc/passwd\ndraft: maybe",
        (
            '3: date: "2024-02-30" does not exist: February 2024 has 29 days; write it as 2024-03-01 or 2024-03-01 10:30\n'
            "4: tags: a mapping stands where a name is expected; write one list of names\n"
            '5: permalink: ".." in a path leaves its folder; write the whole path\n'
            '6: draft: "maybe" is neither true nor false; write true or false'
        ),
        id="several at once 2",
    ),
]


@pytest.mark.parametrize(("source", "lines"), FILES)
def test_a_file_that_cannot_be_read_says_why(source: str | bytes, lines: str) -> None:
    """Each fault of encoding and front matter is told in one exact line, with its place."""
    assert problems_of(source) == [f"posts/a.md:{line}" for line in lines.split("\n")]


@pytest.mark.parametrize(("lines_of_yaml", "lines"), VALUES)
def test_a_value_that_means_nothing_says_why(lines_of_yaml: str, lines: str) -> None:
    """Each faulty value is told in one exact line, and all of a file at once."""
    found = problems_of(fields(lines_of_yaml))
    assert found == [f"posts/a.md:{line}" for line in lines.split("\n")]


def test_there_are_enough_of_them() -> None:
    """The table covers what goes wrong in practice: far more than sixty files."""
    assert len(FILES) + len(VALUES) >= 150


OPENINGS = [
    b"",
    b"---\n",
    b"---\ntitle: A\n",
    b"+++\n",
    b'{\n"',
    b"Title: A\n",
    b";;;\n",
    b"\xef\xbb\xbf---\n",
]
CLOSINGS = [b"", b"\n---\nText.\n", b"\n+++\n", b"}\n", b"\n\n", b"\n...\n"]
YAML_SIGNS = st.text("ab:-[]{}#&*!|>'\"%@`?,.~<= \n\t0é\u2028\ufeff", max_size=60)
TOML_SIGNS = st.text("ab=[]{}#'\".,\\-+0 \n\té", max_size=60)


def problems_from(make: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that ``make`` raises, if any; anything else it raises is passed on."""
    try:
        make()
    except SiteError as error:
        return error.problems
    return ()


def attempt(data: bytes, path: str) -> None:
    """Read a file as the build does; only problems with a line that the file has may come of it."""
    last = data.replace(b"\r", b"\n").count(b"\n") + 1
    for problem in problems_from(lambda: post_of(data, path, title="A title")):
        assert 1 <= problem.line <= last
        assert problem.message
        assert problem.hint
        assert "\n" not in str(problem)


@given(st.sampled_from(OPENINGS), st.binary(max_size=200), st.sampled_from(CLOSINGS))
def test_no_bytes_crash_the_reader(opening: bytes, data: bytes, closing: bytes) -> None:
    """Whatever is in a file: a post, or problems with a line that the file has."""
    attempt(opening + data + closing, "posts/a.md")


@given(
    st.sampled_from(OPENINGS),
    st.one_of(st.text(max_size=100), YAML_SIGNS, TOML_SIGNS),
    st.sampled_from(CLOSINGS),
)
def test_no_text_crashes_the_reader(opening: bytes, text: str, closing: bytes) -> None:
    """The same with texts made of the signs that the dialects are made of."""
    attempt(opening + text.encode() + closing, "posts/a.md")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_no_file_name_crashes_the_reader(name: str) -> None:
    """Any name that a file can have gives a post or problems."""
    attempt(b"# A\n", f"posts/{name.replace('/', ' ')}.md")


NAMES = [name for one in FIELDS for name in (one.name, *one.synonyms, *one.stand_ins)]
WORDS = st.sampled_from(
    [
        *(
            "",
            " ",
            "true",
            "no",
            "draft",
            "2024-03-01",
            "03/04/2024",
            "2",
            "-1",
            "II",
            "en",
            "a, b; c",
        ),
        *(
            "../x",
            "/a/",
            "//example.org/a",
            "https://blog.example.com/x",
            "javascript:a",
            "{{ a }}",
        ),
        *("<b>", "&amp;", "[a](b)", "\0", "\u202e", "\ud800", "日本", "x" * 300, ":year", "%zz"),
    ]
)
ONES = st.one_of(
    WORDS,
    st.text(),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
)
KEYS = st.one_of(
    st.sampled_from(["name", "url", "src", "alt", "part", "date", "relation"]), st.text()
)
NESTED: st.SearchStrategy[Any] = st.deferred(
    lambda: st.one_of(ONES, st.lists(NESTED, max_size=3), st.dictionaries(KEYS, NESTED, max_size=3))
)


MOMENTS = st.one_of(st.dates(), st.datetimes(), st.datetimes(timezones=st.just(UTC)))


@given(st.dictionaries(st.sampled_from(NAMES), NESTED, max_size=6))
def test_no_values_crash_the_reader(values: dict[str, Any]) -> None:
    """Anything JSON can express, under every name there is, gives a post or problems."""
    attempt(json.dumps(values).encode(), "posts/a.md")


@given(
    st.dictionaries(
        st.sampled_from([one.name for one in FIELDS]),
        st.one_of(NESTED, MOMENTS, st.lists(MOMENTS), st.builds(pow, st.just(10), st.just(5000))),
        max_size=6,
    )
)
def test_no_values_crash_the_validation(values: dict[str, Any]) -> None:
    """Nor does any plain value of Python, whichever dialect it may come from."""
    known = {name: Field(name, name, value, 1) for name, value in values.items()}
    document = Document("posts/a.md", "toml", Frozen(known), Frozen(), "", 1)
    rules = PostRules(**RULES)

    def make() -> Post:
        return make_post(document, title="A", markers=(), history=Committed(), rules=rules)

    assert all(problem.message and problem.hint for problem in problems_from(make))
