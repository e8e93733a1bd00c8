"""When the latest articles of a feed appeared: what its rhythm is reckoned from at every reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import articles

REMEMBERED = 20
"""Latest articles of a feed whose times show its rhythm."""

MOST_FEEDS = 20_000
"""Feeds remembered, about a kilobyte each; above that all are read afresh."""


class FeedTimes:
    """Remembers the times of each feed's latest articles until another article is added to it.

    Most readings bring nothing new: the store then says only which article is a feed's newest.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[int | None, tuple[datetime, ...]]] = {}

    async def of(
        self, connection: AsyncConnection, newest: Mapping[int, int | None]
    ) -> dict[int, tuple[datetime, ...]]:
        """Return the times of feeds, the latest first.

        Args:
            connection: an open transaction.
            newest: by the id of each feed the row of its article stored last; None where it has none.
        """
        found: dict[int, tuple[datetime, ...]] = {}
        unknown: list[int] = []
        for feed_id, row in newest.items():
            known_row, times = self._known.get(feed_id, (None, None))
            if row is None:
                found[feed_id] = ()
            elif times is not None and known_row == row:
                found[feed_id] = times
            elif times is not None and known_row is None:
                self._known[feed_id] = (row, times)
                found[feed_id] = times
            else:
                unknown.append(feed_id)
        if unknown:
            read = await _read(connection, unknown)
            if len(self._known) + len(read) > MOST_FEEDS:
                self._known.clear()
            self._known |= {feed_id: (newest[feed_id], times) for feed_id, times in read.items()}
            found |= read
        return found

    def added(self, feed_id: int, times: tuple[datetime, ...]) -> None:
        """Note the times of a feed after articles of a reading were added to it."""
        self._known[feed_id] = (None, times)


async def _read(connection: AsyncConnection, feed_ids: Iterable[int]) -> dict[int, tuple[datetime, ...]]:
    """Read the times of the latest articles of feeds."""
    times: dict[int, list[datetime]] = {feed_id: [] for feed_id in feed_ids}
    place = sa.func.row_number().over(partition_by=articles.c.feed_id, order_by=articles.c.when_at.desc())
    ranked = (
        sa.select(articles.c.feed_id, articles.c.when_at, place.label("place"))
        .where(articles.c.feed_id.in_(list(times)))
        .subquery()
    )
    latest = (
        sa.select(ranked.c.feed_id, ranked.c.when_at)
        .where(ranked.c.place <= REMEMBERED)
        .order_by(ranked.c.feed_id, ranked.c.place)
    )
    for feed_id, when in await connection.execute(latest):
        times[feed_id].append(when)
    return {feed_id: tuple(moments) for feed_id, moments in times.items()}
