"""Many channels at one moment: what they have in common is shared, and none costs another its digest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.archive import Archive
from bot.clock import ManualClock
from bot.model.article import Article
from bot.model.channel import Channel, ChannelSettings, Schedule
from bot.model.delivery import Payload
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import DigestView, View
from bot.pipeline import WINDOWS, Pipeline
from bot.store import channels, outbox
from bot.store.database import Database

DUE = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
WORDS = ("harbour", "orchard", "tramway", "museum", "quarry", "library", "bakery", "mill")


class CountingArchive(Archive):
    """An archive that counts how often its stories are read."""

    reads = 0

    async def stories(self, scope: Scope | None, *, since: datetime, until: datetime) -> tuple[Story, ...]:
        """Return the stories of a time."""
        self.reads += 1
        return await super().stories(scope, since=since, until=until)


@dataclass
class Country:
    """A bot with channels in several workspaces."""

    database: Database
    archive: CountingArchive
    pipeline: Pipeline
    clock: ManualClock
    views: dict[str, DigestView] = field(default_factory=dict)

    def render(self, view: View) -> tuple[Payload, ...]:
        """Keep the view, draw one message."""
        if isinstance(view, DigestView):
            self.views[view.channel] = view
        return ({"text": "digest"},)

    async def channel(self, workspace: str, name: str, **settings: int) -> Channel:
        """Make a channel with a digest at 6:00 UTC."""
        async with self.database.write() as connection:
            place = await channels.save_channel(
                connection, platform="board", workspace=workspace, address=name, name=name, now=DUE
            )
            wanted = replace(ChannelSettings(), **settings)  # type: ignore[arg-type]
            await channels.save_settings(connection, place.id, wanted)
            plan = Schedule(
                id=0, channel_id=place.id, at=DUE.time(), zone="UTC", since=DUE - timedelta(hours=9)
            )
            await channels.save_schedule(connection, plan)
        return place

    async def tick(self) -> int:
        """Decide on what is due."""
        return await self.pipeline.enqueue_due({"board": self.render})

    def titles(self, name: str) -> list[str]:
        """Return the headlines that a channel was told in full."""
        return [story.title for story in self.views[name].stories]


@pytest.fixture
async def country(database: Database) -> AsyncIterator[Country]:
    clock = ManualClock(DUE)
    with ThreadPoolExecutor(1) as executor:
        archive = CountingArchive(database, clock=clock, executor=executor)
        pipeline = Pipeline(database, archive, clock=clock, executor=executor)
        await archive.add([article(number, word) for number, word in enumerate(WORDS)])
        yield Country(database, archive, pipeline, clock)


def article(number: int, word: str) -> Article:
    when = DUE - timedelta(hours=1, minutes=number)
    return Article(
        id=word,
        title=f"{word.title()} number {number} of {word}town opens after {number + 2} years",
        text=f"The {word} of {word}town opened its {word} doors to {number + 70} {word} people on Monday.",
        seen_at=when,
        published_at=when,
        source=f"Paper {number}",
        language="en",
    )


async def test_channels_of_one_workspace_share_one_reading(country: Country) -> None:
    for name in "abcdef":
        await country.channel("one", name)
    await country.channel("two", "other")
    assert await country.tick() == 7
    assert country.archive.reads == 1, "the other workspace sees the same"
    assert len({tuple(country.titles(name)) for name in (*"abcdef", "other")}) == 1
    assert all(country.titles("a"))


async def test_what_one_workspace_has_for_itself_another_is_not_told(country: Country) -> None:
    await country.channel("one", "open", stories=30)
    await country.channel("two", "close", stories=30)
    own = replace(article(50, "kiln"), id="own")
    await country.archive.add([own], private_to=Scope("board", "two").key)
    async with country.database.write() as connection:
        await connection.execute(
            sa.text(
                "INSERT INTO feeds (id, url, shared, headline_only, state, reason, what_to_do, failures,"
                " moved_times, created_at) VALUES (7, 'x', :no, :no, 'fresh', '', '', 0, 0, 0)"
            ).bindparams(no=False)
        )
        await connection.execute(sa.text("INSERT INTO subscriptions VALUES (7, 'board', 'one', 0)"))
    await country.archive.add([replace(article(51, "weir"), id="read")], feed_id=7)
    assert await country.tick() == 2
    assert country.archive.reads == 2
    only_open = set(country.titles("open")) - set(country.titles("close"))
    only_close = set(country.titles("close")) - set(country.titles("open"))
    assert [title.split()[0] for title in (*only_open, *only_close)] == ["Weir", "Kiln"]


async def test_each_channel_gets_what_it_wants_of_what_is_shared(country: Country) -> None:
    await country.channel("one", "short", stories=1)
    await country.channel("one", "long", stories=4)
    await country.channel("one", "strict", min_sources=2)
    await country.tick()
    assert len(country.titles("short")) == 1
    assert country.titles("long")[:1] == country.titles("short")
    assert len(country.titles("long")) == 4
    assert country.titles("strict") == []


async def test_what_one_channel_was_told_another_may_still_be_told(country: Country) -> None:
    await country.channel("one", "first", stories=30)
    await country.tick()
    country.clock.advance(timedelta(days=1) - timedelta(hours=9))
    await country.channel("one", "second", stories=30)
    country.clock.set(DUE + timedelta(hours=23))
    await country.archive.add([replace(article(99, "kiln"), published_at=country.clock.now())])
    country.clock.set(DUE + timedelta(days=1))
    assert await country.tick() == 2
    assert country.titles("first") == ["Kiln number 99 of kilntown opens after 101 years"]


async def test_windows_beyond_a_few_are_given_up_and_read_again(country: Country) -> None:
    for number in range(WINDOWS + 3):
        await country.channel(f"w{number}", f"c{number}")
        own = replace(article(20 + number, f"own{number}"), id=f"own{number}")
        await country.archive.add([own], private_to=Scope("board", f"w{number}").key)
    assert await country.tick() == WINDOWS + 3
    assert country.archive.reads == WINDOWS + 3


async def test_a_zone_that_nobody_knows_costs_the_others_nothing(country: Country) -> None:
    lost = await country.channel("one", "lost")
    await country.channel("one", "found")
    async with country.database.write() as connection:
        await connection.execute(
            sa.text("UPDATE schedules SET zone = 'Mars/Olympus' WHERE channel_id = :id").bindparams(
                id=lost.id
            )
        )
    assert await country.tick() == 1
    assert list(country.views) == ["found"]


async def test_a_schedule_that_slept_for_weeks_is_looked_back_on_in_full(country: Country) -> None:
    await country.channel("one", "a")
    await country.tick()
    country.clock.set(DUE + timedelta(days=21))
    await country.tick()
    async with country.database.read() as connection:
        rows = await outbox.decisions(connection)
    assert [str(row["decision"]) for row in reversed(rows)] == ["posted"] + ["covered"] * 20 + ["posted"]


async def test_two_digests_of_one_channel_at_one_moment_tell_nothing_twice(country: Country) -> None:
    place = await country.channel("one", "busy", stories=3)
    for name in "abc":
        await country.channel("one", name)
    async with country.database.write() as connection:
        (plan,) = await channels.schedules_of(connection, place.id)
        await channels.save_schedule(connection, replace(plan, id=0))
    told: list[str] = []

    def render(view: View) -> tuple[Payload, ...]:
        if isinstance(view, DigestView) and view.channel == "busy":
            told.extend(story.title for story in (*view.stories, *view.brief))
        return ({"text": "digest"},)

    assert await country.pipeline.enqueue_due({"board": render}) == 5
    assert len(told) == len(set(told)) == len(WORDS)
