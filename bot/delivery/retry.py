"""What to do after a send, decided without doing it; pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from bot.model.delivery import Delivery, Later, Never, NeverReason, Outcome, Sent

FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 300.0
BAD_TOKEN_WAIT_S = 600.0
"""A revoked token is mended by a person, who restarts us with a new one; until then we ask seldom."""

LEAST_TRYING = timedelta(hours=1)
"""A digest composed late, after a downtime, is tried at least this long."""

PAUSING = frozenset({NeverReason.CHANNEL_GONE, NeverReason.NO_PERMISSION, NeverReason.ARCHIVED})
"""Faults that lie with the channel: its other messages would fail alike, and its managers must know."""


@dataclass(frozen=True, slots=True)
class Done:
    """It was posted, under these ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """It is tried again.

    Attributes:
        at: not before this moment.
        reason: in words.
        maybe_posted: look before sending.
    """

    at: datetime
    reason: str
    maybe_posted: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It is not tried again.

    Attributes:
        reason: in words.
        rest: the parts after it are dropped too.
        pause: the fault lies with the channel, whose managers are to be told.
    """

    reason: str
    rest: bool
    pause: bool


Step: TypeAlias = Done | Again | GiveUp


def next_step(delivery: Delivery, outcome: Outcome, now: datetime) -> Step:
    """Decide what follows from an outcome.

    Args:
        delivery: what was sent; `attempts` counts the sends before this one.
        outcome: what the platform said.
        now: the present moment, aware.
    """
    match outcome:
        case Sent(ids):
            return Done(ids)
        case Later():
            wait = max(outcome.after_s, 0.0) or backoff_s(delivery.key, delivery.attempts)
            return _again(delivery, now, wait, outcome.reason, maybe_posted=outcome.unknown)
        case Never(NeverReason.BAD_TOKEN, detail):
            reason = f"{NeverReason.BAD_TOKEN}: {detail}"
            return _again(delivery, now, BAD_TOKEN_WAIT_S, reason, maybe_posted=False)
        case Never(reason, detail):
            channel_fault = reason in PAUSING
            return GiveUp(f"{reason}: {detail}", rest=channel_fault, pause=channel_fault)
        case _:
            assert_never(outcome)


def backoff_s(key: str, attempts: int) -> float:
    """Return how long to wait after a failure, in seconds: doubling, bounded, and spread by the key.

    The spread is between half and the whole of the doubled wait, and the same for the same key and attempt:
    many messages that failed together do not come back together.
    """
    whole: float = min(FIRST_WAIT_S * 2.0 ** min(attempts, 16), LONGEST_WAIT_S)
    digest = hashlib.blake2b(f"{key}/{attempts}".encode(), digest_size=4).digest()
    return whole * (0.5 + int.from_bytes(digest) / 2**33)


def _again(delivery: Delivery, now: datetime, wait_s: float, reason: str, *, maybe_posted: bool) -> Step:
    """Try again after a wait, unless it would come too late to be worth reading."""
    at = now + timedelta(seconds=wait_s)
    too_late = delivery.due_at + timedelta(hours=delivery.max_late_hours)
    if at > max(too_late, delivery.created_at + LEAST_TRYING):
        return GiveUp(
            f"given up after {delivery.attempts + 1} tries; the last: {reason}", rest=True, pause=False
        )
    return Again(at, reason, maybe_posted)
