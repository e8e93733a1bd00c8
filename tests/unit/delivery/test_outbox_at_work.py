"""The outbox as it runs: faults of our own code, leases that ended, rest between messages, and its stop."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from prometheus_client import Counter

from bot.clock import ManualClock
from bot.delivery import figures
from bot.delivery import outbox as room
from bot.delivery.outbox import Outbox
from bot.delivery.port import StillOurs, always
from bot.model.channel import Schedule, Slot
from bot.model.delivery import (
    CannotTell,
    Delivery,
    Finding,
    HeldBack,
    Later,
    Never,
    NeverReason,
    Outcome,
    Payload,
    Sent,
)
from bot.store import channels, outbox
from bot.store import database as store
from bot.store.database import Database, DatabaseError
from bot.store.deciding import Decision, decide
from tests.fakes.board import Board

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


async def put_in(database: Database, address: str, parts: int = 1, due_at: datetime = NOW) -> Schedule:
    """Store a digest for a channel."""
    async with database.write() as connection:
        place = await channels.save_channel(
            connection, platform="board", workspace=address, address=address, name=address, now=NOW
        )
        plan = await channels.save_schedule(
            connection, Schedule(id=0, channel_id=place.id, at=time(7), zone="UTC", since=NOW)
        )
        slot = Slot(schedule_id=plan.id, channel_id=place.id, local_date=NOW.date(), due_at=due_at)
        payloads: list[Payload] = [{"part": part} for part in range(parts)]
        decision = Decision(slot=slot, decision="posted", covers_until=NOW, payloads=payloads)
        await decide(connection, [decision], NOW)
    return plan


async def states(database: Database) -> dict[str, str]:
    """Return the state of each channel's last message."""
    async with database.read() as connection:
        return {row["channel"]: row["state"] for row in reversed(await outbox.overview(connection))}


@dataclass
class OddBoard(Board):
    """A board where odd things happen to a channel while its message is sent, or while it is looked up."""

    oddities: dict[str, Callable[[], object]] = field(default_factory=dict)
    finding: Finding | None = None
    now_sending: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event | None = None

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Have the channel's oddity happen, then post."""
        self.now_sending.set()
        if self.goes_on is not None:
            await self.goes_on.wait()
        if oddity := self.oddities.get(delivery.address):
            oddity()
        return await super().send(delivery, still_ours)

    async def find(self, delivery: Delivery) -> Finding:
        """Answer as told, or look."""
        return self.finding or await super().find(delivery)


@asynccontextmanager
async def at_work(box: Outbox) -> AsyncIterator[Outbox]:
    """Have an outbox run while the block does, and stop."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(box.run())
        yield box
        box.stop()
        await task


async def until(true: Callable[[], bool]) -> None:
    """Let the loop turn until something is true."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the database's threads tell no event
            await asyncio.sleep(0.002)


def worker(database: Database, board: Board, clock: ManualClock, **more: float) -> Outbox:
    return Outbox(database, board, clock=clock, owner="w1", **{"pace_s": 0.0, **more})


def broken() -> None:
    raise ValueError("no such thing")


async def test_a_message_on_which_our_own_code_fails_is_put_off_and_the_others_go(
    database: Database, clock: ManualClock
) -> None:
    for address in ("sick", "well", "fine"):
        await put_in(database, address)
    board = OddBoard(oddities={"sick": broken})
    async with at_work(worker(database, board, clock)):
        await until(lambda: len(board.posted) == 2)
    assert await states(database) == {"sick": "waiting", "well": "sent", "fine": "sent"}
    board.oddities.clear()
    clock.advance(timedelta(minutes=5))
    async with at_work(worker(database, board, clock)):
        await until(lambda: len(board.posted) == 3)
    assert (await states(database))["sick"] == "sent"


async def test_a_database_that_fails_ends_it_and_what_was_posted_is_not_posted_again(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_in(database, "news")
    path = database.path
    assert path is not None
    monkeypatch.setattr(store, "BUSY_TIMEOUT_MS", 50)
    impatient = Database(str(database.url))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        board = OddBoard(oddities={"news": lambda: other.execute("BEGIN IMMEDIATE")})
        box = worker(impatient, board, clock)
        with pytest.raises(DatabaseError, match="is locked"):
            await box.run()
        other.execute("ROLLBACK")
    assert len(board.posted) == 1
    board.oddities.clear()
    async with at_work(box):
        while (await states(impatient)) != {"news": "sent"}:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.002)
    await impatient.close()
    assert len(board.posted) == 1
    assert await states(database) == {"news": "sent"}


@pytest.mark.parametrize("paused", ["the process", "the machine"])
async def test_after_a_pause_beyond_the_lease_nothing_is_sent(
    database: Database, clock: ManualClock, paused: str
) -> None:
    await put_in(database, "news")
    async with database.write() as connection:
        await connection.execute(sa.text("UPDATE deliveries SET maybe_posted = :yes").bindparams(yes=True))
    board = OddBoard(finding=None)
    lease_s = 60.0

    async def look(delivery: Delivery) -> Finding:
        if paused == "the machine":
            clock.advance(timedelta(seconds=lease_s))  # the loop's own clock stood still
        return await Board.find(board, delivery)

    board.find = look  # type: ignore[method-assign]
    if paused == "the process":
        lease_s = 1e-9  # over before the look is
    box = worker(database, board, clock, lease_s=lease_s)
    assert await box.deliver_due() >= 1 if paused == "the machine" else True
    assert board.posted == []


