"""Words for a schedule, such as "08:00 Europe/Berlin mon-fri", and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.model.channel import Schedule

FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = tuple(day[:3] for day in FULL_DAYS)
NAMES = {"daily": range(1, 8), "weekdays": range(1, 6), "weekends": range(6, 8)}


@dataclass(frozen=True, slots=True)
class When:
    """A time of day, a zone and days of the week (ISO numbers)."""

    at: time
    zone: str
    weekdays: frozenset[int]


def read(words: str, zone: str) -> When | str:
    """Read words for a schedule.

    Args:
        words: a time, then in any order a zone and days: "8:00", "08:00 Europe/Berlin", "8:30 mon-fri",
            "7:15 Asia/Kolkata sat,sun".
        zone: the zone to assume when none is named.

    Returns:
        What was read, or one sentence on what was not understood.
    """
    at: time | None = None
    weekdays = frozenset(range(1, 8))
    for word in words.split():
        if match := re.fullmatch(r"(\d{1,2})[:.](\d{2})", word):
            hour, minute = int(match[1]), int(match[2])
            if hour > 23 or minute > 59:
                return f"“{word}” is no time of day."
            at = time(hour, minute)
        elif (days := _days(word.lower())) is not None:
            weekdays = days
        elif (known := known_zone(word)) is not None:
            zone = known
        else:
            return f"“{word}” is neither a time (08:00), nor a zone (Europe/Berlin), nor days (mon-fri)."
    if at is None:
        return "A time of day is missing, such as 08:00."
    return When(at, zone, weekdays)


def known_zone(name: str) -> str | None:
    """Return a zone's proper name, however it is cased; None when there is no such zone."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        folded = {zone.casefold(): zone for zone in available_timezones()}
        return folded.get(name.casefold())


def describe(schedule: Schedule) -> str:
    """Return a schedule as words: "08:00 Europe/Berlin, mon-fri"."""
    days = sorted(schedule.weekdays)
    for name, span in NAMES.items():
        if days == list(span):
            return f"{schedule.at:%H:%M} {schedule.zone}, {name}"
    return f"{schedule.at:%H:%M} {schedule.zone}, {', '.join(DAYS[number - 1] for number in days)}"


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
