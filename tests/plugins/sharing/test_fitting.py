"""Words in the bundled font."""

from __future__ import annotations

import pytest

from plugins.sharing.fitting import fit, font, shortened, writable


@pytest.mark.parametrize(
    "text",
    [
        "Größe, naïveté – Łódź, Şişli, Ørsted",
        "Что знает жюри",
        "Ξένες γραφές",
        "Tiếng Việt",
    ],
)
def test_latin_cyrillic_and_greek_can_be_written(text: str) -> None:
    """Every letter of them."""
    assert writable(text) == text


@pytest.mark.parametrize("text", ["手紙の頁", "رسائل القراء", "ข่าว", "Letters 手紙"])
def test_a_title_that_cannot_be_written_whole_is_not_written(text: str) -> None:
    """Half a title, or a row of boxes, is worse than none."""
    assert writable(text) == ""


def test_symbols_can_be_done_without() -> None:
    """An emoji leaves its sentence alone."""
    assert writable("Hello 👋🏽 world 🎉") == "Hello world"


@pytest.mark.parametrize("words", [1, 4, 12, 30, 200])
@pytest.mark.parametrize("word", ["listening", "Donaudampfschifffahrtsgesellschaftskapitän"])
def test_any_title_fits(word: str, words: int) -> None:
    """No line is wider than the space, nor all of them higher; short titles are large."""
    made = fit(" ".join([word] * words), 1000, 320)
    assert all(font(made.size).getlength(line) <= 1000 for line in made.lines)
    assert len(made.lines) * made.leading <= 320
    shown, whole = "".join(made.lines).replace(" ", ""), word * words
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))
    assert (shown == whole) == (words == 1 or (words in (4, 12) and word == "listening"))
    assert words > 1 or made.size >= 84


def test_a_line_is_cut_where_it_ends() -> None:
    """With an ellipsis, and only if it has to."""
    at = font(34)
    assert shortened("Short", at, 500) == "Short"
    cut = shortened("A very long list of authors", at, 200)
    assert cut.endswith("…")
    assert at.getlength(cut) <= 200
