"""When digests are due: one slot a local date, whatever the clocks of the zone do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import log
from bot.digest.holidays import is_holiday
from bot.model.channel import Schedule, Slot

LOOK_BACK = timedelta(days=400)
"""How far back missed slots are put on record; older ones are beyond anybody's interest."""

SETTLED = timedelta(days=2)
"""A decision settles all dates before it, but for so many days: a change of zone may leave a date between."""

LOOK_AHEAD = timedelta(days=400)
"""How far ahead the next slots are sought; a schedule on one weekday has 57 in it."""

DAY = timedelta(days=1)

_log = log.get(__name__)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which the clocks of a zone first show a time of day, or first pass it.

    A time that the clocks show twice (autumn) is taken the first time; a time that they jump over (spring)
    becomes the first instant after the jump.

    Returns:
        An aware moment in UTC.
    """
    wall = datetime.combine(day, at)
    # PEP 495: in a gap, fold=0 reckons with the offset before the jump and fold=1 with the one after it.
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early >= late:
        return late
    while late - early > timedelta(seconds=1):  # the jump lies in (early, late]
        middle = early + (late - early) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Tell whether a zone has a date at all; a few have skipped one to change sides of the date line."""
    return instant(day, time(0), zone).astimezone(zone).date() == day


def slots(schedule: Schedule, first: date, last: date) -> Iterator[Slot]:
    """Yield the slots of a schedule from one local date to another, both included, in order."""
    zone = ZoneInfo(schedule.zone)
    day = first
    while day <= last:
        if _wanted(schedule, day) and exists(day, zone):
            yield Slot(
                schedule_id=schedule.id,
                channel_id=schedule.channel_id,
                local_date=day,
                due_at=instant(day, schedule.at, zone),
            )
        day += DAY


def _wanted(schedule: Schedule, day: date) -> bool:
    """Tell whether a schedule has a digest on a date."""
    if day.isoweekday() not in schedule.weekdays or day in schedule.skip_dates:
        return False
    return schedule.holidays is None or not is_holiday(day, schedule.holidays)


def owed(schedule: Schedule, decided: frozenset[date], now: datetime) -> tuple[Slot, ...]:
    """Return the slots that are due and on which nothing is decided yet, oldest first.

    Args:
        schedule: the schedule.
        decided: the local dates that have a decision on record; of those SETTLED before the last one, all.
        now: the present moment, aware.

    Raises:
        ZoneInfoNotFoundError: this machine does not know the schedule's zone.
    """
    zone = ZoneInfo(schedule.zone)
    start = max(schedule.since, now - LOOK_BACK).astimezone(zone).date() - DAY
    if decided:
        start = max(start, max(decided) - SETTLED)
    end = now.astimezone(zone).date() + DAY
    return tuple(
        slot
        for slot in slots(schedule, start, end)
        if schedule.since < slot.due_at <= now and slot.local_date not in decided
    )


def all_owed(
    running: Sequence[Schedule], decided: Mapping[int, frozenset[date]], now: datetime
) -> list[tuple[Schedule, tuple[Slot, ...]]]:
    """Return the schedules that owe something, each with its slots; one in a zone that nobody knows is told.

    Args:
        running: the schedules; of a thousand, it takes too long for an event loop.
        decided: for each, the local dates that have a decision on record.
        now: the present moment, aware.
    """
    found = []
    for schedule in running:
        try:
            slots = owed(schedule, decided[schedule.id], now)
        except ZoneInfoNotFoundError:
            _log.error("this zone is not known: set the digest anew, or update tzdata", zone=schedule.zone)
            continue
        if slots:
            found.append((schedule, slots))
    return found


def coming(schedule: Schedule, decided: frozenset[date], now: datetime, number: int) -> tuple[Slot, ...]:
    """Return the next slots after now, soonest first; fewer when there are no more within LOOK_AHEAD."""
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    ahead = (
        slot
        for slot in slots(schedule, today - DAY, today + LOOK_AHEAD)
        if slot.due_at > max(now, schedule.since) and slot.local_date not in decided
    )
    return tuple(islice(ahead, number))
