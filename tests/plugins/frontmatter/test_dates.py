"""Dates in every form the tools write, and the ones that are refused."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.values import Fault

BERLIN = ZoneInfo("Europe/Berlin")
DAY = datetime(2024, 3, 1, tzinfo=BERLIN)
HALF_PAST = datetime(2024, 3, 1, 10, 30, tzinfo=BERLIN)
IN_UTC = datetime(2024, 3, 1, 10, 30, tzinfo=UTC)
EAST = timezone(timedelta(hours=1))
EST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-01", DAY),
        (" 2024-03-01\n", DAY),
        ("2024-3-1", DAY),
        ("2024/03/01", DAY),
        ("2024.03.01", DAY),
        ("20240301", DAY),
        (20240301, DAY),
        ("1 March 2024", DAY),
        ("1st of March 2024", DAY),
        ("01-Mar-2024", DAY),
        ("March 1, 2024", DAY),
        ("Mar 1st, 2024", DAY),
        ("Mar 01 2024", DAY),
        ("Friday, March 1, 2024", DAY),
        ("Sept. 9, 2024", datetime(2024, 9, 9, tzinfo=BERLIN)),
        ("2024-03-01 10:30", HALF_PAST),
        ("2024-03-01T10:30", HALF_PAST),
        ("2024-03-01t10:30:00", HALF_PAST),
        ("2024/03/01 10:30:00", HALF_PAST),
        ("20240301103000", HALF_PAST),
        ("2024-03-01 10:30 AM", HALF_PAST),
        ("March 1, 2024 10:30 am", HALF_PAST),
        ("March 1, 2024 at 10:30", HALF_PAST),
        ("1 March 2024 10:30", HALF_PAST),
        ("2024-03-01 12:30 am", datetime(2024, 3, 1, 0, 30, tzinfo=BERLIN)),
        ("2024-03-01 12:30 p.m.", datetime(2024, 3, 1, 12, 30, tzinfo=BERLIN)),
        ("2024-03-01T10:30:00Z", IN_UTC),
        ("20240301T103000Z", IN_UTC),
        ("2024-03-01 10:30:00 +0000", IN_UTC),
        ("2024-03-01 10:30:00 UTC", IN_UTC),
        ("2024-03-01 11:30:00 +01:00", IN_UTC),
        ("2024-03-01 11:30:00+01", IN_UTC),
        ("2024-03-01 05:30:00 \u22125:00", IN_UTC),
        ("2024-03-01 05:30:00 EST", IN_UTC),
        ("2024-03-01 06:30:00 EDT", IN_UTC),
        ("2024-03-01 02:30:00 PST", IN_UTC),
        ("2024-03-01 11:30:00 Europe/Berlin", IN_UTC),
        ("2024-03-01T11:30:00+01:00[Europe/Berlin]", IN_UTC),
        ("Fri, 01 Mar 2024 10:30:00 +0000", IN_UTC),
        ("Fri, 01 Mar 2024 10:30:00 GMT", IN_UTC),
        ("Fri Mar 01 2024 11:30:00 GMT+0100 (Central European Standard Time)", IN_UTC),
        ("1709289000", IN_UTC),
        (1709289000, IN_UTC),
        (1709289000.0, IN_UTC),
        (1709289000000, IN_UTC),
        ("2024-03-01T10:30:00.25Z", IN_UTC.replace(microsecond=250_000)),
        ("2024-03-01T10:30:00.123456789Z", IN_UTC.replace(microsecond=123_456)),
        (date(2024, 3, 1), DAY),
        (datetime(2024, 3, 1, 10, 30), HALF_PAST),  # noqa: DTZ001  # as TOML gives it
        (IN_UTC, IN_UTC),
        ("1969-07-20T20:17:40Z", datetime(1969, 7, 20, 20, 17, 40, tzinfo=UTC)),
        ("0001-01-02", datetime(1, 1, 2, tzinfo=BERLIN)),
        ("9999-12-30", datetime(9999, 12, 30, tzinfo=BERLIN)),
    ],
)
def test_a_date_is_read(value: object, moment: datetime) -> None:
    """Every form gives the one moment it names, in the site's zone where it names none."""
    found = parse_date(value, BERLIN)
    assert found == moment
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2024-02-30", '"2024-02-30" does not exist: February 2024 has 29 days'),
        ("2023-02-29", '"2023-02-29" does not exist: February 2023 has 28 days'),
        ("2024-13-01", '"2024-13-01" does not exist: there is no month 13'),
        ("2024-00-01", '"2024-00-01" does not exist: there is no month 0'),
        ("2024-03-01 25:00", '"2024-03-01 25:00" does not exist: there is no hour 25'),
        ("2024-03-01 10:60", '"2024-03-01 10:60" does not exist: there is no minute 60'),
        ("2024-03-01 10:30:60", '"2024-03-01 10:30:60" does not exist: there is no second 60'),
        (
            "2024-03-01 13:00 pm",
            '"2024-03-01 13:00 pm" does not exist: there is no hour 13 am or pm',
        ),
        ("0000-03-01", '"0000-03-01" does not exist: years go from 1 to 9999'),
        ("32 March 2024", '"32 March 2024" does not exist: March 2024 has 31 days'),
        ("1 März 2024", '"1 März 2024" names no month in English ("März")'),
        ("2024", '"2024" is a year, not a date'),
        pytest.param(2024, '"2024" is a year, not a date', id="a number"),
        ("2024-03", '"2024-03" has no day'),
        ("2024-W10-5", '"2024-W10-5" is a week, not a day'),
        ("03/04/2024", '"03/04/2024" can be read as two dates'),
        ("3.4.2024 10:30", '"3.4.2024 10:30" can be read as two dates'),
        ("25/12/2024", '"25/12/2024" puts the year last, where day and month look alike'),
        ("1/2/24", '"1/2/24" does not say which century'),
        ("2024-03-01 (planned)", '"2024-03-01 (planned)" is more than a date'),
        ("2024-03-01 10:30 BST", 'the time zone "BST" is not one with a single meaning'),
        ("2024-03-01 10:30 +25:00", 'the time zone "+25:00" is not one with a single meaning'),
        (
            "2024-03-01 10:30 Europe/Bonn",
            'the time zone "Europe/Bonn" is not one with a single meaning',
        ),
        (
            "2024-03-01 10:30 a/../../etc/hosts",
            '"2024-03-01 10:30 a/../../etc/hosts" is more than a date',
        ),
        ("tomorrow", '"tomorrow" is not a date'),
        ("", '"" is not a date'),
        (True, "true is not a date"),
        (None, "nothing is not a date"),
        (["2024-03-01"], "a list is not a date"),
        ({"year": 2024}, "a mapping is not a date"),
        (time(10, 30), "10:30:00 is not a date"),
        (float("nan"), '"nan" is not a date'),
        (12345, '"12345" is not a date'),
        pytest.param(10**5000, '"an endless number" is not a date', id="endless"),
        (
            datetime(1, 1, 1, tzinfo=EAST),
            "0001-01-01 00:00:00+01:00 is outside the years 1 to 9999",
        ),
        ("9999-12-31 23:00 -0500", '"9999-12-31 23:00 -0500" is outside the years 1 to 9999'),
    ],
)
def test_what_is_no_date_is_refused(value: object, message: str) -> None:
    """Nothing is guessed, and the message says what it is that cannot be read."""
    with pytest.raises(Fault) as raised:
        parse_date(value, BERLIN)
    assert raised.value.message == message


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("03/04/2024", "write 2024-03-04 or 2024-04-03"),
        ("25/12/2024", "write 2024-12-25"),
        ("04/04/2024", "write 2024-04-04"),
        ("2024-03-01 (planned)", "write 2024-03-01"),
        ("2024", "write the day, as in 2024-03-01"),
        ("tomorrow", "write it as 2024-03-01 or 2024-03-01 10:30"),
    ],
)
def test_a_refusal_says_what_to_write(value: str, hint: str) -> None:
    """Where the readings can be named they are."""
    with pytest.raises(Fault) as raised:
        parse_date(value, BERLIN)
    assert raised.value.hint == hint


