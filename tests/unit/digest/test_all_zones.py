"""Exactly one digest a local date, in the zones of the whole world, as ticks find them due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.digest.slots import exists, owed, slots
from bot.model.channel import Schedule

HOURS = (time(0, 0), time(1, 30), time(2, 30), time(8, 0), time(23, 59))
ZONES = sorted(available_timezones())
FIRST = date(2020, 1, 1)
DAY = timedelta(days=1)


def check(zone: str, at: time, years: int) -> None:
    """Prove that every date of some years has one slot, on that date, as soon as clocks show it, in order."""
    clock = ZoneInfo(zone)
    last = date(FIRST.year + years, 1, 1) - DAY
    plan = Schedule(id=1, channel_id=1, at=at, zone=zone, since=datetime(2019, 1, 1, tzinfo=UTC))
    made = list(slots(plan, FIRST, last))
    dates = [FIRST + number * DAY for number in range((last - FIRST).days + 1)]
    assert [slot.local_date for slot in made] == [day for day in dates if exists(day, clock)], (zone, at)
    assert all(one.due_at < other.due_at for one, other in pairwise(made)), (zone, at)
    for slot in made:
        shown = slot.due_at.astimezone(clock).replace(tzinfo=None)
        assert shown >= datetime.combine(slot.local_date, at), (zone, at)
        before = (slot.due_at - timedelta(seconds=1)).astimezone(clock).replace(tzinfo=None)
        assert before < datetime.combine(slot.local_date, at), (zone, at)


@pytest.mark.parametrize("at", HOURS)
def test_one_slot_a_date_in_every_twentieth_zone(at: time) -> None:
    for zone in ZONES[HOURS.index(at) :: 20]:
        check(zone, at, years=2)


@pytest.mark.nightly
@pytest.mark.parametrize("at", HOURS)
def test_one_slot_a_date_in_all_zones_for_ten_years(at: time) -> None:
    for zone in ZONES:
        check(zone, at, years=10)


@pytest.mark.nightly
@pytest.mark.parametrize("zone", ZONES)
def test_ticks_find_each_date_due_once_in_the_year_of_every_zone(zone: str) -> None:
    tick_through(zone, HOURS[ZONES.index(zone) % len(HOURS)], days=366)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_ticks_find_each_date_due_once(zone: str) -> None:
    tick_through(zone, time(2, 30), days=366)


def tick_through(zone: str, at: time, days: int) -> None:
    """Look every few hours what is due, and prove that each date comes once, soon after its hour."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    plan = Schedule(id=1, channel_id=1, at=at, zone=zone, since=start)
    found: list[date] = []
    now = start
    while now < start + days * DAY:
        now += timedelta(hours=5)
        for slot in owed(plan, frozenset(found[-5:]), now):
            if now - slot.due_at < timedelta(days=3):
                found.append(slot.local_date)
                assert now - slot.due_at <= timedelta(hours=5)
    assert len(found) == len(set(found))
    assert found == [found[0] + number * DAY for number in range(len(found))]
    assert len(found) >= days - 2
