from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.health import Record, state

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


def record(
    *,
    failures: int = 0,
    days: float = 0,
    status: str = "failed",
    code: int | None = None,
    quiet_days: float = 0.5,
) -> Record:
    """A feed that brought an entry a day until some days ago, and has failed for some."""
    return Record(
        appeared=[NOW - timedelta(days=quiet_days + n) for n in range(15)],
        last_ok=NOW - timedelta(days=days),
        failures=failures,
        failing_since=NOW - timedelta(days=days) if failures else None,
        status=status if failures else "ok",
        reason="there is no such host" if failures else "",
        code=code,
    )


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (record(), "fresh"),
        (record(failures=2, days=1), "fresh"),
        (record(failures=3, days=1), "failing"),
        (record(failures=30, days=14), "dead"),
        (record(failures=1, status="gone", code=410), "dead"),
        (record(failures=1, status="refused"), "blocked"),
        (record(failures=1, status="refused", code=403), "blocked"),
        (record(quiet_days=4), "fresh"),
        (record(quiet_days=6), "slow"),
    ],
)
def test_states(of: Record, wanted: str) -> None:
    found = state(of, NOW)
    assert found.state == wanted
    assert bool(found.reason) == bool(found.what_to_do) == (wanted != "fresh")
    assert found.since is not None


def test_silence_is_told_against_the_rhythm() -> None:
    found = state(record(quiet_days=6), NOW)
    assert found.reason == "nothing new for 6 days; until then about an entry every 24 hours"
    assert found.since == NOW - timedelta(days=6)


def test_a_new_feed_is_fresh() -> None:
    new = Record()
    assert (state(new, NOW).state, state(new, NOW).since) == ("fresh", None)


def test_what_to_do_depends_on_the_cause() -> None:
    steps = {state(record(failures=5, days=1, code=code), NOW).what_to_do for code in (None, 404, 502)}
    assert len(steps) == 3
    assert "admin" in state(record(failures=1, status="refused"), NOW).what_to_do
    assert "admin" not in state(record(failures=1, status="refused", code=403), NOW).what_to_do
