"""What became of messages, written down: many in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.delivery.retry import Again, Done, GiveUp, Step
from bot.model.delivery import Delivery
from bot.store import channels, outbox
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Report:
    """What follows for a message from the outcome of a send.

    Attributes:
        delivery: the message, as it was claimed.
        step: what follows.
        now: the moment of the outcome.
    """

    delivery: Delivery
    step: Step
    now: datetime


async def record(connection: Connection, reports: Sequence[Report]) -> list[tuple[bool, bool]]:
    """Write down what became of messages.

    Returns:
        For each, whether the claim still was ours, so that our word counts; and whether it is news that the
        digests of its channel arrive again, or that they do not.
    """
    sent = [(one.delivery, one.step.ids) for one in reports if isinstance(one.step, Done)]
    ours = await outbox.mark_all_sent(connection, sent, reports[0].now) if sent else frozenset()
    again = await channels.resume_schedules(
        connection, {delivery.schedule_id for delivery, _ in sent if delivery.id in ours}
    )
    found: list[tuple[bool, bool]] = []
    for one in reports:
        delivery, step = one.delivery, one.step
        match step:
            case Done():
                found.append((delivery.id in ours, delivery.schedule_id in again))
            case Again(at, reason, maybe_posted):
                held = await outbox.mark_later(
                    connection, delivery, next_try_at=at, reason=reason, maybe_posted=maybe_posted
                )
                found.append((held, False))
            case GiveUp(reason, rest, pause):
                held = await outbox.mark_never(connection, delivery, reason, rest=rest)
                news = held and pause
                if news:
                    news = await channels.pause_schedule(connection, delivery.schedule_id, reason)
                found.append((held, news))
            case _:
                assert_never(step)
    return found
