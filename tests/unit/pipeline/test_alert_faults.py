"""Alerts when something is wrong: a sick follow costs the others nothing, a restored backup repeats none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from bot.alerting import LOOK_AGAIN, Alerts
from bot.archive import Archive
from bot.clock import ManualClock
from bot.delivery.outbox import Outbox
from bot.model.article import Article
from bot.model.delivery import Payload
from bot.model.follow import Follow
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import StoryView, View
from bot.pipeline import Pipeline
from bot.store import channels, follows
from bot.store.database import Database
from bot.store.notes import GAP_UNTIL
from bot.store.schema import EPOCH, MILLISECOND
from bot.store.schema_notes import notes
from tests.conftest import both_engines
from tests.fakes.board import Board

pytestmark = both_engines

EVENTS = {
    "bridge": "The harbour bridge of Velm was closed on Monday after a crack of two metres was found in it.",
    "orchard": "Six hundred pear trees in Pell were bought for a silver coin by a count from the mountains.",
}


@dataclass
class CountingArchive(Archive):
    """An archive that counts how often its stories are read."""

    reads: int = 0

    def __init__(self, database: Database, clock: ManualClock, executor: ThreadPoolExecutor) -> None:
        super().__init__(database, clock=clock, executor=executor)
        self.reads = 0

    async def stories(self, scope: Scope | None, **span: object) -> tuple[Story, ...]:
        """Return the stories of a time."""
        self.reads += 1
        return await super().stories(scope, **span)  # type: ignore[arg-type]


@dataclass
class Desk:
    """A bot with channels that follow things."""

    database: Database
    archive: CountingArchive
    alerts: Alerts
    clock: ManualClock
    board: Board = field(default_factory=Board)
    sick: str = ""

    def render(self, view: View) -> tuple[Payload, ...]:
        """Draw one message; fails on the story whose headline is sick."""
        if isinstance(view, StoryView) and self.sick and self.sick in view.story.title:
            raise RuntimeError("no pen")
        return ({"text": "alert"},)

    async def follow(self, name: str, *words: str, **wanted: object) -> None:
        """Have a channel follow words, whoever carries them."""
        async with self.database.write() as connection:
            place = await channels.save_channel(
                connection, platform="board", workspace="W", address=name, name=name, now=self.clock.now()
            )
            blank = Follow(
                id=0, channel_id=place.id, words=words, since=self.clock.now() - timedelta(hours=9)
            )
            wish = replace(blank, min_sources=1, **wanted)  # type: ignore[arg-type]
            await follows.add_follow(connection, wish)

    async def publish(self, subject: str) -> None:
        """Have an article appear."""
        now = self.clock.now()
        one = Article(
            id=subject,
            title=f"The {subject}",
            text=EVENTS[subject],
            seen_at=now,
            source="Post",
            language="en",
        )
        await self.archive.add([one])

    async def look(self) -> int:
        """Look for alerts once, and send them."""
        made = await self.alerts.enqueue_due({"board": self.render})
        await Outbox(self.database, self.board, clock=self.clock, owner="w", pace_s=0).deliver_due()
        return made

    def told(self) -> list[str]:
        """Return the channels that were told, in order."""
        return [one.address for one in self.board.posted]


@pytest.fixture
async def desk(database: Database, clock: ManualClock) -> AsyncIterator[Desk]:
    with ThreadPoolExecutor(1) as executor:
        archive = CountingArchive(database, clock, executor)
        pipeline = Pipeline(database, archive, clock=clock, executor=executor)
        yield Desk(
            database,
            archive,
            Alerts(database, archive, pipeline, clock=clock, executor=executor),
            clock,
        )


async def test_a_sick_follow_costs_the_others_nothing(desk: Desk) -> None:
    await desk.follow("lost", "bridge", zone="Mars/Olympus", quiet_from=time(1), quiet_until=time(2))
    await desk.follow("one", "bridge")
    await desk.follow("two", "orchard")
    await desk.publish("bridge")
    await desk.publish("orchard")
    desk.sick = "bridge"
    assert await desk.look() == 1
    assert desk.told() == ["two"]
    desk.sick = ""
    desk.clock.advance(LOOK_AGAIN)
    assert await desk.look() == 1, "what failed is told when it is well again"
    assert desk.told() == ["two", "one"]


async def test_after_a_gap_an_alert_is_looked_up_and_not_posted_again(desk: Desk) -> None:
    await desk.follow("news", "bridge")
    await desk.publish("bridge")
    assert await desk.look() == 1
    desk.clock.advance(timedelta(hours=1))
    async with desk.database.write() as connection:  # as a backup of before the alert would have it
        for table in ("deliveries", "slots"):
            await connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - two names of ours
        gap = (desk.clock.now() - EPOCH) // MILLISECOND
        await connection.execute(notes.insert().values(name=GAP_UNTIL, value=gap))
    desk.clock.advance(timedelta(minutes=1))
    assert await desk.look() == 1
    assert desk.told() == ["news"], "it was found on the board"


async def test_after_a_gap_what_is_new_is_posted_at_once(desk: Desk) -> None:
    async with desk.database.write() as connection:
        gap = (desk.clock.now() - EPOCH) // MILLISECOND
        await connection.execute(notes.insert().values(name=GAP_UNTIL, value=gap))
    desk.clock.advance(timedelta(minutes=1))
    desk.board.readable = False  # a look into the history would end in silence
    await desk.follow("news", "bridge")
    await desk.publish("bridge")
    assert await desk.look() == 1
    assert desk.told() == ["news"]


async def test_what_did_not_change_is_not_read_at_every_tick(desk: Desk) -> None:
    await desk.follow("news", "bridge")
    await desk.publish("orchard")
    for _ in range(3):
        await desk.look()
    assert desk.archive.reads == 1
    await desk.publish("bridge")
    assert await desk.look() == 1
    await desk.follow("more", "orchard")
    assert await desk.look() == 1
    assert desk.archive.reads == 3


async def test_quiet_hours_end_without_news(desk: Desk) -> None:
    await desk.follow("news", "bridge", quiet_from=time(6), quiet_until=time(8))
    await desk.publish("bridge")
    assert await desk.look() == 0
    desk.clock.advance(timedelta(hours=1))
    assert await desk.look() == 1


async def test_a_clock_that_jumps_back_stops_no_look(desk: Desk) -> None:
    await desk.follow("news", "bridge")
    for step in (0, -2, 1):
        desk.clock.advance(timedelta(hours=step))
        await desk.look()
    assert desk.archive.reads == 3
