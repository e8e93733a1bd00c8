"""The outbox: messages on their way.

A message is stored before it is sent. Whoever sends it holds a claim: a lease by the database's own clock,
and a fencing number that grows with each claim, so that a sender who slept past its lease cannot report.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import Delivery
from bot.store.dialect import clock
from bot.store.schema import Moment, channels, deliveries, slots, told

OPEN = ("waiting", "claimed")


async def claim(
    connection: AsyncConnection,
    *,
    platform: str,
    owner: str,
    lease_s: float,
    now: datetime,
    busy: Collection[int] = (),
    held: Collection[str] = (),
    limit: int = 20,
) -> tuple[Delivery, ...]:
    """Claim messages whose turn has come: the first open part of each digest, the longest due first.

    Args:
        connection: an open transaction for writing.
        platform: whose messages.
        owner: who claims.
        lease_s: how long the claim holds, in seconds by the database's clock.
        now: the present moment by our clock, for due times.
        busy: channels that are being served already.
        held: workspaces that asked us to wait.
        limit: how many at most; never two of one channel.
    """
    moment = clock(connection)
    earlier = deliveries.alias("earlier")
    free = (deliveries.c.state == "waiting") | (
        (deliveries.c.state == "claimed")
        & (sa.type_coerce(deliveries.c.lease_until, sa.BigInteger) <= moment)
    )
    first_open = ~sa.exists().where(
        earlier.c.channel_id == deliveries.c.channel_id,
        earlier.c.state.in_(OPEN),
        sa.tuple_(earlier.c.due_at, earlier.c.slot_id, earlier.c.part)
        < sa.tuple_(deliveries.c.due_at, deliveries.c.slot_id, deliveries.c.part),
    )
    mine = channels.c.platform == platform
    candidates = (
        sa.select(deliveries.c.id)
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .where(mine, free, first_open, deliveries.c.next_try_at <= now)
        .where(deliveries.c.channel_id.not_in(busy), channels.c.workspace.not_in(held))
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
    )
    if connection.dialect.name == "postgresql":
        candidates = candidates.with_for_update(skip_locked=True, of=deliveries)
    ids = [row.id for row in await connection.execute(candidates)]
    if not ids:
        return ()
    before = await connection.execute(_joined().where(deliveries.c.id.in_(ids)).order_by(deliveries.c.due_at))
    claimed = tuple(_delivery(row) for row in before)
    await connection.execute(
        deliveries.update()
        .where(deliveries.c.id.in_(ids))
        .values(
            state="claimed",
            fence=deliveries.c.fence + 1,
            attempts=deliveries.c.attempts + 1,
            # From here on we may die with the message posted; only a definite answer takes this back.
            maybe_posted=True,
            lease_until=sa.type_coerce(moment + int(lease_s * 1000), Moment),
            lease_owner=owner,
        )
    )
    return claimed


async def mark_sent(
    connection: AsyncConnection, delivery: Delivery, ids: Sequence[str], now: datetime
) -> bool:
    """Record that the platform has it; False when the claim was lost to another sender meanwhile."""
    return bool(await mark_all_sent(connection, [(delivery, ids)], now))


async def mark_all_sent(
    connection: AsyncConnection, sent: Sequence[tuple[Delivery, Sequence[str]]], now: datetime
) -> frozenset[int]:
    """Record that the platform has several messages, each with its ids.

    Returns:
        The rows of those that are recorded: not of one whose claim was lost to another sender meanwhile.
    """
    fences = {delivery.id: delivery.fence for delivery, _ in sent}
    query = sa.select(deliveries.c.id, deliveries.c.fence).where(
        deliveries.c.id.in_(fences), deliveries.c.state == "claimed"
    )
    if connection.dialect.name == "postgresql":
        query = query.with_for_update()
    ours = frozenset(row.id for row in await connection.execute(query) if row.fence == fences[row.id])
    rows = [{"row": one.id, "ids": list(ids)} for one, ids in sent if one.id in ours]
    if rows:
        statement = (
            deliveries.update()
            .where(deliveries.c.id == sa.bindparam("row"))
            .values(
                state="sent",
                platform_ids=sa.bindparam("ids", type_=sa.JSON),
                sent_at=now,
                reason="",
                maybe_posted=True,
                lease_until=None,
            )
        )
        await connection.execute(statement, rows)
    return ours


async def mark_later(
    connection: AsyncConnection, delivery: Delivery, *, next_try_at: datetime, reason: str, maybe_posted: bool
) -> bool:
    """Record that it must be tried again, when, and whether it may be there already."""
    return await _report(
        connection,
        delivery,
        state="waiting",
        next_try_at=next_try_at,
        reason=reason,
        maybe_posted=maybe_posted,
    )


async def mark_never(connection: AsyncConnection, delivery: Delivery, reason: str, *, rest: bool) -> bool:
    """Record that it will not be sent.

    Args:
        connection: an open transaction for writing.
        delivery: the message.
        reason: why, in words.
        rest: drop the parts after it too, and take back that the channel was told, unless a part was sent.
    """
    if not await _report(connection, delivery, state="never", reason=reason):
        return False
    if rest:
        slot_id = sa.select(deliveries.c.slot_id).where(deliveries.c.id == delivery.id).scalar_subquery()
        await connection.execute(
            deliveries.update()
            .where(deliveries.c.slot_id == slot_id, deliveries.c.state.in_(OPEN))
            .values(state="dropped", reason=reason)
        )
        any_sent = sa.exists().where(deliveries.c.slot_id == slot_id, deliveries.c.state == "sent")
        await connection.execute(told.delete().where(told.c.slot_id == slot_id, ~any_sent))
    return True


async def release(connection: AsyncConnection, owner: str | None = None) -> int:
    """Give claims back before their lease ends: one owner's at its stop, all at the start of a sole process.

    Returns:
        How many were given back.
    """
    condition = deliveries.c.state == "claimed"
    if owner is not None:
        condition &= deliveries.c.lease_owner == owner
    statement = deliveries.update().where(condition).values(state="waiting", lease_until=None)
    return (await connection.execute(statement)).rowcount


async def overview(connection: AsyncConnection, *, limit: int = 100) -> tuple[dict[str, Any], ...]:
    """Return the latest messages and what became of them, newest first, as plain rows for the shell."""
    statement = (
        sa.select(
            deliveries.c.key,
            channels.c.platform,
            channels.c.name.label("channel"),
            deliveries.c.local_date,
            deliveries.c.part,
            deliveries.c.parts,
            deliveries.c.state,
            deliveries.c.attempts,
            deliveries.c.due_at,
            deliveries.c.sent_at,
            deliveries.c.next_try_at,
            deliveries.c.reason,
        )
        .join(channels, channels.c.id == deliveries.c.channel_id)
        .order_by(deliveries.c.id.desc())
        .limit(limit)
    )
    return tuple(dict(row._mapping) for row in await connection.execute(statement))  # noqa: SLF001 - public despite its underscore


async def decisions(connection: AsyncConnection, *, limit: int = 100) -> tuple[dict[str, Any], ...]:
    """Return the latest decisions on slots, newest first, as plain rows for the shell."""
    statement = (
        sa.select(
            channels.c.platform,
            channels.c.name.label("channel"),
            slots.c.local_date,
            slots.c.due_at,
            slots.c.decided_at,
            slots.c.decision,
            slots.c.detail,
        )
        .join(channels, channels.c.id == slots.c.channel_id)
        .order_by(slots.c.id.desc())
        .limit(limit)
    )
    return tuple(dict(row._mapping) for row in await connection.execute(statement))  # noqa: SLF001 - public despite its underscore


async def _report(connection: AsyncConnection, delivery: Delivery, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Write an outcome, if the claim still is the one it was sent under."""
    statement = (
        deliveries.update()
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.fence == delivery.fence,
            deliveries.c.state == "claimed",
        )
        .values(lease_until=None, **values)
    )
    return (await connection.execute(statement)).rowcount == 1


