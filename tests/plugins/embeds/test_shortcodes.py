"""The short forms of other generators."""

from __future__ import annotations

import pytest

from plugins.embeds.shortcodes import expand

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ("{{< youtube dQw4w9WgXcQ >}}", VIDEO),
        ('{{< youtube "dQw4w9WgXcQ" >}}', VIDEO),
        ('{{< youtube id="dQw4w9WgXcQ" title="A talk" >}}', VIDEO),
        ("{{< youtube id=dQw4w9WgXcQ autoplay=true />}}", VIDEO),
        ("{{% youtube dQw4w9WgXcQ %}}", VIDEO),
        ("{% youtube dQw4w9WgXcQ %}", VIDEO),
        ("  {%- youtube 'dQw4w9WgXcQ' -%}  ", VIDEO),
        (f"{{% embed {VIDEO} %}}", VIDEO),
        (f"[youtube {VIDEO}]", VIDEO),
        (f"[embed]{VIDEO}[/embed]", VIDEO),
        ("{{< vimeo 76979871 >}}", "https://vimeo.com/76979871"),
        ("{% vimeo 76979871 %}", "https://vimeo.com/76979871"),
        ("{% spotify spotify:episode:7makk4 %}", "https://open.spotify.com/episode/7makk4"),
        (
            '[soundcloud url="https://soundcloud.com/somebody/a-song"]',
            "https://soundcloud.com/somebody/a-song",
        ),
    ],
)
def test_a_short_form_is_the_address_it_means(form: str, address: str) -> None:
    """On a line of its own, whatever generator it comes from; every other line stays in its place."""
    assert expand(f"Before\n\n{form}\n\nAfter") == f"Before\n\n{address}\n\nAfter"


@pytest.mark.parametrize(
    "text",
    [
        "`{{< youtube dQw4w9WgXcQ >}}`",
        "```\n{{< youtube dQw4w9WgXcQ >}}\n```",
        "    {{< youtube dQw4w9WgXcQ >}}",
        "See {{< youtube dQw4w9WgXcQ >}} here",
        "{{< youtube >}}",
        "{{< figure src=a.jpg >}}",
        "{% embed https://example.org/ %}",
        "{% youtube page.video %}",
        "[video of the talk]",
        "{{< vimeo not/a/number >}}",
    ],
)
def test_what_is_no_short_form_stays(text: str) -> None:
    """Code, forms within a sentence, and forms that name nothing known are somebody else's."""
    assert expand(text) == text
