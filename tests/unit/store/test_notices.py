"""What the store says of feeds that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.model.scope import Scope
from bot.store import notices
from bot.store.database import Database
from bot.store.schema import feeds
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@both_engines
async def test_feeds_without_an_answer_since_one_was_read(database: Database) -> None:
    common = {"shared": True, "created_at": NOW, "state": "fresh"}
    rows = [
        common | {"url": "read", "last_ok_at": NOW - 3 * HOUR, "code": 200, "failing_since": None},
        common | {"url": "before", "last_ok_at": None, "code": None, "failing_since": NOW - 9 * HOUR},
        common | {"url": "refused", "last_ok_at": None, "code": 403, "failing_since": NOW - 2 * HOUR},
        common | {"url": "first", "last_ok_at": None, "code": None, "failing_since": NOW - 2 * HOUR},
        common | {"url": "next", "last_ok_at": None, "code": None, "failing_since": NOW - HOUR},
        common | {"url": "unread", "last_ok_at": NOW, "code": 200, "failing_since": None, "shared": False},
    ]
    async with database.write() as connection:
        assert await notices.unanswered(connection) == (0, None)
        await connection.execute(sa.insert(feeds), rows)
        assert await notices.unanswered(connection) == (2, NOW - 2 * HOUR)


@both_engines
async def test_only_what_is_ill_or_known_is_read(database: Database) -> None:
    rows = [
        {"id": number, "url": str(number), "shared": number < 6, "created_at": NOW, "state": state}
        for number, state in enumerate(["fresh", "dead", "slow", "fresh", "fresh", "dead"], 1)
    ]
    async with database.write() as connection:
        await connection.execute(sa.insert(feeds), rows)
        found, total = await notices.watched(connection, Scope("board", "W"), {4})
    assert [one.id for one in found] == [2, 3, 4]
    assert total == 5