def _joined() -> sa.Select[Any]:
    first = deliveries.alias("first")
    thread = (
        sa.select(first.c.platform_ids)
        .where(first.c.slot_id == deliveries.c.slot_id, first.c.part == 1, first.c.state == "sent")
        .scalar_subquery()
    )
    return sa.select(
        deliveries,
        channels.c.platform,
        channels.c.workspace,
        channels.c.address,
        channels.c.settings,
        channels.c.name.label("channel_name"),
        thread.label("thread"),
    ).join(channels, channels.c.id == deliveries.c.channel_id)


def _delivery(row: sa.Row[Any]) -> Delivery:
    """Return a row as it was before this claim, under the fence of this claim."""
    return Delivery(
        id=row.id,
        key=row.key,
        platform=row.platform,
        workspace=row.workspace,
        address=row.address,
        payload=row.payload,
        part=row.part,
        parts=row.parts,
        attempts=row.attempts,
        maybe_posted=row.maybe_posted,
        fence=row.fence + 1,
        local_date=row.local_date,
        due_at=row.due_at,
        created_at=row.created_at,
        channel_id=row.channel_id,
        schedule_id=row.schedule_id,
        on_unknown=row.settings.get("on_unknown", "skip"),
        max_late_hours=row.settings.get("max_late_hours", 20),
        thread=row.thread[0] if row.thread else None,
        channel_name=row.channel_name,
        manager=row.settings.get("told", ""),
    )
