"""The code a theme puts into its pages."""

from __future__ import annotations

from pathlib import Path

from plugins.hosting.policy import Code
from plugins.pages.inline import code_of
from plugins.pages.theme import load_theme


def test_code_that_stands_in_templates_is_known(tmp_path: Path) -> None:
    """That of the theme and of overrides; not what is made from values, nor data."""
    theme, own = tmp_path / "theme", tmp_path / "own"
    (theme / "templates").mkdir(parents=True)
    own.mkdir()
    (theme / "theme.toml").write_text('views = 1\n[scripts]\nfirst = "f.js"\n')
    (theme / "f.js").write_text("first()\n")
    (theme / "templates/a.html").write_text(
        "<style>a{x:y}</style><script>{{ site.script }}</script>"
        '<script type="application/ld+json">{}</script>'
    )
    (own / "b.html").write_text("<script>\n  go()\n</script>")
    loaded = load_theme(theme)
    assert loaded is not None
    assert code_of(loaded, [own]) == Code(("\n  go()\n", "first()"), ("a{x:y}",))
