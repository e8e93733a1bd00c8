from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.model.feed import Reading
from bot.store import feeds, readings, schema
from bot.store.database import Connection, Database
from bot.store.feed_times import REMEMBERED, FeedTimes
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


async def add(connection: Connection, feed: int, name: str, when: datetime, words: str = "w") -> None:
    """Store an article of a feed."""
    row = {
        "article_id": name, "feed_id": feed, "content_hash": words, "title": name, "text": "", "keywords": [],
        "related": [], "published_approximate": False, "seen_at": when, "when_at": when,
        "headline_only": False,
    }  # fmt: skip
    await connection.execute(sa.insert(schema.articles), row)


async def follow(connection: Connection, count: int) -> list[int]:
    """Have feeds read; the last one is due first."""
    for n in range(count):
        address = f"https://post.example/{n}"
        await feeds.add_feed(connection, address, title=None, scope=None, now=NOW - timedelta(minutes=n))
    return list(await connection.scalars(sa.select(schema.feeds.c.id).order_by(schema.feeds.c.id)))


def reading(feed: int, *, quiet: bool) -> Reading:
    return Reading(
        feed=feed, quiet=quiet, state="slow", reason="nothing new", what_to_do="wait", state_since=NOW,
        code=304, next_poll_at=NOW + timedelta(hours=1), last_ok_at=NOW, title="Post", etag='"2"',
        last_modified="then", failures=2, failing_since=NOW, moved_to="https://new.example/", moved_times=1,
        ttl_minutes=60, skip_hours=3, skip_days=64,
    )  # fmt: skip


@both_engines
async def test_feeds_come_with_their_latest_times_which_are_read_when_something_is_added(
    database: Database,
) -> None:
    times = FeedTimes()
    async with database.write() as connection:
        one, two, three = await follow(connection, 3)
        for n in range(REMEMBERED + 5):
            await add(connection, one, f"a{n}", NOW - timedelta(hours=n))
        await add(connection, two, "b", NOW)
    async with database.read() as connection:
        due = await readings.due_feeds(connection, NOW, 2, times)
        assert [(feed.id, len(feed.appeared)) for feed in due] == [(three, 0), (two, 1)]
        (first,) = await readings.feeds_called(connection, "https://post.example/0", times)
        assert first.appeared == tuple(NOW - timedelta(hours=n) for n in range(REMEMBERED))
        (again,) = await readings.feeds_called(connection, "https://post.example/0", times)
        assert again.appeared is first.appeared, "remembered"
    async with database.write() as connection:
        await add(connection, one, "late", NOW + timedelta(hours=1))
        (later,) = await readings.feeds_called(connection, "https://post.example/0", times)
        assert later.appeared[:2] == (NOW + timedelta(hours=1), NOW)
        times.added(one, (NOW,))
        (told,) = await readings.feeds_called(connection, "https://post.example/0", times)
        assert told.appeared == (NOW,), "what the reader of the feed said holds until something is added"
        await add(connection, one, "later", NOW + timedelta(hours=2))
        (afresh,) = await readings.feeds_called(connection, "https://post.example/0", times)
        assert len(afresh.appeared) == REMEMBERED


@both_engines
async def test_a_quiet_reading_writes_health_and_times_and_any_other_all(database: Database) -> None:
    async with database.write() as connection:
        one, two, three = await follow(connection, 3)
        await readings.save_readings(connection, [reading(one, quiet=True), reading(two, quiet=False)])
        await readings.save_readings(connection, [])
        rows = {row.id: row for row in await connection.execute(schema.feeds.select())}
    for row in (rows[one], rows[two]):
        assert (row.state, row.reason, row.what_to_do, row.state_since) == (
            "slow",
            "nothing new",
            "wait",
            NOW,
        )
        assert (row.code, row.last_ok_at, row.next_poll_at) == (304, NOW, NOW + timedelta(hours=1))
    assert (rows[one].title, rows[one].etag, rows[one].failures) == (None, None, 0)
    full = rows[two]
    assert (full.title, full.etag, full.last_modified, full.failures) == ("Post", '"2"', "then", 2)
    assert (full.failing_since, full.moved_to, full.moved_times) == (NOW, "https://new.example/", 1)
    assert (full.ttl_minutes, full.skip_hours, full.skip_days) == (60, 3, 64)
    assert (rows[three].state, rows[three].next_poll_at) == ("fresh", NOW - timedelta(minutes=2))


@both_engines
async def test_what_is_known_of_a_feed_however_much_it_offers(database: Database) -> None:
    async with database.write() as connection:
        mine, other = await follow(connection, 2)
        await add(connection, mine, "same", NOW, "w1")
        await add(connection, mine, "changed", NOW, "w1")
        await add(connection, other, "elsewhere", NOW, "w1")
        offers = {f"new{n}": "w" for n in range(1200)}
        offers |= {"same": "w1", "changed": "w2", "elsewhere": "w1"}
        known = await feeds.known(connection, [(mine, offers), (other, offers), (mine, {})])
    assert known == (
        feeds.Known(frozenset({"same"}), frozenset({"elsewhere"})),
        feeds.Known(frozenset({"elsewhere"}), frozenset({"same", "changed"})),
        feeds.Known(frozenset(), frozenset()),
    )


@pytest.mark.parametrize("wanted", ["feeds", "articles"])
async def test_due_feeds_are_found_by_indices(database: Database, wanted: str) -> None:
    async with database.read() as connection:
        statement = readings.due_statement(connection, NOW, 10)
        text = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = [str(row[3]) for row in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {text}"))]
    steps = [step for step in plan if f" {wanted} " in f"{step} "]
    assert steps
    assert all("USING" in step and "INDEX" in step for step in steps), plan


async def test_what_feeds_have_brought_is_told_by_an_index_alone(database: Database) -> None:
    async with database.read() as connection:
        statement = feeds.brought_statement([1, 2])
        text = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = [str(row[3]) for row in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {text}"))]
    assert [("COVERING INDEX" in step and "feed_id=?" in step) for step in plan] == [True], plan
