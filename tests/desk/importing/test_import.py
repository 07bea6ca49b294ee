"""``desk import``: what becomes of the files and the constructs of old generators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import main
from desk.importing.command import checked
from desk.importing.liquid_text import Liquid
from desk.importing.model import Asset, Item, Page, Refusal
from desk.importing.report import as_text, lines_of
from desk.importing.shortcodes import ZOLA, convert
from plugins.frontmatter.document import parse

LIQUID = {
    "{{ site.baseurl }}/a": "/b/a",
    "{{site.url}}": "https://c.example",
    "{{ '/x' | relative_url }}": "/b/x",
    "{{ '/x' | absolute_url }}": "https://c.example/b/x",
    "{{ page.title }}": "Tides",
    "{{ page.title | upcase }}": "TIDES",
    "{{ page.title | downcase | append: '!' }}": "tides!",
    "{{ site.data.team.ada }}": "Ada L",
    "{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    "a{% comment %}no{% endcomment %}b": "ab",
    "{% highlight py %}\na = 1\n{% endhighlight %}": "```py\na = 1\n```",
    "{% highlight py linenos %}\na\n{% endhighlight %}": "```py\na\n```",
    "[a]({% post_url 2020-01-02-sea %})": "[a](/posts/2020-01-02-sea.md)",
    "[a]({% link _posts/2020-01-02-sea.md %})": "[a](/posts/2020-01-02-sea.md)",
    "{% assign a = 'one' %}{{ a }}": "one",
    "{% capture a %}two{% endcapture %}{{ a }}": "two",
    "{% if page.title %}yes{% else %}no{% endif %}": "yes",
    "{% unless page.title %}yes{% endunless %}": "",
    "{% for a in page.tags %}[{{ a }}]{% endfor %}": "[p][q]",
    "{% youtube abc %}": "https://www.youtube.com/watch?v=abc",
    "{% vimeo 12 %}": "https://vimeo.com/12",
    "{% gist ada/12 %}": "https://gist.github.com/ada/12",
    "{% oembed https://d.example/1 %}": "https://d.example/1",
    '{% include youtube.html id="abc" %}': "https://www.youtube.com/watch?v=abc",
    '{% include figure.html src="a.png" alt="A" %}': "![A](a.png)",
    '{% include figure.html src="a.png" alt="A" caption="C" %}': '![A](a.png "C")',
    "{{ 'ada' | team_link }}": "ada",
    "{% include nav.html %}": "<!-- {% include nav.html %} -->",
}
HUGO = {
    "{{< youtube abc >}}": "https://www.youtube.com/watch?v=abc",
    '{{< youtube id="abc" >}}': "https://www.youtube.com/watch?v=abc",
    "{{<vimeo 12>}}": "https://vimeo.com/12",
    "{{< gist ada 12 >}}": "https://gist.github.com/ada/12",
    '{{< tweet user="ada" id="12" >}}': "https://twitter.com/ada/status/12",
    '{{< x user="ada" id="12" >}}': "https://twitter.com/ada/status/12",
    '{{< figure src="a.png" alt="A" >}}': "![A](a.png)",
    '{{< figure src="a.png" alt="A" caption="C" />}}': '![A](a.png "C")',
    '{{<img src="a b.png" alt="[A]">}}': "![\\[A\\]](<a b.png>)",
    '{{< video src="a.mp4" >}}': '<video controls src="a.mp4"></video>',
    "{{< highlight go >}}\na\n{{< /highlight >}}": "```go\na\n```",
    '{{% notice type="warning" %}}\nA\n\nB\n{{% /notice %}}': "> [!WARNING]\n> A\n>\n> B",
    "{{< tip >}}\nA\n{{< /tip >}}": "> [!TIP]\n> A",
    '{{< details summary="S" >}}\nA\n{{< /details >}}': "<details>\n<summary>S</summary>\n\nA\n\n</details>",
    "{{</* youtube a */>}}": "{{< youtube a >}}",
    "{{< nav >}}": "<!-- {{< nav >}} -->",
    "| {{< nav >}} |": "|  |",
    "{{< own >}}A{{< /own >}}": "A",
    "{{< own >}}{{< youtube a >}}{{< /own >}}": "https://www.youtube.com/watch?v=a",
}


def site(folder: Path) -> Path:
    """A small blog of Jekyll."""
    files = {
        "_config.yml": "title: Tides\nurl: https://c.example\ntimezone: Europe/Rome\npermalink: /:year/:title/\n",
        "_posts/2020-01-02-sea.md": "---\ntitle: The sea (Part 1)\n---\nSee {{ site.title }}.\n",
        "_posts/2020-01-03-land.md": "---\ntitle: The sea (Part 2)\nlayout: post\n---\nText.\n",
        "_drafts/later.md": "---\ntitle: Later\n---\nNot yet.\n",
        "about.md": "---\ntitle: About\n---\nUs.\n",
        "README.md": "No page.\n",
        "images/a.png": "image",
        "_layouts/post.html": "{{ content }}",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(("written", "said"), LIQUID.items())
def test_liquid_becomes_what_it_says(written: str, said: str) -> None:
    """Each construct of Liquid becomes its value, its Markdown, or a comment."""
    known = {"url": "https://c.example", "baseurl": "/b", "data": {"team": {"ada": "Ada L"}}}
    liquid = Liquid(known, {"2020-01-02-sea": "posts/2020-01-02-sea.md"})
    page = {"title": "Tides", "tags": ["p", "q"]}
    assert liquid.convert(written, page, 1)[0] == said


@pytest.mark.parametrize(("written", "said"), HUGO.items())
def test_shortcodes_of_hugo_become_markdown(written: str, said: str) -> None:
    """Each form of a shortcode becomes Markdown, its inner text, or a comment."""
    assert convert(written, 1, lambda _: None)[0].strip() == said


def test_shortcodes_of_zola_become_markdown() -> None:
    """Zola's calls in braces are read, and those that enclose text."""
    text = '{{ youtube(id="abc") }}\n{% tip() %}\nA\n{% end %}'
    said = "https://www.youtube.com/watch?v=abc\n> [!TIP]\n> A"
    assert convert(text, 1, lambda _: None, ZOLA)[0] == said


