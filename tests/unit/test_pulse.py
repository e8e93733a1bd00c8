"""The lag of the event loop as it is measured and shown."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.pulse import LAG, WARN_S, WINDOW_S, Pulse


def shown() -> float:
    return next(iter(LAG.collect())).samples[0].value


@given(st.lists(st.tuples(st.floats(0.05, 30), st.floats(0, 5)), min_size=1, max_size=60))
def test_the_gauge_shows_the_longest_lag_of_the_last_minute(beats: list[tuple[float, float]]) -> None:
    pulse = Pulse()
    now, seen = 0.0, []
    for step, lag in beats:
        now += step + lag
        seen.append((now, lag))
        pulse.beat(now, now - lag)
        assert shown() == pytest.approx(max(late for at, late in seen if at >= now - WINDOW_S), abs=1e-9)
    assert pulse.longest_s == pytest.approx(max(lag for _, lag in beats), abs=1e-9)


def test_early_is_not_late() -> None:
    pulse = Pulse()
    pulse.beat(1.0, 1.2)
    assert pulse.longest_s == 0


async def test_a_blocked_loop_is_seen() -> None:
    pulse = Pulse()
    loop = asyncio.get_running_loop()
    with capture_logs() as lines:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(pulse.run())
            await asyncio.sleep(0)
            until = loop.time() + 3 * WARN_S
            while loop.time() < until:
                pass
            while pulse.longest_s == 0:  # noqa: ASYNC110 - the pulse beats on the loop's own time
                await asyncio.sleep(0)
            task.cancel()
    assert pulse.longest_s > WARN_S
    assert any("held up" in line["event"] for line in lines)
