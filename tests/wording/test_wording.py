"""Text, dates, numbers and lists in a language, and what stands in for a language we lack."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from tests.conftest import ROOT
from wording import Wording, wording_for
from wording.tags import chain


def test_english_is_the_text_itself() -> None:
    """English needs no catalogue: the message is the text, in the form that goes with a number."""
    english = wording_for("en")
    assert english.gettext("Archive") == "Archive"
    assert [english.ngettext("a post", "posts", n) for n in (0, 1, 2)] == [
        "posts",
        "a post",
        "posts",
    ]


def test_german_has_its_own_text() -> None:
    """A language with a catalogue is read from it, and a region of it too."""
    assert wording_for("de").reading_time(5) == "5 Min. Lesezeit"
    assert wording_for("de-AT").reading_time(5) == "5 Min. Lesezeit"


@pytest.mark.parametrize("lang", ["xx", "en-GB", "tlh", "not a tag", ""])
def test_a_language_without_a_catalogue_is_english(lang: str) -> None:
    """What has no text is shown in English with English dates, and nothing fails."""
    assert wording_for(lang).reading_time(5) == "5 min read"
    assert wording_for(lang).date(date(2026, 5, 19)) == "19 May 2026"


def test_a_tag_is_looked_up_from_narrow_to_wide() -> None:
    """RFC 4647: subtags are dropped from the end, a singleton together with what it begins."""
    assert chain("zh-Hant-TW") == ("zh-hant-tw", "zh-hant", "zh")
    assert chain("de_AT") == ("de-at", "de")
    assert chain("de-x-plain") == ("de-x-plain", "de")


@pytest.mark.parametrize(
    ("lang", "long", "short", "month", "month_year"),
    [
        ("en", "19 May 2026", "19 May", "May", "May 2026"),
        ("en-US", "May 19, 2026", "May 19", "May", "May 2026"),
        ("de", "19. Mai 2026", "19. Mai", "Mai", "Mai 2026"),
        ("pt-BR", "19 de maio de 2026", "19 de mai.", "Maio", "maio de 2026"),
        ("zh-Hans", "2026年5月19日", "5月19日", "五月", "2026年5月"),
        ("de-1901", "19. Mai 2026", "19. Mai", "Mai", "Mai 2026"),
    ],
)
def test_dates(lang: str, long: str, short: str, month: str, month_year: str) -> None:
    """Every form of a date is that of the language."""
    day, words = datetime(2026, 5, 19, 10, tzinfo=UTC), wording_for(lang)
    found = (words.date(day), words.short_date(day), words.month(day), words.month_year(day))
    assert found == (long, short, month, month_year)


def test_a_day_is_written_once() -> None:
    """The same day in the same language is not formatted again."""
    words = wording_for("de")
    assert words.date(date(2026, 5, 19)) is words.date(datetime(2026, 5, 19, 23, tzinfo=UTC))


def test_machine_dates() -> None:
    """What `<time datetime>` holds depends on no language: a moment to the second, a day."""
    moment = datetime(2026, 5, 19, 10, 30, 1, 999, tzinfo=UTC)
    assert wording_for("de").machine_date(moment) == "2026-05-19T10:30:01+00:00"
    assert wording_for("ar").machine_date(date(2026, 5, 19)) == "2026-05-19"


@pytest.mark.parametrize(("lang", "text"), [("en", "12,345.5"), ("de", "12.345,5")])
def test_numbers(lang: str, text: str) -> None:
    """A number has the marks of its language."""
    assert wording_for(lang).number(12345.5) == text


@pytest.mark.parametrize(
    ("lang", "count", "text"),
    [("en", 1, "a"), ("en", 2, "a and b"), ("en", 3, "a, b and c"), ("de", 3, "a, b und c"),
     ("en-US", 3, "a, b, and c"), ("ja", 4, "a、b、c、d"), ("en", 0, "")],
)  # fmt: skip
def test_lists(lang: str, count: int, text: str) -> None:
    """A list reads as a sentence of its language has it."""
    assert wording_for(lang).join("abcd"[:count]) == text


def test_a_list_is_safe_for_html() -> None:
    """What is no HTML yet is escaped; what is stays."""
    assert wording_for("en").join(["<b>", Markup("<i>")]) == "&lt;b&gt; and <i>"


@pytest.mark.parametrize(
    ("lang", "side"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"),
     ("az", "ltr"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("yi", "rtl"), ("dv", "rtl"),
     ("xx", "ltr"), ("zh-Hant", "ltr")],
)  # fmt: skip
def test_direction(lang: str, side: str) -> None:
    """The script decides which way a language is written: the tag's own, or the usual one."""
    assert wording_for(lang).direction == side


def test_languages_call_themselves_by_their_own_names() -> None:
    """A language switch names each language as its readers do."""
    names = [wording_for("en").language_name(tag) for tag in ("de", "fr", "ja", "pt-BR", "xx")]
    assert names == ["Deutsch", "Français", "日本語", "Português (Brasil)", "xx"]


def test_wording_can_be_sent_to_a_worker() -> None:
    """It pickles as its tag alone, and is the same on the other side."""
    sent = pickle.dumps(wording_for("de"))
    assert pickle.loads(sent) == Wording("de")
    assert len(sent) < 120


def test_babel_is_not_loaded_for_english_text() -> None:
    """A command that shows English text does not wait for Babel."""
    code = (
        "import sys; from wording import wording_for; wording_for('en').gettext('Archive');"
        "sys.exit(any(name.partition('.')[0] == 'babel' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
