"""The feeds that are due, and what their readings leave behind: many in one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FollowedFeed, Reading
from bot.store.feed_times import FeedTimes
from bot.store.feeds import read_by
from bot.store.schema import articles, feeds, milliseconds, moment_of
from bot.store.schema_sources import hub_subscriptions

_MOMENTS = frozenset(("last_ok_at", "state_since", "next_poll_at", "failing_since"))
_HEALTH = ("last_ok_at", "state", "reason", "what_to_do", "state_since", "code", "next_poll_at")
_REST = (
    "title", "etag", "last_modified", "failures", "failing_since", "moved_to", "moved_times",
    "ttl_minutes", "skip_hours", "skip_days",
)  # fmt: skip


def _milliseconds(column: sa.Column[datetime]) -> sa.ColumnElement[int]:
    """Select a moment as it is stored: thousands of rows are read a second."""
    return sa.type_coerce(column, sa.BigInteger).label(column.name)


_MOMENT_FIELDS = [FollowedFeed._fields.index(n) for n in ("last_ok_at", "failing_since", "pushed_until")]
_COLUMNS = (  # in the order of FollowedFeed
    feeds.c.id,
    feeds.c.url,
    feeds.c.title,
    feeds.c.headline_only,
    feeds.c.etag,
    feeds.c.last_modified,
    _milliseconds(feeds.c.last_ok_at),
    feeds.c.failures,
    _milliseconds(feeds.c.failing_since),
    feeds.c.moved_to,
    feeds.c.moved_times,
    feeds.c.ttl_minutes,
    feeds.c.skip_hours,
    feeds.c.skip_days,
    sa.select(_milliseconds(hub_subscriptions.c.lease_until))
    .where(hub_subscriptions.c.feed_id == feeds.c.id, hub_subscriptions.c.state == "live")
    .scalar_subquery()
    .label("pushed_until"),
)


def _update(*columns: str) -> sa.Update:
    """Return the statement that writes columns of one feed after another."""
    values: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(f"new_{name}") for name in columns}
    return feeds.update().where(feeds.c.id == sa.bindparam("feed")).values(values)


_QUIET, _FULL = _update(*_HEALTH), _update(*_HEALTH, *_REST)


async def due_feeds(
    connection: AsyncConnection, now: datetime, limit: int, times: FeedTimes
) -> tuple[FollowedFeed, ...]:
    """Return the feeds whose time has come, the longest waiting first, each with its latest times."""
    return await _followed(connection, due_statement(connection, now, limit), times)


def due_statement(connection: AsyncConnection, now: datetime, limit: int) -> sa.Select[Any]:
    """Return the statement that finds the feeds whose time has come."""
    due = _with_newest(connection).where(feeds.c.next_poll_at <= now, read_by(None))
    return due.order_by(feeds.c.next_poll_at).limit(limit)


async def feeds_called(
    connection: AsyncConnection, url: str | None, times: FeedTimes
) -> tuple[FollowedFeed, ...]:
    """Return the feed of an address, or (None) every feed that anybody reads, due or not."""
    statement = _with_newest(connection).where(read_by(None)).order_by(feeds.c.id)
    return await _followed(
        connection, statement if url is None else statement.where(feeds.c.url == url), times
    )


async def save_readings(connection: AsyncConnection, readings: Sequence[Reading]) -> None:
    """Keep what readings left behind: of the quiet ones, which are most, only what may have changed."""
    for statement, some in (
        (_QUIET, [one for one in readings if one.quiet]),
        (_FULL, [one for one in readings if not one.quiet]),
    ):
        if some:
            ready = statement.compile(dialect=connection.dialect)
            names = [name.removeprefix("new_") for name in ready.positiontup or ()]
            moments = [at for at, name in enumerate(names) if name in _MOMENTS]
            values = attrgetter(*names)
            # The statement is given to the driver as it is: SQLAlchemy's own preparing of so many rows costs
            # a seventh of all that a reading without news does.
            rows = [_row(values(one), moments) for one in some]
            await connection.exec_driver_sql(str(ready), rows)


def _row(values: Iterable[Any], moments: Sequence[int]) -> tuple[Any, ...]:
    """Return values as drivers take them: those that are moments as milliseconds."""
    row = list(values)
    for at in moments:
        row[at] = milliseconds(row[at])
    return tuple(row)


async def move_feed(connection: AsyncConnection, feed_id: int, url: str) -> None:
    """Give a feed its new address, unless that one is followed as a feed of its own."""
    taken = sa.exists().where(feeds.alias().c.url == url)
    await connection.execute(feeds.update().where(feeds.c.id == feed_id, ~taken).values(url=url))


def _with_newest(connection: AsyncConnection) -> sa.Select[Any]:
    """Select feeds with the row of the article that was stored last for each, as `newest`."""
    # SQLite finds it at the end of the index on feed_id. PostgreSQL must not go backwards through the whole
    # table to find it, which it does for a bare column.
    row = articles.c.id if connection.dialect.name == "sqlite" else articles.c.id + 0
    newest = sa.select(row).where(articles.c.feed_id == feeds.c.id).order_by(row.desc()).limit(1)
    return sa.select(*_COLUMNS, newest.scalar_subquery().label("newest"))


async def _followed(
    connection: AsyncConnection, statement: sa.Select[Any], times: FeedTimes
) -> tuple[FollowedFeed, ...]:
    rows = (await connection.execute(statement)).all()
    appeared = await times.of(connection, {row[0]: row[-1] for row in rows})
    return tuple([_feed(row, appeared) for row in rows])


def _feed(row: Sequence[Any], appeared: Mapping[int, tuple[datetime, ...]]) -> FollowedFeed:
    """Return the feed of a row, whose last column makes room for its times."""
    values = list(row)
    values[-1] = appeared[values[0]]
    for at in _MOMENT_FIELDS:
        values[at] = moment_of(values[at])
    return FollowedFeed._make(values)
