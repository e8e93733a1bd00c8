"""One digest a local date, in every zone, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.slots import coming, exists, instant, owed, slots
from bot.model.channel import Schedule

HOURS = (time(0, 0), time(1, 30), time(2, 30), time(8, 0), time(23, 59))
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


def schedule(
    at: time, zone: str, since: datetime, weekdays: frozenset[int] = frozenset(range(1, 8))
) -> Schedule:
    return Schedule(id=1, channel_id=1, at=at, zone=zone, since=since, weekdays=weekdays)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"]
)
@pytest.mark.parametrize("at", HOURS)
def test_every_local_date_of_four_years_has_one_slot_in_order(zone: str, at: time) -> None:
    made = list(
        slots(schedule(at, zone, datetime(2024, 1, 1, tzinfo=UTC)), date(2024, 1, 1), date(2027, 12, 31))
    )
    assert [slot.local_date for slot in made] == [date(2024, 1, 1) + timedelta(n) for n in range(1461)]
    assert all(a.due_at < b.due_at for a, b in pairwise(made))


@given(zone=st.sampled_from(ZONES), day=st.dates(date(2016, 1, 1), date(2035, 12, 31)), at=st.times())
@settings(max_examples=300, deadline=None)
def test_the_slot_is_the_first_instant_at_or_after_its_wall_time(zone: str, day: date, at: time) -> None:
    clock = ZoneInfo(zone)
    at = at.replace(second=0, microsecond=0)
    due = instant(day, at, clock)
    wall = datetime.combine(day, at)
    assert due.astimezone(clock).replace(tzinfo=None) >= wall
    before = (due - timedelta(seconds=1)).astimezone(clock).replace(tzinfo=None)
    assert before < wall, "a second earlier the clocks had not reached it yet"


def test_a_time_that_the_clocks_jump_over_becomes_the_first_instant_after_the_jump() -> None:
    due = instant(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York"))
    assert due.astimezone(ZoneInfo("America/New_York")).isoformat() == "2026-03-08T03:00:00-04:00"


def test_a_time_that_the_clocks_show_twice_is_taken_once_the_first_time() -> None:
    due = instant(date(2026, 10, 25), time(2, 30), ZoneInfo("Europe/Berlin"))
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_date_that_a_zone_skipped_has_no_slot() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert not exists(date(2011, 12, 30), apia)
    since = datetime(2011, 12, 28, tzinfo=UTC)
    made = list(slots(schedule(time(8), "Pacific/Apia", since), date(2011, 12, 29), date(2011, 12, 31)))
    assert [slot.local_date.day for slot in made] == [29, 31]


def test_weekdays_and_skipped_dates_are_left_out() -> None:
    plan = Schedule(
        id=1,
        channel_id=1,
        at=time(8),
        zone="UTC",
        since=datetime(2026, 1, 1, tzinfo=UTC),
        weekdays=frozenset({1, 2}),
        skip_dates=frozenset({date(2026, 1, 6)}),
    )
    made = [slot.local_date for slot in slots(plan, date(2026, 1, 5), date(2026, 1, 13))]
    assert made == [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 13)]


def test_what_is_owed_begins_with_the_schedule_and_ends_now() -> None:
    plan = schedule(time(8), "Europe/Berlin", datetime(2026, 5, 10, 6, 0, tzinfo=UTC))
    now = datetime(2026, 5, 13, 5, 59, tzinfo=UTC)
    assert [slot.local_date.day for slot in owed(plan, frozenset(), now)] == [11, 12]
    assert [slot.local_date.day for slot in owed(plan, frozenset({date(2026, 5, 11)}), now)] == [12]
    assert owed(plan, frozenset(), plan.since) == ()


@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=6),
    hours=st.lists(st.integers(0, 30), min_size=1, max_size=30),
    at=st.sampled_from(HOURS),
)
@settings(max_examples=60, deadline=None)
def test_no_date_is_decided_twice_however_zone_and_clock_move(
    zones: list[str], hours: list[int], at: time
) -> None:
    """Ticks come at any time, the zone changes between them; a decided date stays decided."""
    now = datetime(2026, 3, 7, tzinfo=UTC)
    decided: list[date] = []
    for step, wait in enumerate(hours):
        now += timedelta(hours=wait)
        plan = schedule(at, zones[step % len(zones)], datetime(2026, 3, 7, tzinfo=UTC))
        decided += [slot.local_date for slot in owed(plan, frozenset(decided), now)]
    assert len(decided) == len(set(decided))


def test_the_coming_slots_are_the_next_undecided_ones() -> None:
    plan = schedule(time(8), "UTC", datetime(2026, 5, 1, tzinfo=UTC), frozenset({5}))
    now = datetime(2026, 5, 12, tzinfo=UTC)
    days = [slot.local_date.day for slot in coming(plan, frozenset({date(2026, 5, 22)}), now, 3)]
    assert days == [15, 29, 5]


def test_what_is_older_than_the_last_decision_is_settled_but_for_two_days() -> None:
    plan = schedule(time(8), "UTC", datetime(2026, 5, 1, tzinfo=UTC))
    now = datetime(2026, 5, 13, 9, tzinfo=UTC)
    found = owed(plan, frozenset({date(2026, 5, 12)}), now)
    assert [slot.local_date.day for slot in found] == [10, 11, 13]
