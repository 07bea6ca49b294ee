"""Mermaid's diagrams: drawn by a program, or shown as code."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path

import pytest

from plugins.errors import SiteError
from plugins.feeds.content import stand_alone
from plugins.markup.diagrams import DiagramError, Diagrams, first_line_of, is_diagram, name_of
from plugins.markup.markup import Markup
from plugins.markup.settings import MarkupSettings
from tests.plugins.building import Built, Workshop

DRAWS = """
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
source = open(given["--input"], encoding="utf-8").read()
with open(given["--output"], "w", encoding="utf-8") as image:
    image.write(f'<svg id="{given["--svgId"]}"><title>{len(source)}</title></svg>')
with open(__file__ + ".log", "a", encoding="utf-8") as log:
    log.write("drawn\\n")
"""
FAILS = """
print("Error: Parse error on line 2:\\nExpecting 'NODE'\\nParser.parseError (cli.js:1:2)\\n    at run")
sys.exit(1)
"""
HANGS = "import time; time.sleep(600)"
TEXT = "Before.\n\n```mermaid\ngraph TD\n    accTitle: From A to B\n    A[Start] --> B[End]\n```\n"
POST = f"---\ntitle: One\ndate: 2026-01-01\n---\n{TEXT}"


def program(folder: Path, does: str) -> str:
    """An executable that stands for mmdc; the command that runs it."""
    path = folder / "mmdc"
    path.write_text(f"#!{sys.executable}\nimport sys\n{does}", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def drawing(folder: Path, does: str = DRAWS) -> Markup:
    """A markup whose diagrams such a program draws."""
    return Markup(MarkupSettings(mermaid=program(folder, does)))


@pytest.mark.parametrize("python", [False, True])
def test_a_diagram_becomes_an_image(tmp_path: Path, *, python: bool) -> None:
    """Each converter makes a figure of it with its title as alternative text, and checks no words."""
    made = drawing(tmp_path).render(TEXT, python=python).html
    found = re.search(r'<figure class="diagram"><img alt="([^"]*)" src="data:([^,]*),(.*?)">', made)
    assert found
    assert found[1] == "From A to B"
    assert found[2] == "image/svg+xml;base64"
    assert base64.b64decode(found[3]).startswith(b'<svg id="diagram-')
    assert "graph TD" not in made


def test_the_same_source_gives_the_same_bytes_and_is_drawn_once(tmp_path: Path) -> None:
    """Ids come from the source; the program runs once for each."""
    first, again = drawing(tmp_path), drawing(tmp_path)
    assert len({one.render(TEXT).html for one in (first, first, again)}) == 1
    assert (tmp_path / "mmdc.log").read_text(encoding="utf-8") == "drawn\ndrawn\n"


@pytest.mark.parametrize("before", ["", "> ", "- "])
def test_diagrams_in_quotes_and_lists(tmp_path: Path, before: str) -> None:
    """A diagram may be wherever code may be."""
    lines = TEXT.split("\n")[2:-1]
    text = "\n".join([before + lines[0], *(before.replace("-", " ") + one for one in lines[1:])])
    assert '<figure class="diagram">' in drawing(tmp_path).render(f"{text}\n").html


def test_a_diagram_without_a_title_has_a_word_in_the_language_of_the_post(tmp_path: Path) -> None:
    """The title of the fence is the caption, and better than the word."""
    text = "```mermaid\ngraph TD\n  A-->B\n```\n"
    markup = drawing(tmp_path)
    assert 'alt="Diagram"' in markup.render(text).html
    assert 'alt="Diagramm"' in markup.speaking("de").render(text).html
    titled = markup.render(text.replace("mermaid", 'mermaid title="A & B"')).html
    assert 'alt="A &amp; B"' in titled
    assert "<figcaption>A &amp; B</figcaption>" in titled


@pytest.mark.parametrize("python", [False, True])
def test_a_diagram_that_cannot_be_drawn_is_an_error(tmp_path: Path, *, python: bool) -> None:
    """It names the line of the fence, and what the program says last, no place in its code."""
    with pytest.raises(SiteError) as caught:
        drawing(tmp_path, FAILS).render(TEXT, 5, "a.md", python=python)
    said = "a.md:7: body: mmdc cannot draw this diagram: Expecting 'NODE'; correct the diagram"
    [problem] = caught.value.problems
    assert str(problem).startswith(said)


@pytest.mark.parametrize(
    ("does", "said"),
    [
        (HANGS, "longer than 0.3 seconds"),
        ("sys.exit(3)", "exit code 3"),
        ("", "it writes no SVG"),
    ],
)
def test_a_program_that_does_not_do_its_work(tmp_path: Path, does: str, said: str) -> None:
    """It is ended after its time; saying nothing is no success."""
    diagrams = Diagrams(program(tmp_path, does), "Diagram", 0.3 if does == HANGS else 60)
    with pytest.raises(DiagramError, match=said):
        diagrams.html("graph TD")


@pytest.mark.parametrize("command", ["", "no-such-program-anywhere --quiet"])
def test_without_a_renderer_a_diagram_is_code(command: str) -> None:
    """As any other code, with all its words."""
    made = Markup(MarkupSettings(mermaid=command)).render(TEXT).html
    assert '<code class="language-mermaid">graph TD\n' in made


def test_a_command_with_an_open_quote_is_refused() -> None:
    """At once, naming the setting."""
    with pytest.raises(ValueError, match=r"MARKUP: mermaid: .* is no command"):
        MarkupSettings(mermaid='mmdc "a')


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        *(("mermaid", True), (" Mermaid", True), ("{.mermaid}", True), ('mermaid title="x"', True)),
        *(("", False), ("mermaid-js", False), ("mermaids", False), ("text mermaid", False)),
    ],
)
def test_which_fences_are_diagrams(info: str, *, expected: bool) -> None:
    """Those whose language is mermaid."""
    assert is_diagram(info) is expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("graph TD\n accTitle: A\n accDescr: B", "A"),
        ("graph TD\n accDescr: B", "B"),
        ("graph TD\n accDescr {\n  B\n  C\n }", "B C"),
        ("pie title Pets\n", "Pets"),
        ("pie showData title Pets\n", "Pets"),
        ("gantt\n    title A plan\n", "A plan"),
        ('---\ntitle: "A chart"\n---\ngraph TD', "A chart"),
        ("graph TD\n A-->B", ""),
    ],
)
def test_how_a_diagram_describes_itself(code: str, name: str) -> None:
    """Its accessible title, its description, or the title that it shows."""
    assert name_of(code) == name


def test_the_line_of_the_first_diagram() -> None:
    """In a quote, too."""
    assert first_line_of("a\n\n> ~~~ mermaid\n") == 3


def test_feeds_link_to_the_post_with_the_diagram(tmp_path: Path) -> None:
    """Readers show no SVG that is in its address."""
    html = stand_alone(drawing(tmp_path).render(TEXT).html, "https://example.org/a/").html
    assert '<a href="https://example.org/a/">From A to B</a>' in html
    assert "data:" not in html


def notices(built: Built) -> list[str]:
    """What a build says of diagrams."""
    assert built.report
    return [str(one) for one in built.report.notices if "Mermaid" in one.message]


def test_a_site_without_a_renderer_is_noticed_until_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One notice with its line, in each build; once the program is there, the post is drawn."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    workshop = Workshop(tmp_path)
    two = POST.replace("Before.", "Before.\n\n```mermaid\ngraph LR\n```")
    for text in (two, two, two.replace("Before.", "After.")):
        built = workshop.build({"one.md": text})
        [told] = notices(built)
        assert told.startswith("one.md:7: body: a Mermaid diagram is shown as code")
    quiet = workshop.build({"one.md": two}, MARKUP=MarkupSettings(mermaid=""))
    assert not notices(quiet)
    program(folder, DRAWS)
    drawn = workshop.build({"one.md": two})
    assert not notices(drawn)
    assert drawn.page("one/index.html").count("data:image/svg+xml;base64,") == 2
