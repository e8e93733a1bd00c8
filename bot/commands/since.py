"""Words for a moment in the past, such as "3d", "monday" or "2026-05-11"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.slots import instant

UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def moment(words: str, now: datetime, zone: str) -> datetime | None:
    """Return the moment that words name, reckoned from now on the clocks of a zone.

    Args:
        words: "12h", "3d", "2w", "today", "yesterday", a day of the week (the last before today) or a date.
        now: the present moment, aware.
        zone: IANA name.

    Returns:
        An aware moment in UTC, not after now; None when the words name none.
    """
    plain = words.strip().lower()
    clock = ZoneInfo(zone)
    today = now.astimezone(clock).date()
    if match := re.fullmatch(r"(\d{1,3})([hdw])", plain):
        return max(now - int(match[1]) * UNITS[match[2]], EARLIEST)
    if plain in ("today", "yesterday"):
        day = today - timedelta(days=int(plain == "yesterday"))
    elif plain in WEEKDAYS:
        back = (today.weekday() - WEEKDAYS.index(plain)) % 7 or 7
        day = today - timedelta(days=back)
    else:
        try:
            day = datetime.strptime(plain, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            return None
    if day.year < EARLIEST.year + 1:
        return EARLIEST
    return min(instant(day, time(0), clock), now)
