from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.dates import parse_date

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
FIFTH = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 +0000", "Thu, 1 Jan 2026 00:00 UT",
        "1 January 2026",
        "Wed, 31 Dec 2025 19:00:00 EST", "Wed, 31 Dec 2025 19:00:00 -0500", "Thu, 01 Jan 26 00:00:00 GMT",
        "2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01 00:00:00", "2026-01-01T00:00:00.123456789Z",
        "2026-01",
        "2026", "2026-01-01T02:00:00+02:00", "20260101T000000Z", "20260101", "January 1, 2026",
        "Jan. 1st, 2026 12:00 AM",
        "Thu Jan  1 00:00:00 2026", "Thu Jan 1 00:00:00 GMT 2026", "01/01/2026", "1/1/2026 00:00:00",
        "01.01.2026",
        "2026/01/01", "1er janvier 2026", "1 de enero de 2026", "1. Januar 2026, 00:00", "2026年1月1日",
        "1767225600",
        "1767225600000", "2025-12-31T24:00:00Z", "Thu, 01 Jan 2026 00:00:00 +0000 (UTC)", 1767225600,
        1767225600.9,
        "  Thu,  01  Jan  2026   00:00:00 GMT ",
    ],
)  # fmt: skip
def test_many_forms_of_one_moment(text: object) -> None:
    assert parse_date(text) == NEW_YEAR


@pytest.mark.parametrize(
    "text",
    [
        "lun., 05 janv. 2026 10:00:00 +0100", "Mo, 05 Jan 2026 10:00 MEZ", "5 ene 2026 09:00",
        "5 gennaio 2026 09:00",
        "вт, 5 января 2026 12:00:00 +0300", "05/01/2026 09:00", "5 Jan 2026 9:00 am",
        "Monday, January 5, 2026 9:00 AM", "Mon,05 Jan 2026 09:00:00 GMT", "2026-005T09:00:00Z",
        "segunda-feira, 5 de janeiro de 2026 09:00", "2026. 1. 5. 09:00", "2026年1月5日(月) 09:00",
        "Mon Jan 05 2026 10:00:00 GMT+0100 (CET)",
    ],
)  # fmt: skip
def test_other_languages_and_clocks(text: str) -> None:
    wanted = datetime(2026, 5, 1, 9, tzinfo=UTC) if text.startswith("05/01") else FIFTH
    assert parse_date(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "soon", "0000-00-00", "31 Feb 2026", "Thu, 01 Jan 2026 25:61:00 GMT", "99999-01-01",
        "0001-01-01T00:00:00Z",
        "Mon, 01 Jan 0001 00:00:00 +0000", "1" * 50_000, "1 Foo 2026", None, [], {}, True, float("inf"),
        1e300, "12:00",
        "5 months 2026 of silence", "2026-13-01", "13/13/2026", "2026-366", "2026-000",
    ],
)  # fmt: skip
def test_what_is_no_date(text: object) -> None:
    assert parse_date(text) is None


@given(st.integers(86_400 * 365, 86_400 * 365 * 130), st.integers(-12, 14))
@settings(max_examples=150, deadline=None)
def test_what_programs_write_is_read_exactly(seconds: int, east: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    zone = f"{'-' if east < 0 else '+'}{abs(east):02}"
    wanted = datetime.fromisoformat(f"{moment.isoformat()}{zone}:00").astimezone(UTC)
    assert parse_date(f"{moment:%a, %d %b %Y %H:%M:%S} {zone}00") == wanted
    assert parse_date(f"{moment.isoformat()}{zone}:00") == wanted


@given(
    st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}( \d\d:\d\d)?", fullmatch=True)
)
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_odd(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or (moment.tzinfo is UTC and moment.microsecond == 0)
