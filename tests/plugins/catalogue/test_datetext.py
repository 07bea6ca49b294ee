"""Dates as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.catalogue.datetext import DateText

LATE = datetime(2026, 5, 19, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "20 May 2026"),
        ("en-US", "May 20, 2026"),
        ("en-gb", "20 May 2026"),
        ("de", "20. Mai 2026"),
        ("pt-BR", "20 de maio de 2026"),
        ("zz-unknown", "20 May 2026"),
        ("", "20 May 2026"),
    ],
)
def test_a_date_is_in_the_language_of_the_page_and_the_zone_of_the_site(
    lang: str, text: str
) -> None:
    """Late in the evening UTC it is already tomorrow in London's summer."""
    assert DateText("Europe/London")(LATE, lang).text == text


def test_the_machine_readable_date_is_the_moment() -> None:
    """ISO 8601 with the offset of the site's zone, to the second."""
    assert DateText("Europe/London")(LATE, "en").iso == "2026-05-20T00:30:00+01:00"


@pytest.mark.parametrize(
    ("lang", "short"), [("en", "19 May"), ("en-US", "May 19"), ("fr", "19 mai")]
)
def test_the_archive_leaves_out_what_stands_above(lang: str, short: str) -> None:
    """A day has no year, in the language of the page."""
    moment = datetime(2026, 5, 19, 9, 30, tzinfo=UTC)
    shown = DateText("Europe/London").short(moment, lang)
    assert (shown.text, shown.iso) == (short, "2026-05-19T10:30:00+01:00")


def test_the_hour_that_comes_twice_is_shown_as_written() -> None:
    """Two moments that Python takes for equal, as their zone is the same, are shown as two."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    shown = [DateText("UTC")(moment, "en").iso for moment in (first, first.replace(fold=1), first)]
    assert shown == [
        "2026-10-25T00:30:00+00:00",
        "2026-10-25T01:30:00+00:00",
        "2026-10-25T00:30:00+00:00",
    ]
