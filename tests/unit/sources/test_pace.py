from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.pace import Pace

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 3)), min_size=1, max_size=40), st.floats(0.1, 5)
)
@settings(max_examples=100, deadline=None)
def test_no_host_is_asked_above_its_pace(asks: list[tuple[str, float]], gap: float) -> None:
    pace, now = Pace(gap), NOW
    times: dict[str, list[datetime]] = {"a": [], "b": []}
    for host, later in asks:
        now += timedelta(seconds=later)
        times[host].append(now + timedelta(seconds=pace.reserve(host, now, patience_s=1e6)))
    for moments in times.values():
        gaps = [(b - a).total_seconds() for a, b in pairwise(moments)]
        assert all(g >= gap - 1e-5 for g in gaps)


def test_hosts_do_not_wait_for_each_other() -> None:
    pace = Pace(10)
    assert [pace.reserve(host, NOW, patience_s=60) for host in "aab"] == [0, 10, 0]


def test_a_turn_that_is_too_far_off_is_not_taken() -> None:
    pace = Pace(1)
    pace.rest("a", NOW, 100)
    assert pace.reserve("a", NOW, patience_s=60) == 100
    assert pace.reserve("a", NOW + timedelta(seconds=50), patience_s=60) == 50
    assert pace.reserve("a", NOW + timedelta(seconds=50), patience_s=60) == 51


def test_the_list_of_hosts_stays_small() -> None:
    pace, now = Pace(1), NOW
    for n in range(25_000):
        now += timedelta(seconds=1)
        pace.reserve(f"h{n}", now, patience_s=60)
    assert len(pace._next) <= 10_000  # noqa: SLF001 - its size is the point
