"""Ages as pages print them, such as "2 days ago" or "yesterday", turned to times."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.sources.dates import parse_date

_UNITS = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),  # pages round to the month; thirty days is as near as they are
    "y": timedelta(days=365),
}
_UNIT_WORDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("mo", "mos", "mth", "mths", "month", "months"), "mo"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "y"),
}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
} | {
    "a": 1,
    "an": 1,
    "the": 1,
    "last": 1,
    "a few": 3,
    "few": 3,
    "several": 3,
    "a couple of": 2,
    "couple of": 2,
}
_FIXED = {
    **dict.fromkeys(
        ("now", "just now", "right now", "moments ago", "a moment ago", "today", "seconds ago"), 0
    ),
    "yesterday": 1,
    "the day before yesterday": 2,
    "last week": 7,
    "last month": 30,
    "last year": 365,
}

_LEAD = (
    r"(?:(?:published|posted|updated|added)\s*:?\s+)?"
    r"(?:(?:about|around|almost|nearly|over|more than|less than|~)\s*)?"
)
_COUNT = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_UNIT = "|".join(sorted(_UNIT_WORDS, key=len, reverse=True))
_AGE = re.compile(rf"{_LEAD}(?P<count>\d{{1,4}}|{_COUNT})\s*(?P<unit>{_UNIT})\.?(?P<ago>\s+(?:ago|old))?")
_SPOKEN = re.compile(rf"{_LEAD}(?P<words>{'|'.join(sorted(_FIXED, key=len, reverse=True))})")

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"(?:(?:last|on) )?({'|'.join(_WEEKDAYS)})(?:day|sday|nesday|rsday|urday)")
_DAY_OF_MONTH = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?\.? [^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?"
)

LONGEST = 48
"""No age or date on a line of its own is longer, in characters; prose that starts like one is."""


def reckon(line: str, captured_at: datetime) -> tuple[datetime, bool] | None:
    """Return the time that a line names and whether it is approximate; None when it names none.

    Args:
        line: a whole line, white space collapsed: an age ("an hour ago", "3h", "yesterday") or a date.
        captured_at: what ages are reckoned from, aware.
    """
    if not line or len(line) > LONGEST:
        return None
    folded = line.casefold().strip(" .·•|")
    if found := _AGE.fullmatch(folded):
        count, unit = found["count"], found["unit"]
        if found["ago"] or (count.isdigit() and len(unit) <= 3):  # "3h" is an age, "two weeks" is a headline
            number = int(count) if count.isdigit() else _NUMBERS[count]
            return captured_at - number * _UNITS[_UNIT_WORDS[unit]], True
    if found := _SPOKEN.fullmatch(folded):
        return captured_at - timedelta(days=_FIXED[found["words"]]), True
    if any(letter.isdigit() for letter in folded) and (
        moment := parse_date(re.sub(rf"^{_LEAD}", "", folded))
    ):
        # A date without hours is right to the day only.
        return moment, ":" not in folded
    return _without_year(folded, captured_at)


def _without_year(folded: str, captured_at: datetime) -> tuple[datetime, bool] | None:
    """Return the latest day of that name before the capture: "28 Jun", "June 28", "Saturday"."""
    if found := _WEEKDAY.fullmatch(folded):
        back = (captured_at.weekday() - _WEEKDAYS.index(found[1])) % 7
        return captured_at - timedelta(days=back), True
    if not _DAY_OF_MONTH.fullmatch(folded):
        return None
    for year in (captured_at.year, captured_at.year - 1):
        moment = parse_date(f"{folded} {year}")
        if moment and moment <= captured_at:
            return moment, True
    return None
