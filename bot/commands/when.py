"""Words for a schedule, such as "08:00 Europe/Berlin mon-fri", and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.model.channel import Schedule

FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = tuple(day[:3] for day in FULL_DAYS)
NAMES = {"daily": range(1, 8), "weekdays": range(1, 6), "weekends": range(6, 8)}
EVERY_DAY = frozenset(range(1, 8))

MOST_TIMES = 24
"""Digests a day of one channel."""


@dataclass(frozen=True, slots=True)
class When:
    """Times of day in order, a zone, and days of the week (ISO numbers)."""

    times: tuple[time, ...]
    zone: str
    weekdays: frozenset[int]


def read(words: str, zone: str) -> When | str:
    """Read words for a schedule.

    Args:
        words: times, then in any order a zone and days: "8:00", "08:00 Europe/Berlin", "8:30,17:00 mon-fri",
            "7:15 Asia/Kolkata sat,sun", "every 6h", "cron 0 8,17 * * 1-5 Europe/Berlin".
        zone: the zone to assume when none is named.

    Returns:
        What was read, or one sentence on what was not understood.
    """
    opening = _opening(words.split())
    if isinstance(opening, str):
        return opening
    times, weekdays, rest = opening
    for word in rest:
        if (found := _times(word)) is not None:
            if isinstance(found, str):
                return found
            times += found
        elif (days := _days(word.lower())) is not None:
            weekdays = days
        elif (named := known_zone(word)) is not None:
            zone = named
        else:
            return f"“{word[:40]}” is neither a time (08:00), nor a zone (Europe/Berlin), nor days (mon-fri)."
    if not times:
        return "A time of day is missing, such as 08:00."
    ordered = tuple(sorted(set(times)))
    if len(ordered) > MOST_TIMES:
        return f"A channel gets at most {MOST_TIMES} digests a day."
    return When(ordered, zone, weekdays)


def _opening(parts: list[str]) -> tuple[tuple[time, ...], frozenset[int], list[str]] | str:
    """Read "every 6h" or "cron …" at the beginning; return what they name, and the words after them."""
    match parts:
        case ["cron", *fields]:
            read_fields = _cron(fields[:5])
            return read_fields if isinstance(read_fields, str) else (*read_fields, fields[5:])
        case ["every", span, *rest] if found := re.fullmatch(r"(\d{1,2})h(ours?)?", span):
            hours = int(found[1])
            if hours and 24 % hours == 0:
                return tuple(time(hour) for hour in range(0, 24, hours)), EVERY_DAY, rest
            return "“every” takes hours that divide the day: 1h, 2h, 3h, 4h, 6h, 8h, 12h or 24h."
        case _:
            return (), EVERY_DAY, parts


def known_zone(name: str) -> str | None:
    """Return a zone's proper name, however it is cased; None when there is no such zone."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        folded = {zone.casefold(): zone for zone in available_timezones()}
        return folded.get(name.casefold())


def describe(schedules: Sequence[Schedule]) -> str:
    """Return schedules as words: "08:00 and 17:00 Europe/Berlin, weekdays, not on holidays of DE"."""
    groups: dict[str, list[str]] = {}
    for schedule in sorted(schedules, key=lambda one: one.at):
        groups.setdefault(_tail(schedule), []).append(f"{schedule.at:%H:%M}")
    return "; ".join(f"{', '.join(times)} {tail}" for tail, times in groups.items())


def _tail(schedule: Schedule) -> str:
    days = sorted(schedule.weekdays)
    named = next((name for name, span in NAMES.items() if days == list(span)), None)
    tail = f"{schedule.zone}, {named or ', '.join(DAYS[number - 1] for number in days)}"
    return f"{tail}, not on holidays of {schedule.holidays}" if schedule.holidays else tail


def _times(word: str) -> tuple[time, ...] | str | None:
    """Read "8:00" or "8:00,17.30"; None when it is something else, a sentence when it is no time of day."""
    if not re.fullmatch(r"\d{1,2}[:.]\d{2}(,\d{1,2}[:.]\d{2})*", word):
        return None
    found: list[time] = []
    for part in word.split(","):
        hour, minute = (int(number) for number in re.split(r"[:.]", part))
        if hour > 23 or minute > 59:
            return f"“{part}” is no time of day."
        found.append(time(hour, minute))
    return tuple(found)


def _days(word: str) -> frozenset[int] | None:
    """Read "mon", "mon-fri", "sat,sun", "daily"; None when it is something else."""
    if word in NAMES:
        return frozenset(NAMES[word])
    found: set[int] = set()
    for part in word.split(","):
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        if start is None or end is None:
            return None
        found.update((start + step - 1) % 7 + 1 for step in range((end - start) % 7 + 1))
    return frozenset(found)


def _day(name: str) -> int | None:
    """Return the ISO number of a day called "mon", "monday"; None when it is no day."""
    for number, day in enumerate(FULL_DAYS, 1):
        if len(name) >= len("mon") and day.startswith(name):
            return number
    return None


def _cron(fields: Sequence[str]) -> tuple[tuple[time, ...], frozenset[int]] | str:
    """Read the five fields of a crontab line, as far as they name times of day and days of the week."""
    if len(fields) < 5:
        return "“cron” takes five fields: minute, hour, day of the month, month, day of the week."
    minutes, hours = _field(fields[0], 0, 59), _field(fields[1], 0, 23)
    named = fields[4].lower()
    for number, day in enumerate(DAYS, 1):
        named = named.replace(day, str(number))
    days = _field(named, 0, 7)
    if fields[2] != "*" or fields[3] != "*":
        return "Days of the month and months must be “*”: leave out single dates with “digest skip”."
    if minutes is None or hours is None or days is None:
        return (
            "Those cron fields cannot be read: use numbers, lists (8,17), ranges (1-5), steps (*/6) and “*”."
        )
    times = tuple(time(hour, minute) for hour in hours for minute in minutes)
    return times, frozenset(day or 7 for day in days)  # in a crontab, 0 and 7 are both Sunday


def _field(text: str, low: int, high: int) -> list[int] | None:
    """Read one field: "*", "*/6", "8", "8,17", "1-5", "0-59/15"; None when it is something else."""
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", part)
        if match is None or match[3] == "0":
            return None
        start = int(match[1]) if match[1] else low
        end = int(match[2]) if match[2] else (high if match[1] is None else start)
        if not low <= start <= end <= high:
            return None
        found.update(range(start, end + 1, int(match[3] or 1)))
    return sorted(found)
