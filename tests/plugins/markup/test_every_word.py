"""Documents of awkward pieces, every word of them unique: all arrive, or an error names a line."""

from __future__ import annotations

import html
import random
import re

import pytest

from plugins.errors import SiteError
from plugins.markup.markup import Markup

# A document is made of these; each {} is a word that stands nowhere else.
PIECES = (
    *("{}", "{} {}", "*{}*", "**{}**", "***{}***", "_{}_", "__{}__", "~~{}~~", "`{}`", "=={}=="),
    *(
        "*{}**{}*!",
        "*{}**{}*`{}`",
        "**{}*{}**",
        "_{}__{}_",
        "a*{}*b",
        "{}\\",
        "\\{}",
        "\\*{}",
        "{}*",
        "*{}",
    ),
    *(
        "[{}](a.md)",
        "[{}][{}]",
        "![{}](b.png)",
        '![{}](b.png "{}")',
        "[{}]",
        "[]: {}",
        "[^1] {}",
        "[nm]: {}",
        "[nm]",
    ),
    *(
        "<b>{}</b>",
        "<b>{}",
        "{}</b>",
        "<div>{}</div>",
        "<div>\n{}\n</div>",
        "<div>\n\n{}\n\n</div>",
    ),
    *('<div markdown="1">\n{}\n</div>', '<div markdown="1">\n<div>\n{}', '<p markdown="1">{}</p>'),
    *("<span>{}</span>", "<h1>{}</h1>", "<H1>{}", "<Figure>{}</Figure>", "<{}>", "a<{}"),
    *(
        "- {}",
        "  - {}",
        "    - {}",
        "1. {}",
        "2) {}",
        "- [ ] {}",
        "- [x] {}",
        "-   {}\n\n        {}",
    ),
    *(
        "> {}",
        "> > {}",
        "> [!NOTE]\n> {}",
        "> [!tip]- {}\n> {}",
        "!!! note\n    {}",
        '!!! tip "{}"\n    {}',
    ),
    *(
        "??? note\n    {}",
        ":::tip\n{}\n:::",
        "::: aside\n{}\n:::",
        ":::\n{}",
        "!!! {}",
        "!!! tip {}",
    ),
    *(
        "| {} | {} |\n|---|---|\n| {} | {} |",
        "| {} | {} |\n| {} | {} |",
        "| {} | {} |\n|---|\n| {} | {} | {} |",
    ),
    *("{} | {}\n--|--\n{} | {}", "|---|\n| {} |", "| {} |", "{} | {}"),
    *("# {}", "## {} ##", "### {}#", "#{}", "{}\n===", "{}\n---", "## {} {{#x}}", "---", "***"),
    *("    {}", "\t{}", "```\n{}\n```", "~~~ py\n{}\n~~~", "```\n{}", "- ```\n  {}\n  ```"),
    *("{}\n:   {}", "{}\n: {}", "[^1]: {}", "[^1]: {}\n\n    {}", "{}[^1]", "^[{}]"),
    *(
        "{{: .x }}",
        "{}\n{{: .x }}",
        "{{:.x}}\n{}",
        "{} {{: .x }}",
        "*{}*{{: .x }}",
        "[TOC]",
        "{{:toc}}",
        "* {}\n{{:toc}}",
        "[nm]: {}\n\n    [nm]",
    ),
    *(
        "$$a$$ {}",
        "\\(a\\) {}",
        "\\[a\\] {}",
        "\\({} {}\\)",
        "$5 {}",
        "https://{}.org/{}",
        "www.{}.org.",
        "a@{}.org",
    ),
    *(
        ":smile: {}",
        ":{}:",
        "&amp; {}",
        "&{};",
        "<!-- -->{}",
        "{}  \n{}",
        "{}\\\n{}",
        "“{}”",
        "“https://{}.org”",
    ),
)
GAPS = ("\n", "\n", "\n\n", "\n\n", "\n\n\n", " ", "\n    ", "\n> ", "\n- ", "\n\n  ")
WORD = re.compile(r"w[0-9]+q")
# Attributes are read by readers, too: the alternative text of an image, and where a link leads.
READ = re.compile(r"<!--.*?-->|<(?!a |img )[^<>]*>", re.DOTALL)


def document(dice: random.Random) -> str:
    """A document of up to a dozen pieces."""
    number = 0
    out = []
    for _ in range(dice.randint(1, 12)):
        piece = dice.choice(PIECES)
        words = []
        for _ in range(piece.replace("{{", "").replace("}}", "").count("{}")):
            number += 1
            words.append(f"w{number}q")
        out += [piece.format(*words), dice.choice(GAPS)]
    return "".join(out)


def lost(markup: Markup, text: str) -> set[str]:
    """The words that are in no page and in no error with a line of the text."""
    try:
        shown = html.unescape(READ.sub(" ", markup.render(text).html)).lower()
    except SiteError as error:
        lines = range(1, text.count("\n") + 2)
        nowhere = [problem for problem in error.problems if problem.line not in lines]
        return {str(problem) for problem in nowhere}
    return set(WORD.findall(text)) - set(WORD.findall(shown))


def arrive(seed: int, documents: int) -> None:
    """At least 999 of 1,000 documents arrive whole or are named; print one that does not."""
    dice = random.Random(seed)
    markup = Markup()
    losing = []
    for _ in range(documents):
        text = document(dice)
        if missing := lost(markup, text):
            losing.append((text, sorted(missing)))
    assert len(losing) <= documents // 1000, losing[0]


def test_every_word_arrives_or_is_named() -> None:
    """No document loses a word without an error."""
    arrive(1, 1_000)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 12))
def test_every_word_of_many_arrives_or_is_named(seed: int) -> None:
    """The same for 20,000 documents."""
    arrive(seed, 2_000)
