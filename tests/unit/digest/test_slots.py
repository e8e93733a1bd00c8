"""One digest a local date, in every zone, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.slots import LOOK_AHEAD, LOOK_BACK, all_owed, coming, exists, instant, owed, slots
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


@pytest.mark.parametrize("minute", range(0, 60, 7))
@pytest.mark.parametrize(
    ("zone", "day", "hour", "jump"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), 2, datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("Antarctica/Casey", date(2020, 10, 4), 1, datetime(2020, 10, 3, 16, 1, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 4, 24), 0, datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ],
)
def test_whatever_minute_is_jumped_over_the_slot_is_the_very_instant_of_the_jump(
    zone: str, day: date, hour: int, minute: int, jump: datetime
) -> None:
    assert instant(day, time(hour, max(minute, 2)), ZoneInfo(zone)) == jump


def test_a_slot_knows_whose_it_is() -> None:
    plan = Schedule(id=7, channel_id=9, at=time(8), zone="UTC", since=datetime(2026, 5, 1, tzinfo=UTC))
    (slot,) = slots(plan, date(2026, 5, 12), date(2026, 5, 12))
    assert (slot.schedule_id, slot.channel_id) == (7, 9)


def test_a_digest_is_owed_from_its_very_instant_on_and_from_the_date_of_its_setting() -> None:
    plan = schedule(time(8), "Europe/Berlin", datetime(2026, 5, 10, 5, 59, 59, tzinfo=UTC))
    due = datetime(2026, 5, 10, 6, tzinfo=UTC)
    assert owed(plan, frozenset(), due - timedelta(seconds=1)) == ()
    assert [slot.due_at for slot in owed(plan, frozenset(), due)] == [due]
    exactly = schedule(time(8), "Europe/Berlin", due)
    assert owed(exactly, frozenset(), due) == (), "what was due when it was set is not owed"


def test_what_is_too_old_for_anybody_is_not_owed() -> None:
    plan = schedule(time(8), "UTC", datetime(2020, 1, 1, tzinfo=UTC))
    now = datetime(2026, 5, 12, 9, tzinfo=UTC)
    found = [slot.local_date for slot in owed(plan, frozenset(), now)]
    assert (found[0], found[-1]) == (now.date() - LOOK_BACK - timedelta(days=1), now.date())
    assert timedelta(days=365) < LOOK_BACK == timedelta(days=400), "holidays of a year ago are within it"


def test_the_coming_slots_begin_today_and_end_within_the_time_that_is_looked_ahead() -> None:
    plan = schedule(time(8), "UTC", datetime(2026, 5, 1, tzinfo=UTC))
    today = datetime(2026, 5, 12, 8, tzinfo=UTC)
    assert coming(plan, frozenset(), today - timedelta(seconds=1), 1)[0].due_at == today
    assert coming(plan, frozenset(), today, 1)[0].due_at == today + timedelta(days=1)
    assert len(coming(plan, frozenset(), today, 999)) == LOOK_AHEAD.days == 400
    later = schedule(time(8), "UTC", today + timedelta(days=3))
    assert coming(later, frozenset(), today, 1)[0].local_date.day == 16, (
        "what is due as it is set does not come"
    )


def test_one_schedule_in_an_unknown_zone_costs_the_others_nothing() -> None:
    since = datetime(2026, 5, 11, 20, tzinfo=UTC)
    plans = [
        Schedule(id=number, channel_id=1, at=time(8), zone=zone, since=since)
        for number, zone in enumerate(["Mars/Olympus", "UTC", "Europe/Berlin", "America/New_York"])
    ]
    decided = {
        0: frozenset[date](),
        1: frozenset[date](),
        2: frozenset({date(2026, 5, 12)}),
        3: frozenset[date](),
    }
    found = all_owed(plans, decided, datetime(2026, 5, 12, 8, tzinfo=UTC))
    assert [(plan.zone, [slot.local_date.day for slot in owing]) for plan, owing in found] == [("UTC", [12])]