def test_a_note_names_the_line_of_the_old_file() -> None:
    """What is lost is noted with its line, counted from the top of the file."""
    notes = convert("a\n\n{{< nav >}}", 5, lambda _: None)[1]
    assert [(note.line, note.sure) for note in notes] == [(7, "lost")]


def test_a_blog_is_imported_by_one_command(tmp_path: Path) -> None:
    """Titles, dates, addresses and series arrive; a draft stays one; every file is accounted for."""
    old, new = site(tmp_path / "old"), tmp_path / "new"
    assert main(["import", "jekyll", str(old), str(new)]) == 0
    first = parse((new / "content/posts/2020-01-02-sea.md").read_bytes(), "a").fields
    assert first["permalink"].value == "/2020/sea/"
    assert (first["series"].value, first["part"].value) == ("The sea", "1")
    assert "See Tides." in (new / "content/posts/2020-01-02-sea.md").read_text("utf-8")
    assert "draft: true\n" in (new / "content/posts/later.md").read_text("utf-8")
    assert (new / "content/images/a.png").read_text("utf-8") == "image"
    assert "TIMEZONE = 'Europe/Rome'" in (new / "pelicanconf.py").read_text("utf-8")
    report = json.loads((new / "import-report.json").read_text("utf-8"))
    assert report["files"] == sum(report["counts"].values()) == 8


def test_importing_twice_makes_the_same_files(tmp_path: Path) -> None:
    """The second import changes no byte; one over an edited file writes nothing and says so."""
    old, new = site(tmp_path / "old"), tmp_path / "new"
    main(["import", "jekyll", str(old), str(new)])
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    assert main(["import", "jekyll", str(old), str(new)]) == 0
    assert before == {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    edited = new / "content/posts/later.md"
    edited.write_text("mine", "utf-8")
    assert main(["import", "jekyll", str(old), str(new)]) == 1
    assert edited.read_text("utf-8") == "mine"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """Only the report is printed."""
    old = site(tmp_path / "old")
    assert main(["import", "jekyll", str(old), str(tmp_path / "new"), "--dry-run"]) == 0
    assert not (tmp_path / "new").exists()


_NAMES = st.sampled_from(["a.md", "A.md", "../b", "/c", "d/e.png", "", "f"])
_ITEMS = st.lists(
    st.one_of(
        _NAMES.map(lambda name: Page("s", name, {}, "")),
        _NAMES.map(lambda name: Asset("s", name)),
        _NAMES.map(lambda name: Refusal("s", name)),
    )
)


@given(_ITEMS)
def test_every_file_is_in_the_report_once(items: list[Item]) -> None:
    """Whatever becomes of them, there are as many lines as files, and few for a person."""
    made = checked(items)
    assert len(lines_of(made)) == len(items)
    assert all(".." not in item.target for item in made if not isinstance(item, Refusal))
    assert as_text(lines_of(made)).count("\n") <= 30
