"""The outbox posts each message once, in order, whatever happens between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.delivery.outbox import Outbox
from bot.model.channel import Channel, Schedule, Slot
from bot.model.delivery import Later, Never, NeverReason, Outcome, Payload
from bot.store import channels, outbox
from bot.store.database import Database
from bot.store.deciding import Decision, decide
from tests.conftest import both_engines
from tests.fakes.board import Board, ProcessDied

pytestmark = both_engines

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
TODAY = NOW.date()


async def channel(database: Database, address: str = "general") -> tuple[Channel, Schedule]:
    async with database.write() as connection:
        place = await channels.save_channel(
            connection, platform="board", workspace="W", address=address, name=address, now=NOW
        )
        plan = Schedule(id=0, channel_id=place.id, at=time(7), zone="UTC", since=NOW - timedelta(days=9))
        return place, await channels.save_schedule(connection, plan)


async def put_in(
    database: Database, plan: Schedule, day: date = TODAY, parts: int = 3, told: tuple[str, ...] = ()
) -> bool:
    slot = Slot(
        schedule_id=plan.id,
        channel_id=plan.channel_id,
        local_date=day,
        due_at=datetime(day.year, day.month, day.day, 7, tzinfo=UTC),
    )
    payloads: list[Payload] = [{"text": f"{day} part {part}"} for part in range(1, parts + 1)]
    async with database.write() as connection:
        decision = Decision(
            slot=slot, decision="posted", covers_until=NOW, payloads=payloads, article_ids=told
        )
        (decided,) = await decide(connection, [decision], NOW)
    return decided


def worker(database: Database, board: Board, clock: ManualClock, owner: str = "w1") -> Outbox:
    return Outbox(database, board, clock=clock, owner=owner, pace_s=0)


async def test_a_digest_is_posted_in_order_and_only_once(database: Database, clock: ManualClock) -> None:
    _, plan = await channel(database)
    assert await put_in(database, plan)
    assert not await put_in(database, plan), "the date is decided already"
    board = Board()
    box = worker(database, board, clock)
    assert await box.deliver_due() == 3
    assert await box.deliver_due() == 0
    assert [delivery.part for delivery in board.posted] == [1, 2, 3]
    texts = [delivery.payload["text"] for delivery in board.posted]
    assert texts == [f"{TODAY} part {part}" for part in (1, 2, 3)], "each part carries its own message"


async def test_a_later_part_waits_for_the_part_that_failed(database: Database, clock: ManualClock) -> None:
    _, plan = await channel(database)
    await put_in(database, plan)
    board = Board()
    board.faults.extend([Later(30, "slow down")])
    box = worker(database, board, clock)
    await box.deliver_due()
    assert board.posted == []
    clock.advance(timedelta(seconds=31))
    await box.deliver_due()
    assert [delivery.part for delivery in board.posted] == [1, 2, 3]


async def test_a_cut_answer_is_looked_up_and_never_posted_again(
    database: Database, clock: ManualClock
) -> None:
    _, plan = await channel(database)
    await put_in(database, plan, parts=1)
    board = Board()
    board.faults.append("cut")
    box = worker(database, board, clock)
    await box.deliver_due()
    clock.advance(timedelta(minutes=1))
    await box.deliver_due()
    assert len(board.posted) == 1
    async with database.read() as connection:
        (row,) = await outbox.overview(connection)
    assert row["state"] == "sent"


@pytest.mark.parametrize("fault", ["die before", "die after"])
async def test_the_process_dies_around_the_post(database: Database, clock: ManualClock, fault: str) -> None:
    _, plan = await channel(database)
    await put_in(database, plan, parts=2)
    board = Board()
    board.faults.append(fault)
    with pytest.raises(ProcessDied):
        await worker(database, board, clock, "first").deliver_due()
    second = worker(database, board, clock, "second")
    assert await second.deliver_due() == 0, "the lease of the dead still holds"
    async with database.write() as connection:
        assert await outbox.release(connection) == 1
    await second.deliver_due()
    assert [delivery.key[-1] for delivery in board.posted] == ["1", "2"]


async def test_a_lease_that_ended_lets_another_take_over_and_fences_the_first(
    database: Database, clock: ManualClock
) -> None:
    _, plan = await channel(database)
    await put_in(database, plan, parts=1)
    async with database.write() as connection:
        (slow,) = await outbox.claim(connection, platform="board", owner="slow", lease_s=-1, now=NOW)
    board = Board()
    await worker(database, board, clock, "other").deliver_due()
    assert len(board.posted) == 1
    async with database.write() as connection:
        assert not await outbox.mark_later(
            connection, slow, next_try_at=NOW, reason="late word", maybe_posted=False
        ), "the fence refuses the word of a claim that was lost"
    await worker(database, board, clock, "third").deliver_due()
    assert len(board.posted) == 1


async def test_while_another_sends_it_the_word_of_the_lost_claim_counts_for_nothing(
    database: Database,
) -> None:
    _, plan = await channel(database)
    await put_in(database, plan, parts=1)
    async with database.write() as connection:
        (slow,) = await outbox.claim(connection, platform="board", owner="slow", lease_s=-1, now=NOW)
        (fast,) = await outbox.claim(connection, platform="board", owner="fast", lease_s=60, now=NOW)
        assert (slow.id, slow.fence + 1) == (fast.id, fast.fence)
        assert not await outbox.mark_sent(connection, slow, ["late"], NOW)
        assert not await outbox.mark_later(
            connection, slow, next_try_at=NOW, reason="late word", maybe_posted=False
        )
        assert not await outbox.mark_never(connection, slow, "late word", rest=True)
        assert await outbox.mark_all_sent(connection, [(fast, ["m1"])], NOW) == {fast.id}
        assert not await outbox.mark_sent(connection, fast, ["again"], NOW), "once is enough"


@pytest.mark.parametrize(("policy", "posts"), [("skip", 1), ("resend", 2)])
async def test_without_the_right_to_look_the_channel_decides(
    database: Database, clock: ManualClock, policy: str, posts: int
) -> None:
    place, plan = await channel(database)
    async with database.write() as connection:
        await channels.save_settings(connection, place.id, replace(place.settings, on_unknown=policy))
    await put_in(database, plan, parts=1)
    board = Board(readable=False)
    board.faults.append("cut")
    box = worker(database, board, clock)
    await box.deliver_due()
    clock.advance(timedelta(minutes=1))
    await box.deliver_due()
    assert len(board.posted) == posts


async def test_a_channel_that_is_gone_drops_the_rest_tells_why_and_takes_the_telling_back(
    database: Database, clock: ManualClock
) -> None:
    place, plan = await channel(database)
    async with database.write() as connection:
        await channels.save_settings(connection, place.id, replace(place.settings, told="U1"))
    await put_in(database, plan, told=("a1", "a2"))
    board = Board()
    board.faults.append(Never(NeverReason.CHANNEL_GONE, "channel_not_found"))
    await worker(database, board, clock).deliver_due()
    (letter,) = board.posted
    assert letter.address == "to U1", "the manager is told, alone"
    async with database.read() as connection:
        rows = await outbox.overview(connection)
        (schedule,) = await channels.schedules_of(connection, place.id)
        told = await channels.told_articles(connection, [place.id], NOW - timedelta(days=1))
    assert sorted(row["state"] for row in rows) == ["dropped", "dropped", "never"]
    assert schedule.paused == "channel gone: channel_not_found"
    assert told == {}, "nobody read it, so it may be told another day"
    tomorrow = NOW.date() + timedelta(days=1)
    await put_in(database, plan, day=tomorrow, parts=1)
    clock.advance(timedelta(days=1))
    await worker(database, board, clock).deliver_due()
    async with database.read() as connection:
        (schedule,) = await channels.schedules_of(connection, place.id)
    assert schedule.paused is None, "a post that arrives ends the trouble"


async def test_a_sick_channel_does_not_hold_up_another(database: Database, clock: ManualClock) -> None:
    _, sick = await channel(database, "sick")
    _, well = await channel(database, "well")
    await put_in(database, sick, parts=1)
    await put_in(database, well, parts=1)
    board = Board()
    board.faults.append(Later(0, "http 500", unknown=True))
    await worker(database, board, clock).deliver_due()
    assert [delivery.address for delivery in board.posted] == ["well"]


async def test_a_ban_of_the_platform_keeps_everything_waiting(database: Database, clock: ManualClock) -> None:
    _, plan = await channel(database)
    _, other = await channel(database, "other")
    await put_in(database, plan, parts=1)
    board = Board()
    board.faults.append(Later(600, "banned", whole_platform=True))
    box = worker(database, board, clock)
    await box.deliver_due()
    await put_in(database, other, parts=1)
    assert await box.deliver_due() == 0
    clock.advance(timedelta(seconds=601))
    assert await box.deliver_due() == 2


FAULTS = st.one_of(
    st.sampled_from(["cut", "die before", "die after"]),
    st.just(Later(0, "500")),
    st.just(Later(0, "500", unknown=True)),
    st.just(Later(3, "429")),
)


@given(faults=st.lists(FAULTS, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_run_of_faults_ends_with_every_part_once_and_in_order(
    database: Database, faults: list[Outcome | str]
) -> None:
    day = NOW.date()
    clock = ManualClock(NOW)
    _, plan = await channel(database)
    async with database.read() as connection:
        decided = (await channels.decided_dates(connection, [plan.id], date(2000, 1, 1)))[plan.id]
    while day in decided:  # each example takes a date of its own in the shared store
        day += timedelta(days=1)
    clock.set(datetime(day.year, day.month, day.day, 7, tzinfo=UTC))
    await put_in(database, plan, day=day)
    board = Board()
    board.faults.extend(faults)
    for life in range(len(faults) + 2):
        async with database.write() as connection:
            await outbox.release(connection)
        box = worker(database, board, clock, f"life{life}")
        try:
            for _ in range(len(faults) + 1):
                await box.deliver_due()
                clock.advance(timedelta(minutes=6))
        except ProcessDied:
            continue
    assert [delivery.part for delivery in board.posted] == [1, 2, 3]
