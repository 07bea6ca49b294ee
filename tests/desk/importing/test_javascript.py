"""Imports of sites of JavaScript's world: MDX and Astro, Eleventy; plain values of scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import main
from desk.importing import eleventy_text, js_values
from desk.importing.liquid_text import Liquid
from desk.importing.mdx.converting import convert
from plugins.frontmatter.document import parse
from tests.growth import is_linear

MDX = {
    "import hero from './h.png'\n\n<Image src={hero} alt=\"A\" />": "![A](./h.png)",
    "import hero from './h.png'\n\n<img src={hero.src} alt=\"A\" />": '<img src="./h.png" alt="A">',
    "<Image src={import('../h.png')} alt=\"A\" />": "![A](../h.png)",
    '<Figure src="a.png" alt="A" caption="C" />': '![A](a.png "C")',
    '<Figure src="a.png">\n  The sea\n</Figure>': '![](a.png "The sea")',
    '<YouTube id="abcdef" />': "https://www.youtube.com/watch?v=abcdef",
    '<LiteYouTube videoId={"abcdef"} />': "https://www.youtube.com/watch?v=abcdef",
    '<Vimeo id="12" />': "https://vimeo.com/12",
    '<Tweet id="12" />': "https://twitter.com/i/status/12",
    '<TweetEmbed tweetLink="ada/status/12" />': "https://twitter.com/ada/status/12",
    '<TwitterAvatar id="ada" />': '<!-- <TwitterAvatar id="ada" /> -->',
    '<CodePen user="ada" id="abcde" />': "https://codepen.io/ada/pen/abcde",
    '<Spotify url="https://open.spotify.com/track/1" />': "https://open.spotify.com/track/1",
    '<Video src="a.mp4" />': '<video controls src="a.mp4"></video>',
    '<Callout type="warning">\n  **A**\n\n  B\n</Callout>\nC': "> [!WARNING]\n> **A**\n>\n> B\n\nC",
    '<Aside title="T">A</Aside>': "> [!NOTE] T\n> A",
    "<Tip>A</Tip>": "> [!TIP]\n> A",
    '<Details summary="S">A</Details>': "<details>\n<summary>S</summary>\n\nA\n\n</details>",
    '<Tabs><TabItem label="A">x</TabItem></Tabs>': "**A**\n\nx",
    '<LinkCard title="T" href="/a" description="D" />': "[T](/a)\n\nD",
    '<Link href="/a">A</Link>': "[A](/a)",
    '<Code code="a = 1" lang="py" />': "```py\na = 1\n```",
    "<Kbd>K</Kbd>": "<kbd>K</kbd>",
    '<Quote author="Ada">A</Quote>': "> A\n>\n> \u2014 Ada",
    "<Own>A **b**</Own>": "A **b**",
    '<Own title="T"><Deep>x</Deep></Own>': "T\n\nx",
    "<Own />": "<!-- <Own /> -->",
    "a {/* no */} b": "a <!-- no --> b",
    'a{" "}b': "a b",
    "export const n = 'Ada'\n\nI am {n}.": "I am Ada.",
    "export const n = {a: 'x'}\n\nI am {n.a}.": "I am x.",
    "It is {frontmatter.title}.": "It is Tides.",
    "{new Date()}": "<!-- {new Date()} -->",
    '<div className="a" style={{color: "red", marginTop: 1}}>x</div>': '<div class="a" style="color: red; margin-top: 1">x</div>',
    "<>x</>": "x",
    "<div>\n  A **b**\n  [c](/d)\n</div>": "<div>\n\n  A **b**\n  [c](/d)\n\n</div>",
    "<div>\n  <b>A</b>\n</div>": "<div>\n  <b>A</b>\n</div>",
    "`{a}` and \\{b}": "`{a}` and \\{b}",
    "```js\n<A b={c}/>\nimport d from 'd'\n```": "```js\n<A b={c}/>\nimport d from 'd'\n```",
    '- a\n  <YouTube id="abcdef" />\n- b': "- a\n\n  https://www.youtube.com/watch?v=abcdef\n\n- b",
    "a < b, c <d": "a < b, c <d",
    "$a_{1}$": "$a_{1}$",
}
NUNJUCKS = {
    "{{ title }}": "Tides",
    "{{ site.name }}": "Sea",
    "{{ page.fileSlug }}": "tides",
    "{{ title | upcase }}": "TIDES",
    "{{ title | replace('T', 'S') }}": "Sides",
    "{{ title | safe }}": "Tides",
    "{{ '/a/' | url }}": "/a/",
    "{{ title | own }}": "Tides",
    "{{ metadata.author.name }}": "Ada",
    "{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    "{% verbatim %}{% x %}{% endverbatim %}": "{% x %}",
    "a{# no #}b": "ab",
    "{% set a = 'x' %}{{ a }}": "x",
    "{% set a %}y{% endset %}{{ a }}": "y",
    "{% if title %}a{% elif b %}c{% else %}d{% endif %}": "a",
    "{% for a in list %}[{{ a }}]{% endfor %}": "[1][2]",
    "{% youtube 'abcdef' %}": "https://www.youtube.com/watch?v=abcdef",
    "{% youtube id='abcdef' %}": "https://www.youtube.com/watch?v=abcdef",
    "{% image 'a.png', 'A' %}": "![A](a.png)",
    "{% figure 'a.png', 'A', 'C' %}": '![A](a.png "C")',
    "{% image src='a.png', alt='A' %}": "![A](a.png)",
    "{% callout 'warning' %}A{% endcallout %}": "> [!WARNING]\n> A",
    "{% callout 'tip', 'T' %}A{% endcallout %}": "> [!TIP] T\n> A",
    "{% details 'S' %}A{% enddetails %}": "<details>\n<summary>S</summary>\n\nA\n\n</details>",
    "{% highlight 'js' %}\na\n{% endhighlight %}": "```js\na\n```",
    "{% include 'parts/cta.njk' %}": "<!-- {% include 'parts/cta.njk' %} -->",
    "{% include 'youtube.njk', id: 'abcdef' %}": "https://www.youtube.com/watch?v=abcdef",
    "{% own 'a' %}": "<!-- {% own 'a' %} -->",
    "{% own 'a' %}**A**{% endown %}": "**A**",
    "{% own %}{% youtube 'abcdef' %}{% endown %}": "https://www.youtube.com/watch?v=abcdef",
    "{% renderTemplate 'njk' %}A{% endrenderTemplate %}": "A",
    "{% button '/a', 'Go' %}": "[Go](/a)",
}
LITERALS: list[tuple[str, Any]] = [
    ("'a\\n\\u00e9'", "a\né"),
    ("`a b`", "a b"),
    ("-1_000.5", -1000.5),
    ("[1, 'b', true, null,]", [1, "b", True, None]),
    ("{a: 1, 'b-c': {d: []}, // no\n e: 2}", {"a": 1, "b-c": {"d": []}, "e": 2}),
    ("{a: run(1, {x: 2}), b: 2, ...c, d() { return {} }, e: x => x, f: 3}", {"b": 2, "f": 3}),
    ("['a', b, 'c' + d, 'e']", ["a", "e"]),
]
ASTRO = {
    "astro.config.mjs": "export default defineConfig({ site: 'https://c.example', integrations: [mdx()] })\n",
    "src/consts.ts": "export const SITE_TITLE = 'Tides'\n",
    "src/content/config.ts": "const blog = defineCollection({ schema: z.object({}) })\n",
    "src/pages/writing/[...slug].astro": "---\nawait getCollection('blog')\n---\n",
    "src/content/blog/a.mdx": "---\ntitle: A\npubDate: 2020-01-02\nupdatedDate: 2020-02-02\nheroImage: ../../assets/h.png\n"
    "---\nimport h from '../../assets/h.png'\n\n<Image src={h} alt='H' />\n\n![](./b.png) [b](./b.md)\n",
    "src/content/blog/b.md": "---\ntitle: B\npubDate: 2020-01-03\ndraft: true\n---\nText {x}.\n",
    "src/content/blog/b.png": "image",
    "src/content/authors/ada.md": "---\ntitle: Ada\n---\nAda.\n",
    "src/assets/h.png": "image",
    "src/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "src/layouts/a.astro": "<slot />",
    "public/robots.txt": "User-agent: *",
}
ELEVENTY = {
    "eleventy.config.js": "export default function (c) {\n  c.addPassthroughCopy('src/img');\n"
    "  c.addPassthroughCopy({ 'public': '/' });\n  return { dir: { input: 'src' } };\n}\n",
    "src/_data/metadata.json": '{"title": "Tides", "url": "https://c.example", "language": "it"}',
    "src/_data/team.js": "module.exports = { lead: 'Ada', size: count() }\n",
    "src/posts/posts.json": '{"tags": "posts", "permalink": "/{{ page.date | date: \'%Y\' }}/{{ page.fileSlug }}/"}',
    "src/posts/2020-01-02-a.md": "---\ntitle: A\ntags: [posts, sea]\n---\nBy {{ team.lead }}. [b](/posts/b.md)\n",
    "src/posts/b.md": "---js\n{ title: 'B', date: '2020-01-03', draft: true }\n---\nText.\n",
    "src/posts/c.md": "---\ntitle: C\ndate: 2020-01-04\neleventyExcludeFromCollections: true\npermalink: /own/c.html\n---\nC.\n",
    "src/posts/d.md": "---\ntitle: D\ndate: 2020-01-05\npermalink: false\n---\nD.\n",
    "src/about.md": "---\ntitle: About\n---\nUs.\n",
    "src/404.md": "---\npermalink: /404.html\n---\nGone.\n",
    "src/index.njk": "{{ content }}",
    "src/img/a.png": "image",
    "public/keys.txt": "keys",
}


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def imported(folder: Path, kind: str, files: dict[str, str]) -> tuple[Path, dict[str, Any]]:
    """The new site and its report."""
    old, new = written(folder / "old", files), folder / "new"
    assert main(["import", kind, str(old), str(new)]) == 0
    return new, json.loads((new / "import-report.json").read_text("utf-8"))


def fields(path: Path) -> dict[str, Any]:
    """The front matter of a post."""
    return {name: one.value for name, one in parse(path.read_bytes(), path.name).fields.items()}


@pytest.mark.parametrize(("text", "said"), MDX.items())
def test_mdx_becomes_markdown(text: str, said: str) -> None:
    """Each construct becomes its Markdown, its text, or a comment."""
    assert convert(text, 1, {"title": "Tides"}, {}).body.strip() == said


@pytest.mark.parametrize(("text", "said"), NUNJUCKS.items())
def test_nunjucks_and_liquid_become_what_they_say(text: str, said: str) -> None:
    """With the data of the site and of the page, by their plain names."""
    names = {"site": {"name": "Sea"}, "metadata": {"author": {"name": "Ada"}}, "list": [1, 2]}
    liquid = Liquid({"name": "Sea"}, {}, names)
    page = {"title": "Tides", "fileSlug": "tides"}
    assert eleventy_text.convert(text, page, 1, liquid, {})[0].strip() == said


@pytest.mark.parametrize(("text", "value"), LITERALS)
def test_plain_values_of_javascript_are_read(text: str, value: object) -> None:
    """What would have to be run is left out, and the rest is read."""
    assert js_values.value_of(text) == value


@pytest.mark.parametrize("text", ["a", "f()", "'a' + b", "`${a}`", "{a: 1", "1 2", ""])
def test_what_is_no_plain_value_is_none(text: str) -> None:
    """Nothing of it is guessed."""
    with pytest.raises(js_values.NotPlainError):
        js_values.value_of(text)


def test_names_and_exports_of_a_module_are_read() -> None:
    """Its constants, and the object that it gives away."""
    text = "const a: string = 'x';\nexport const b = [1];\nconst c = run();\nexport default { d: 2 };\n"
    assert js_values.named(text) == {"a": "x", "b": [1]}
    assert js_values.returned(text) == {"d": 2}


def test_a_note_of_mdx_names_its_line() -> None:
    """Counted from the top of the file, after imports too."""
    notes = convert("import A from './a'\n\n<A />\n\n{b()}\n", 5, {}, {}).notes
    assert [(note.line, note.kind, note.sure) for note in notes] == [
        (7, "the component a", "lost"),
        (9, "an expression of JavaScript", "lost"),
    ]


def test_a_site_of_astro_is_imported(tmp_path: Path) -> None:
    """Routes, dates, lead images, imported images and links; a draft stays one."""
    new, report = imported(tmp_path, "astro", ASTRO)
    first = fields(new / "content/posts/blog/a.md")
    assert first["permalink"] == "/writing/a/"
    assert (str(first["date"]), str(first["modified"])) == ("2020-01-02", "2020-02-02")
    assert first["image"] == "/assets/h.png"
    text = (new / "content/posts/blog/a.md").read_text("utf-8")
    assert "![H](/assets/h.png)" in text
    assert "![](/posts/blog/b.png) [b](/posts/blog/b.md)" in text
    assert str(fields(new / "content/posts/blog/b.md")["draft"]).lower() == "true"
    assert "Text {x}." in (new / "content/posts/blog/b.md").read_text("utf-8")
    assert fields(new / "content/pages/about.md")["permalink"] == "/about/"
    assert "SITENAME = 'Tides'" in (new / "pelicanconf.py").read_text("utf-8")
    assert (new / "content/static/robots.txt").is_file()
    assert report["files"] == sum(report["counts"].values()) == len(ASTRO)


def test_a_site_of_eleventy_is_imported(tmp_path: Path) -> None:
    """Data of folders and files, patterns of addresses, tags, drafts and files that are copied."""
    new, report = imported(tmp_path, "eleventy", ELEVENTY)
    first = fields(new / "content/posts/2020-01-02-a.md")
    assert (first["permalink"], first["tags"]) == ("/2020/a/", ["sea"])
    text = (new / "content/posts/2020-01-02-a.md").read_text("utf-8")
    assert "By Ada. [b](/posts/b.md)" in text
    second = fields(new / "content/posts/b.md")
    assert (second["title"], second["permalink"]) == ("B", "/2020/b/")
    assert str(second["draft"]).lower() == "true"
    third = fields(new / "content/posts/c.md")
    assert (third["permalink"], str(third["hidden"]).lower()) == ("/own/c.html", "true")
    assert "draft: true" in (new / "content/posts/d.md").read_text("utf-8")
    assert (new / "content/img/a.png").is_file()
    assert (new / "content/static/keys.txt").is_file()
    assert "DEFAULT_LANG = 'it'" in (new / "pelicanconf.py").read_text("utf-8")
    assert report["files"] == sum(report["counts"].values()) == len(ELEVENTY)


@pytest.mark.parametrize(("kind", "files"), [("astro", ASTRO), ("eleventy", ELEVENTY)])
def test_importing_twice_makes_the_same_files(
    tmp_path: Path, kind: str, files: dict[str, str]
) -> None:
    """The second import changes no byte."""
    new, _ = imported(tmp_path, kind, files)
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    imported(tmp_path, kind, files)
    assert before == {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}


@given(
    st.lists(
        st.sampled_from([*MDX, "<A>", "</A>", "</B>", "{", "}", "word", "<B a={", "\n\n"]),
        max_size=12,
    )
)
def test_no_word_outside_of_code_is_lost(parts: list[str]) -> None:
    """However tags and braces are mixed, the words between them arrive or are in a note."""
    text = "\n\n".join([*parts, "first", "last"])
    made = convert(text, 1, {"title": "Tides"}, {})
    noted = " ".join(note.what for note in made.notes)
    assert "last" in made.body or "last" in noted
    assert made.body.count("word") + noted.count("word") >= min(text.count("word"), 1)


@pytest.mark.parametrize(
    "piece", ["<A>", "{", "<A b={", "</A>", "`", "import a\n", "export const a = {\n", '<A x="']
)
def test_mdx_takes_linear_time(piece: str) -> None:
    """Constructs that never end, many of them."""
    assert is_linear(lambda size: convert(piece * (size // len(piece)), 1, {}, {}), 6_000, 0.05)


@pytest.mark.parametrize("piece", ["{%a ", "{{a ", "{#", "{% a %}", "{% enda %}", "{% a 'b"])
def test_nunjucks_takes_linear_time(piece: str) -> None:
    """Constructs that never end, many of them."""
    liquid = Liquid({}, {}, {})
    assert is_linear(
        lambda size: eleventy_text.convert(piece * (size // len(piece)), {}, 1, liquid, {}),
        6_000,
        0.05,
    )
