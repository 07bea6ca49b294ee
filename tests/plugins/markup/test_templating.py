"""Template languages in bodies are reported, never printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.templating import VALUE, find, without


@pytest.mark.parametrize(
    ("text", "shown", "hint"),
    [
        ("[a]({{ site.baseurl }}/a)", "{{ site.baseurl }}", "leave it out"),
        ("{{site.url}}/a", "{{site.url}}", "leave it out"),
        ("{{ page.image }}", "{{ page.image }}", "write the value itself"),
        ("[a]({% post_url 2013-a %})", "{% post_url 2013-a %}", "{filename}"),
        ('[a]({{< ref "b.md" >}})', '{{< ref "b.md" >}}', "{filename}"),
        ("{% highlight ruby %}\nx\n{% endhighlight %}", "{% highlight ruby %}", "```"),
        ("{% include a.html %}", "{% include a.html %}", "the included file"),
        ("{%- raw -%}{{ a }}{% endraw %}", "{%- raw -%}", "take it out"),
        ("{% comment %}\n{{ a }}\n{% endcomment %}", "{% comment %}", "<!-- ... -->"),
        ('{{< figure\n  src="a.png" >}}', '{{< figure src="a.png" >}}', "![what it shows]"),
        ("{{< youtube abc >}}", "{{< youtube abc >}}", "<iframe>"),
        ("{% youtube abc %}", "{% youtube abc %}", "<iframe>"),
        ("{{% notice note %}}a{{% /notice %}}", "{{% notice note %}}", "!!! note"),
        ("{{< unheard >}}a{{< /unheard >}}", "{{< unheard >}}", "Markdown or HTML"),
        ("{# a comment #}", "{# a comment #}", "Markdown or HTML"),
        ("{{{ raw }}}", "{{{ raw }}}", "write the value itself"),
        ("<a href='{{ a }}'>", "{{ a }}", "write the value itself"),
    ],
)
def test_one_problem_with_what_to_write_instead(text: str, shown: str, hint: str) -> None:
    """Each occurrence is one problem, its end included, with a hint that fits it."""
    (problem,) = find(f"Text.\n\n{text}\n", 10, "posts/a.md")
    assert (problem.path, problem.line, problem.field) == ("posts/a.md", 12, "body")
    assert problem.message.startswith(f"{shown} is ")
    assert hint in problem.hint
    assert "render_with_liquid: false" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        *("`{{ a }}` and ``{% b %}``", "```\n{{ a }}\n```", "~~~\n{{< a >}}\n~~~", "    {{ a }}"),
        *("<!-- {{ a }} -->", "<pre>{{ a }}</pre>", "<code>{% a %}</code>", "\\{{ a }}"),
        *("<script>a = '{{ b }}'</script>", "{{ open", "open }}", "{{ a\n\n b }}", "# A {#id}"),
        *("[a]({filename}b.md)", "a { b } c", "{: .lead }", "50% {of} it"),
    ],
)
def test_what_is_shown_on_purpose_is_no_problem(text: str) -> None:
    """Code, comments, escaped braces and our own marks may hold braces."""
    assert find(text) == ()


@pytest.mark.parametrize("text", ["a\n    {{ b }}", "- a\n\n    {{ b }}", "\\\\{{ b }}"])
def test_what_only_looks_protected_is_reported(text: str) -> None:
    """Indentation inside a paragraph or a list is no code, and an escaped backslash escapes not."""
    assert len(find(text)) == 1


def test_every_occurrence_is_reported_in_order() -> None:
    """Two on one line are two problems, each line its own."""
    found = find("{{ a }} {% b %}\n{{ c }}")
    assert [(problem.line, problem.message.split(" is ")[0]) for problem in found] == [
        (1, "{{ a }}"),
        (1, "{% b %}"),
        (2, "{{ c }}"),
    ]


def test_an_end_without_a_beginning_is_reported() -> None:
    """A stray end would be printed too."""
    assert [problem.line for problem in find("a\n{% endif %}\n{{< /b >}}")] == [2, 3]


def test_long_tags_are_shown_short() -> None:
    """The message stays readable whatever the tag holds."""
    (problem,) = find("{{< figure src='" + "a" * 500 + "' >}}")
    assert len(problem.message) < 110


@given(st.text(alphabet="{}%<>#/ab \n\\`-", max_size=200))
def test_lines_are_lines_of_the_text(text: str) -> None:
    """Whatever stands there, a problem's line has an opening brace."""
    lines = text.split("\n")
    for problem in find(text):
        assert "{" in lines[problem.line - 1]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a {{ b }} [c]({{ d }}/e)", f"a {VALUE} [c]({VALUE}/e)"),
        ("{% include\na %}\nb", f"{VALUE}\n\nb"),
        ("{{< notice >}}\n[a](b)\n{{< /notice >}}", f"{VALUE}\n[a](b)\n{VALUE}"),
        ("{% highlight c %}\n[a](b)\n{% endhighlight %}\nd", f"{VALUE}\n\n\nd"),
        ("`{{ a }}` \\{{ b }}", "`{{ a }}` \\{{ b }}"),
    ],
)
def test_the_rest_can_be_checked(text: str, rest: str) -> None:
    """Template language is taken out, line breaks stay, and code between tags goes with them."""
    assert without(text) == rest
