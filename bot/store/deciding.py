"""What is decided on each slot, on record together with the messages that carry it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Slot
from bot.model.delivery import Payload
from bot.store.dialect import insert
from bot.store.notes import gap_until
from bot.store.schema import deliveries, slots, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a slot.

    Attributes:
        slot: what is decided on.
        decision: "posted", "quiet", "too late" or "covered".
        covers_until: articles up to here are told or passed over.
        detail: why, in words.
        payloads: the messages, in order; may be empty.
        article_ids: the articles that readers are told of by them.
    """

    slot: Slot
    decision: str
    covers_until: datetime
    detail: str = ""
    payloads: Sequence[Payload] = ()
    article_ids: Collection[str] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What no two decisions have in common."""
        return self.slot.channel_id, self.slot.schedule_id, self.slot.local_date


def delivery_key(slot: Slot, part: int) -> str:
    """Return the name of a part for ever: the same slot and part give the same key."""
    return f"{slot.channel_id}-{slot.schedule_id}-{slot.local_date:%Y%m%d}-{part}"


async def decide(connection: AsyncConnection, decisions: Sequence[Decision], now: datetime) -> list[bool]:
    """Put decisions on record, with the messages that carry them out; all or nothing.

    Args:
        connection: an open transaction for writing.
        decisions: on slots that differ.
        now: the present moment.

    Returns:
        For each, whether this call decided; False when a decision on its slot was on record already, and
        nothing of it was changed.
    """
    statement = (
        insert(connection, slots)
        .on_conflict_do_nothing()
        .returning(slots.c.id, slots.c.channel_id, slots.c.schedule_id, slots.c.local_date)
    )
    values = [
        {
            "channel_id": one.slot.channel_id,
            "schedule_id": one.slot.schedule_id,
            "local_date": one.slot.local_date,
            "due_at": one.slot.due_at,
            "decided_at": now,
            "decision": one.decision,
            "detail": one.detail,
            "covers_until": one.covers_until,
        }
        for one in decisions
    ]
    rows = await connection.execute(statement, values)
    made = {(row.channel_id, row.schedule_id, row.local_date): int(row.id) for row in rows}
    new = [(one, made[one.key]) for one in decisions if one.key in made]
    # A slot that was due before a gap in our memory may have been posted already, from its hour on.
    gap = await gap_until(connection) if any(one.payloads for one, _ in new) else None
    messages = [row for one, slot_id in new for row in _messages(one, slot_id, now, gap)]
    if messages:
        await connection.execute(deliveries.insert(), messages)
    marks = [
        {"channel_id": one.slot.channel_id, "article_id": article_id, "slot_id": slot_id}
        for one, slot_id in new
        for article_id in sorted(one.article_ids)
    ]
    if marks:
        await connection.execute(insert(connection, told).on_conflict_do_nothing(), marks)
    return [one.key in made for one in decisions]


def _messages(one: Decision, slot_id: int, now: datetime, gap: datetime | None) -> list[dict[str, Any]]:
    """Return the rows of the messages that carry a decision out."""
    slot = one.slot
    forgotten = gap is not None and slot.due_at <= gap
    common = {
        "slot_id": slot_id,
        "channel_id": slot.channel_id,
        "schedule_id": slot.schedule_id,
        "local_date": slot.local_date,
        "due_at": slot.due_at,
        "created_at": min(slot.due_at, now) if forgotten else now,
        "next_try_at": now,
        "maybe_posted": forgotten,
    }
    keys = [delivery_key(slot, part) for part in range(1, len(one.payloads) + 1)]
    return _rows(common, keys, one.payloads)


async def put_messages(
    connection: AsyncConnection, common: Mapping[str, Any], keys: Sequence[str], payloads: Sequence[Payload]
) -> None:
    """Store the messages of one slot, waiting to be sent.

    Args:
        connection: an open transaction for writing.
        common: the columns that they share.
        keys: the name of each, for ever.
        payloads: the messages, in order.
    """
    if payloads:
        await connection.execute(deliveries.insert(), _rows(common, keys, payloads))


def _rows(
    common: Mapping[str, Any], keys: Sequence[str], payloads: Sequence[Payload]
) -> list[dict[str, Any]]:
    return [
        {
            **common,
            "part": part,
            "parts": len(payloads),
            "key": key,
            "payload": payload,
            "state": "waiting",
            "platform_ids": [],
        }
        for part, (key, payload) in enumerate(zip(keys, payloads, strict=True), 1)
    ]
