"""What follows from each outcome."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import FIRST_WAIT_S, LONGEST_WAIT_S, Again, Done, GiveUp, backoff_s, next_step
from bot.model.delivery import Delivery, Later, Never, NeverReason, Sent

DUE = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)


def delivery(attempts: int = 0, created_at: datetime = DUE) -> Delivery:
    return Delivery(
        id=1,
        key="1-1-20260512-1",
        platform="console",
        workspace="local",
        address="terminal",
        payload={},
        part=1,
        parts=1,
        attempts=attempts,
        fence=1,
        local_date=date(2026, 5, 12),
        due_at=DUE,
        created_at=created_at,
    )


def test_what_was_sent_is_done() -> None:
    assert next_step(delivery(), Sent(("42",)), DUE) == Done(("42",))


def test_the_platforms_wait_is_kept_to_the_second() -> None:
    assert next_step(delivery(), Later(17, "slow down"), DUE) == Again(
        DUE + timedelta(seconds=17), "slow down", False
    )


def test_an_unknown_fate_is_remembered() -> None:
    step = next_step(delivery(), Later(0, "cut off", unknown=True), DUE)
    assert isinstance(step, Again)
    assert step.maybe_posted
    assert FIRST_WAIT_S / 2 <= (step.at - DUE).total_seconds() <= FIRST_WAIT_S


@pytest.mark.parametrize(
    "reason", [NeverReason.CHANNEL_GONE, NeverReason.NO_PERMISSION, NeverReason.ARCHIVED]
)
def test_a_fault_of_the_channel_ends_its_digest_and_is_told(reason: NeverReason) -> None:
    assert next_step(delivery(), Never(reason, "x"), DUE) == GiveUp(f"{reason}: x", rest=True, pause=True)


@pytest.mark.parametrize("reason", [NeverReason.REFUSED, NeverReason.UNKNOWN])
def test_a_fault_of_one_message_leaves_the_others(reason: NeverReason) -> None:
    assert next_step(delivery(), Never(reason, "x"), DUE) == GiveUp(f"{reason}: x", rest=False, pause=False)


def test_a_revoked_token_waits_for_a_person() -> None:
    step = next_step(delivery(), Never(NeverReason.BAD_TOKEN, "revoked"), DUE)
    assert isinstance(step, Again)
    assert not step.maybe_posted
    assert step.at == DUE + timedelta(minutes=10)


def test_too_late_to_be_worth_reading_is_given_up_with_the_last_reason() -> None:
    step = next_step(delivery(30), Later(0, "no route"), DUE + timedelta(hours=20))
    assert isinstance(step, GiveUp)
    assert step.rest
    assert "no route" in step.reason


def test_a_digest_composed_late_is_still_tried_for_an_hour() -> None:
    late = DUE + timedelta(hours=19, minutes=59)
    step = next_step(delivery(3, created_at=late), Later(60, "busy"), late + timedelta(minutes=30))
    assert isinstance(step, Again)


@given(st.text(max_size=40), st.integers(0, 10_000))
def test_the_backoff_is_bounded_and_the_same_each_time(key: str, attempts: int) -> None:
    wait = backoff_s(key, attempts)
    whole = min(FIRST_WAIT_S * 2.0 ** min(attempts, 16), LONGEST_WAIT_S)
    assert whole / 2 <= wait <= whole
    assert wait == backoff_s(key, attempts)


def test_what_the_platform_asks_for_counts_only_when_it_is_a_wait() -> None:
    step = next_step(delivery(), Later(-5, "slow down"), DUE)
    assert isinstance(step, Again)
    assert step.at == DUE + timedelta(seconds=backoff_s(delivery().key, 0))
    step = next_step(delivery(), Later(0.5, "slow down"), DUE)
    assert isinstance(step, Again)
    assert step.at == DUE + timedelta(seconds=0.5)


def test_waits_double_from_two_seconds_to_five_minutes() -> None:
    keys = [f"key {number}" for number in range(400)]
    for attempts, whole in ((0, 2), (1, 4), (5, 64), (7, 256), (8, 300), (16, 300), (10_000, 300)):
        waits = [backoff_s(key, attempts) / whole for key in keys]
        assert all(0.5 <= wait <= 1 for wait in waits)
        assert min(waits) < 0.52, "spread over the whole range"
        assert max(waits) > 0.98
        assert len({round(wait, 5) for wait in waits}) > 390


def test_it_is_given_up_after_the_last_moment_and_not_at_it() -> None:
    last = DUE + timedelta(hours=20)
    assert isinstance(next_step(delivery(7), Later(60, "busy"), last - timedelta(seconds=60)), Again)
    over = next_step(delivery(7), Later(60, "busy"), last - timedelta(seconds=59))
    assert over == GiveUp("given up after 8 tries; the last: busy", rest=True, pause=False)


def test_composed_late_it_is_tried_for_an_hour_and_no_longer() -> None:
    late = DUE + timedelta(hours=30)
    body = delivery(2, created_at=late)
    assert isinstance(next_step(body, Later(60, "busy"), late + timedelta(minutes=59)), Again)
    assert isinstance(next_step(body, Later(61, "busy"), late + timedelta(minutes=59)), GiveUp)