def test_a_written_zone_is_kept() -> None:
    """A date is shown as its writer wrote it: the offset stays."""
    assert parse_date("2024-03-01 23:30 -0500", BERLIN).isoformat() == "2024-03-01T23:30:00-05:00"


@pytest.mark.parametrize("clock", ["02:30", "03:30"])
def test_an_hour_that_the_clock_skips_or_repeats_is_a_date(clock: str) -> None:
    """On the days the clock changes every time can be written, and compared."""
    for day in ("2024-03-31", "2024-10-27"):
        assert parse_date(f"{day} {clock}", BERLIN) > DAY


def test_a_date_can_be_sent_to_another_process() -> None:
    """Dates survive pickling with every kind of zone."""
    for written in ("2024-03-01", "2024-03-01 10:30 EST", "2024-03-01 10:30 Europe/Paris"):
        moment = parse_date(written, BERLIN)
        assert pickle.loads(pickle.dumps(moment)) == moment


moments = st.datetimes(
    datetime(1000, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(9998, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, EAST, EST, timezone(timedelta(hours=5, minutes=30))]),
).map(lambda moment: moment.replace(microsecond=0))


@given(moments)
def test_what_programs_print_is_read_back(moment: datetime) -> None:
    """ISO 8601, Jekyll's form, RFC 5322 and Unix time give back the moment they were made from."""
    forms = [
        moment.isoformat(),
        moment.strftime("%Y-%m-%d %H:%M:%S %z").rjust(25, "0"),
        format_datetime(moment),
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z").rjust(24, "0"),
    ]
    assert {parse_date(form, BERLIN) for form in forms} == {moment}


@given(st.one_of(st.text(), st.from_regex(r"[0-9/:. -]{1,20}", fullmatch=True)))
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    """No text crashes the reader, and no date comes without a zone."""
    try:
        found: datetime | Fault = parse_date(text, BERLIN)
    except Fault as fault:
        found = fault
    assert found.hint if isinstance(found, Fault) else found.tzinfo