async def test_a_channel_rests_between_two_messages_and_others_go_on(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 1)
    await put_in(database, "long", parts=2)
    await put_in(database, "other")
    board = Board()
    async with at_work(worker(database, board, clock, pace_s=0.3)):
        await until(lambda: len(board.posted) == 3)
    assert [delivery.address for delivery in board.posted] == ["long", "other", "long"]


async def test_at_its_stop_it_lets_a_message_on_its_way_arrive(
    database: Database, clock: ManualClock
) -> None:
    await put_in(database, "news")
    board = OddBoard(goes_on=asyncio.Event())
    box = worker(database, board, clock)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(box.run())
        await board.now_sending.wait()
        box.stop()
        assert board.goes_on is not None
        board.goes_on.set()
        await task
    assert await states(database) == {"news": "sent"}


async def test_a_message_that_it_has_on_its_way_is_not_claimed_again_however_long_it_takes(
    database: Database, clock: ManualClock
) -> None:
    await put_in(database, "slow")
    board = OddBoard(goes_on=(goes_on := asyncio.Event()))
    async with at_work(worker(database, board, clock)) as box:
        await board.now_sending.wait()
        async with database.write() as connection:
            await connection.execute(sa.text("UPDATE deliveries SET lease_until = 0"))
        await put_in(database, "other")
        board.now_sending.clear()
        box.wake()
        await board.now_sending.wait()  # the other's turn came, and so would have this one's
        goes_on.set()
    assert sorted(one.address for one in board.posted) == ["other", "slow"]


async def test_at_its_stop_it_cuts_off_what_hangs_and_looks_it_up_at_the_next_start(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "STOP_S", 0.05)
    await put_in(database, "news")
    board = OddBoard(goes_on=asyncio.Event())
    box = worker(database, board, clock)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(box.run())
        await board.now_sending.wait()
        box.stop()
        await task
    assert await states(database) == {"news": "waiting"}
    async with database.write() as connection:
        (left,) = await outbox.claim(connection, platform="board", owner="next", lease_s=60, now=NOW)
    assert left.maybe_posted


async def test_a_place_that_is_full_waits_for_one_to_be_done(
    database: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 2)
    for number in range(5):
        await put_in(database, f"c{number}")
    board = Board()
    async with at_work(worker(database, board, clock)):
        await until(lambda: len(board.posted) == 5)


async def test_a_look_that_fails_for_now_is_repeated(database: Database, clock: ManualClock) -> None:
    await put_in(database, "news")
    board = OddBoard(finding=CannotTell("no answer", for_good=False))
    board.faults.append("cut")
    box = worker(database, board, clock)
    for _ in range(3):
        await box.deliver_due()
        clock.advance(timedelta(minutes=5))
    assert await states(database) == {"news": "waiting"}
    board.finding = None
    await box.deliver_due()
    assert (len(board.posted), await states(database)) == (1, {"news": "sent"})


def count(counter: Counter, **labels: str) -> float:
    """Return the present figure of a counter."""
    for metric in counter.collect():
        for sample in metric.samples:
            if sample.labels == labels and sample.name.endswith("_total"):
                return sample.value
    return 0.0


async def test_what_becomes_of_messages_is_counted(database: Database, clock: ManualClock) -> None:
    counters = {
        "posted": figures.POSTED,
        "failed": figures.FAILED,
        "late": figures.LATE,
        "retried": figures.RETRIED,
        "found": figures.FOUND,
        "lost": figures.FENCED,
    }
    before = {name: count(counter, platform="board") for name, counter in counters.items()}
    await put_in(database, "well", parts=2)
    await put_in(database, "late", due_at=NOW - timedelta(minutes=11))
    await put_in(database, "refused")
    await put_in(database, "cut")
    board = Board()
    board.faults.extend([Sent(("m",)), Sent(("m",)), Never(NeverReason.REFUSED, "x"), "cut"])
    box = worker(database, board, clock)
    await box.deliver_due()
    clock.advance(timedelta(minutes=1))
    await box.deliver_due()
    async with database.write() as connection:
        await connection.execute(
            sa.text("UPDATE deliveries SET state = 'waiting', maybe_posted = :no").bindparams(no=False)
        )
    taken = OddBoard()

    async def other_takes_over(delivery: Delivery, still_ours: StillOurs = always) -> Outcome:
        assert still_ours()
        async with database.write() as connection:
            await connection.execute(sa.text("UPDATE deliveries SET fence = fence + 1"))
        return Later(3600, f"late word on {delivery.key}")

    taken.send = other_takes_over  # type: ignore[method-assign]
    await worker(database, taken, clock).deliver_due()
    after = {name: count(counter, platform="board") - before[name] for name, counter in counters.items()}
    assert after.pop("lost") >= 1
    assert after == {"posted": 3, "failed": 1, "late": 1, "retried": 1, "found": 1}
