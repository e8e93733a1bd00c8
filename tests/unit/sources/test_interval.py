from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.interval import JITTER, LONGEST, SHORTEST, UNKNOWN, Wishes, interval, next_poll, rhythm

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


def every(gap: timedelta, count: int = 15) -> list[datetime]:
    return [NOW - gap * n for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("gap", "wanted"),
    [
        (timedelta(minutes=2), SHORTEST),
        (timedelta(minutes=40), timedelta(minutes=20)),
        (timedelta(hours=4), timedelta(hours=2)),
        (timedelta(days=1), timedelta(hours=12)),
        (timedelta(days=30), LONGEST),
    ],
)
def test_a_feed_is_read_twice_an_entry(gap: timedelta, wanted: timedelta) -> None:
    assert interval(every(gap), NOW) == wanted


def test_without_a_rhythm() -> None:
    assert rhythm([]) is None
    assert rhythm(every(timedelta(hours=1), 2)) is None
    assert interval([], NOW) == UNKNOWN


def test_a_burst_is_no_rhythm() -> None:
    burst = [NOW - timedelta(days=1)] * 19 + [NOW - timedelta(days=11)]
    gap = rhythm(burst)
    assert gap is not None
    assert gap > timedelta(hours=3)


def test_a_silent_feed_is_read_ever_less() -> None:
    old = [moment - timedelta(days=4) for moment in every(timedelta(minutes=30))]
    assert interval(old, NOW) > timedelta(hours=9)


def test_wishes_lengthen_and_never_shorten() -> None:
    busy = every(timedelta(minutes=20))
    assert interval(busy, NOW, wishes=Wishes(ttl_minutes=60)) == timedelta(hours=1)
    assert interval(busy, NOW, wishes=Wishes(max_age_s=7200)) == timedelta(hours=2)
    assert interval(busy, NOW, wishes=Wishes(max_age_s=1, ttl_minutes=1)) == timedelta(minutes=10)
    assert interval(busy, NOW, wishes=Wishes(pushed=True)) == timedelta(hours=1)
    assert interval(busy, NOW, wishes=Wishes(ttl_minutes=10**6)) == LONGEST


def test_failures_double_the_wait_up_to_a_day() -> None:
    busy = every(timedelta(minutes=10))
    waits = [interval(busy, NOW, failures=n) for n in (0, 1, 2, 3, 20, 10**6)]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [5, 10, 20, 40, 1440, 1440]


def test_hours_and_days_to_skip() -> None:
    wishes = Wishes(skip_hours=frozenset({8, 9}), skip_days=frozenset({3}))
    when = next_poll(every(timedelta(hours=3)), NOW, seed="a", wishes=wishes)
    assert when == NOW.replace(hour=10)
    late = NOW.replace(hour=23, minute=30)
    assert next_poll([], late, seed="a", wishes=wishes) == datetime(2026, 5, 14, tzinfo=UTC)
    never = Wishes(skip_hours=frozenset(range(24)))
    assert next_poll([], NOW, seed="a", wishes=never) - NOW < timedelta(hours=3)


MOMENTS = st.lists(
    st.integers(0, 500 * 86_400).map(lambda seconds: NOW - timedelta(seconds=seconds)), max_size=30
)


@given(MOMENTS, st.integers(0, 40), st.floats(0, 10**6), st.text(max_size=10))
@settings(max_examples=150, deadline=None)
def test_the_next_reading_stays_within_its_bounds(
    appeared: list[datetime], failures: int, wait: float, seed: str
) -> None:
    wishes = Wishes(retry_after_s=wait)
    length = interval(appeared, NOW, wishes=wishes, failures=failures)
    when = next_poll(appeared, NOW, seed=seed, wishes=wishes, failures=failures)
    assert SHORTEST <= length <= LONGEST
    assert when == next_poll(appeared, NOW, seed=seed, wishes=wishes, failures=failures)
    assert length * (1 - JITTER) <= when - NOW + timedelta(microseconds=1)
    assert when - NOW <= length * (1 + JITTER) + timedelta(microseconds=1)
    assert (when - NOW).total_seconds() >= min(wait, 86_400) - 1e-5


def test_feeds_drift_apart() -> None:
    moments = {next_poll([], NOW, seed=f"feed {n}") for n in range(50)}
    assert len(moments) == 50
    assert max(moments) - min(moments) > timedelta(minutes=3)
